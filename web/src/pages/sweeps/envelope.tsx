import type { Control } from "react-hook-form";
import { useWatch } from "react-hook-form";
import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { NumberField } from "../../ui/form/text-field.tsx";
import { formatNumber } from "../../words/format.ts";
import { LIMITED } from "../../words/gate.ts";
import { isTermKey, termOf } from "../../words/glossary.ts";
import type { SweepForm } from "./sweep-form.ts";
import styles from "./sweeps.module.css";

export interface EnvelopeProps {
  readonly control: Control<SweepForm>;
  /** In force under the chosen profile. */
  readonly limits: RiskBudget;
  readonly trades: "stocks" | "options";
}

type LimitKey = keyof typeof LIMITED;
/** Limits of options' contracts say nothing of stocks. */
const OPTIONS_ONLY: readonly string[] = ["spread_pct_max", "oi_min", "volume_min", "fill_rate_min"];

/** The limits that results are held against; for this sweep each may be tightened, never relaxed. */
export function Envelope({ control, limits, trades }: EnvelopeProps) {
  const gates = useWatch({ control, name: "gates" });
  const keys = (Object.keys(LIMITED) as LimitKey[]).filter(
    (key) => limits[key] !== undefined && (trades === "options" || !OPTIONS_ONLY.includes(key)),
  );
  const changed = keys.filter((key) => gates[key] !== undefined && gates[key] !== limits[key]).length;
  return (
    <section aria-label="Risk envelope" className={styles.envelope}>
      <div className={styles.fields}>
        {keys.map((key) => {
          const { metric, bound } = LIMITED[key];
          const term = isTermKey(metric) ? termOf(metric) : undefined;
          const inForce = `${bound === "min" ? "at least" : "at most"} ${formatNumber(limits[key], term?.format ?? "ratio")}`;
          return (
            <NumberField
              key={key}
              control={control}
              name={`gates.${key}`}
              label={term?.name ?? key}
              hint={`In force: ${inForce}${term?.format === "share" ? `, typed as ${limits[key]}` : ""}`}
              {...(term === undefined || term.unit === "" ? {} : { unit: term.format === "share" ? "share" : term.unit })}
            />
          );
        })}
      </div>
      <p className={styles.soft}>
        {changed === 0
          ? "Empty = as the profile says. For this sweep a limit may be tightened; a looser one is refused."
          : `${changed === 1 ? "One limit is" : `${changed} limits are`} this sweep's own. It stands in the lineage of its results.`}
        {limits.allowed_hours !== undefined && ` Entries only in the hours ${limits.allowed_hours.join(", ")} (New York).`}
      </p>
    </section>
  );
}

import { Plus } from "lucide-react";
import { useState } from "react";
import type { Control } from "react-hook-form";
import { useWatch } from "react-hook-form";
import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { Button } from "../../ui/button.tsx";
import { NumberField } from "../../ui/form/text-field.tsx";
import { WordsField } from "../../ui/form/words-field.tsx";
import { Menu } from "../../ui/menu.tsx";
import { formatNumber } from "../../words/format.ts";
import { isOptionsLimit, LIMIT_KEYS, LIMITED, type LimitKey, limitName } from "../../words/gate.ts";
import { isTermKey, termOf } from "../../words/glossary.ts";
import type { SweepForm } from "./sweep-form.ts";
import styles from "./sweeps.module.css";

export interface EnvelopeProps {
  readonly control: Control<SweepForm>;
  /** In force under the chosen profile. */
  readonly limits: RiskBudget;
  readonly trades: "stocks" | "options";
  readonly intraday: boolean;
}

/** The limits that results are held against; for this sweep each may be tightened, never relaxed. */
export function Envelope({ control, limits, trades, intraday }: EnvelopeProps) {
  const gates = useWatch({ control, name: "gates" });
  const [added, setAdded] = useState<readonly LimitKey[]>([]);
  const fitting = LIMIT_KEYS.filter((key) => trades === "options" || !isOptionsLimit(key));
  const keys = fitting.filter((key) => limits[key] !== undefined || added.includes(key));
  const free = fitting.filter((key) => !keys.includes(key));
  const changed = Object.entries(gates).filter(
    ([key, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0) && value !== limits[key as LimitKey],
  ).length;
  return (
    <section aria-label="Risk envelope" className={styles.envelope}>
      <div className={styles.fields}>
        {keys.map((key) => {
          const { metric, bound } = LIMITED[key];
          const term = isTermKey(metric) ? termOf(metric) : undefined;
          const side = bound === "min" ? "at least" : "at most";
          const inForce =
            limits[key] === undefined
              ? `None is in force; asks for ${side} this`
              : `In force: ${side} ${formatNumber(limits[key], term?.format ?? "ratio")}${term?.format === "share" ? `, typed as ${limits[key]}` : ""}`;
          return (
            <NumberField
              key={key}
              control={control}
              name={`gates.${key}`}
              label={limitName(key)}
              hint={inForce}
              {...(term === undefined || term.unit === "" ? {} : { unit: term.format === "share" ? "share" : term.unit })}
            />
          );
        })}
        {intraday && (
          <WordsField
            control={control}
            name="gates.allowed_hours"
            label="Hours of entry"
            numbers
            placeholder="10, 11, 14"
            hint={
              limits.allowed_hours === undefined ? "New York; no limit is in force" : `In force: only ${limits.allowed_hours.join(", ")}`
            }
          />
        )}
      </div>
      {free.length > 0 && (
        <div className={styles.add}>
          <Menu
            trigger={
              <Button icon={Plus} small>
                Add limit
              </Button>
            }
            items={free.map((key) => ({ label: limitName(key), onSelect: () => setAdded([...added, key]) }))}
          />
        </div>
      )}
      <p className={styles.soft}>
        {changed === 0
          ? "Empty = as the profile says. For this sweep a limit may be tightened; a looser one is refused."
          : `${changed === 1 ? "One limit is" : `${changed} limits are`} this sweep's own. It stands in the lineage of its results.`}
      </p>
    </section>
  );
}

import { useAsk } from "../../data/ask.ts";
import { type Option, SelectField } from "../../ui/form/choice-field.tsx";
import { NumberField } from "../../ui/form/text-field.tsx";
import { Panel } from "../../ui/panel.tsx";
import { formatNumber } from "../../words/format.ts";
import styles from "./create.module.css";
import type { StepProps } from "./step-props.ts";

/** Who judges the results, and how strictly; limits may only be tightened. */
export function RiskPanel({ form, values, judged: { verdict } }: StepProps) {
  const profiles =
    useAsk("GET /packs/{pack_id}/risk_profiles", { params: { pack_id: values.pack_id }, query: { limit: 20 } }).data?.rows ?? [];
  const limits = verdict?.model?.limits ?? {};
  const said = Object.entries(limits).filter(([key, value]) => value !== null && key in LIMIT_WORDS);
  const limit = (key: string): string => {
    const value = limits[key];
    return typeof value === "number"
      ? `Only tighter than ${formatNumber(value, Number.isInteger(value) ? "count" : "ratio")}.`
      : "The pack sets none.";
  };
  return (
    <Panel title="Risk profile and gate" note="what a result must show before it may be trained as proven">
      <div className={styles.fields}>
        <SelectField
          control={form.control}
          name="risk_profile"
          label="Risk profile"
          none={`As the template: ${verdict?.model?.config.risk_profile ?? "balanced"}`}
          hint={profiles.find(({ name }) => name === (values.risk_profile ?? verdict?.model?.config.risk_profile))?.description}
          options={profiles.map(({ name }): Option => ({ value: name, label: name }))}
        />
        <NumberField
          control={form.control}
          name="gates.min_bets"
          label="Bets"
          optional
          min={20}
          step={1}
          hint={`At least. ${limit("min_bets")}`}
        />
        <NumberField
          control={form.control}
          name="gates.min_sharpe"
          label="Residual Sharpe ratio"
          optional
          min={0}
          hint={`At least. ${limit("min_sharpe")}`}
        />
        <NumberField
          control={form.control}
          name="gates.max_drawdown_pct"
          label="Largest drawdown"
          unit="%"
          optional
          min={0}
          max={100}
          hint={`At most. ${limit("max_drawdown_pct")}`}
        />
        <NumberField
          control={form.control}
          name="gates.min_dsr"
          label="Deflated Sharpe ratio"
          optional
          min={0}
          max={1}
          hint={`At least: the probability of skill after all trials. ${limit("min_dsr")}`}
        />
      </div>
      {said.length > 0 && (
        <p className={styles.note}>
          In force:{" "}
          {said
            .map(
              ([key, value]) =>
                `${LIMIT_WORDS[key]} ${typeof value === "number" ? formatNumber(value, Number.isInteger(value) ? "count" : "ratio") : String(value)}`,
            )
            .join("; ")}
          .
        </p>
      )}
    </Panel>
  );
}

const LIMIT_WORDS: Readonly<Record<string, string>> = {
  min_bets: "bets at least",
  min_sharpe: "residual Sharpe at least",
  min_dsr: "deflated Sharpe at least",
  max_drawdown_pct: "drawdown in % at most",
  max_p_oos_loss: "probability of loss out of sample at most",
  adv_bps_max: "order in bps of daily volume at most",
  turnover_max: "turnover at most",
  min_calmar: "Calmar at least",
  es95_mult: "tail loss multiple at most",
  fill_rate_min: "fill rate at least",
  spread_pct_max: "spread in % at most",
};

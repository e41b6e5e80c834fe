import { useFormContext } from "react-hook-form";
import { SelectField, SwitchField } from "../../../ui/form/choice-field.tsx";
import { NumberField } from "../../../ui/form/text-field.tsx";
import styles from "../models.module.css";
import { at } from "./definition.ts";
import type { DesignDraft } from "./design.ts";

/** How forecasts become trades: costs, size, brackets, caps, and when trading ends. */
export function PolicyFields({ draft }: { readonly draft: DesignDraft }) {
  const { control } = useFormContext<DesignDraft>();
  const { execution } = draft.policy;
  const { brackets } = execution;
  const number = (path: string, label: string, more: { unit?: string; step?: number | "any"; hint?: string; optional?: boolean } = {}) => (
    <NumberField control={control} name={at(`policy.${path}`)} label={label} {...more} />
  );
  return (
    <>
      <div className={styles.row}>
        {number("execution.slippage_bps", "Slippage, each side", { unit: "bps" })}
        {number("execution.commission_bps", "Commission, each side", { unit: "bps" })}
        <SelectField
          control={control}
          name={at("policy.execution.order_type")}
          label="Orders"
          options={[
            { value: "market", label: "Market" },
            { value: "limit", label: "Limit" },
            { value: "limit_buffer", label: "Limit with a buffer" },
          ]}
        />
      </div>
      <div className={styles.row}>
        {number("risk.position_size_pct", "Position size", { unit: "% of equity" })}
        {number("risk.max_exposure", "Most exposure", { unit: "USD" })}
        {number("risk.max_drawdown", "Live stop at a drawdown of", { hint: "A fraction: 0.2 is 20 %." })}
      </div>
      <div className={styles.row}>
        {number("execution.max_positions", "Positions at once", { step: 1 })}
        {number("alerting.max_trades_per_day", "Trades a day", { step: 1 })}
        {number("alerting.cooldown_minutes", "Pause after a trade", { unit: "min" })}
      </div>
      <div className={styles.switches}>
        <SwitchField control={control} name={at("policy.execution.size_by_conf")} label="Size by confidence" />
        <SwitchField control={control} name={at("policy.execution.momentum_gate")} label="Momentum gate" />
        <SwitchField control={control} name={at("policy.execution.brackets.enabled")} label="Stops and targets (brackets)" />
      </div>
      {execution["momentum_gate"] === true && (
        <div className={styles.row}>{number("execution.momentum_min", "Least momentum for a buy")}</div>
      )}
      {execution["size_by_conf"] === true && <div className={styles.row}>{number("execution.conf_cap", "Largest share of the size")}</div>}
      {brackets["enabled"] === true && (
        <div className={styles.row}>
          <SelectField
            control={control}
            name={at("policy.execution.brackets.mode")}
            label="Measured in"
            options={[
              { value: "atr", label: "ATR" },
              { value: "percent", label: "Percent" },
            ]}
          />
          {brackets["mode"] === "percent" ? (
            <>
              {number("execution.brackets.stop_loss", "Stop", { hint: "A fraction of the entry price." })}
              {number("execution.brackets.take_profit", "Target", { hint: "A multiple of the stop distance." })}
            </>
          ) : (
            <>
              {number("execution.brackets.atr_mult_stop", "Stop", { unit: "ATR" })}
              {number("execution.brackets.atr_mult_target", "Target", { unit: "ATR" })}
            </>
          )}
          {number("execution.brackets.time_stop_bars", "Time stop", { unit: "bars", step: 1, optional: true })}
          {number("execution.brackets.min_rr", "Least reward to risk")}
        </div>
      )}
    </>
  );
}

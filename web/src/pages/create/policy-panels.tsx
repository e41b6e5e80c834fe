import type { ReactNode } from "react";
import { useAsk } from "../../data/ask.ts";
import { SelectField, SwitchField } from "../../ui/form/choice-field.tsx";
import { ComboboxField } from "../../ui/form/combobox-field.tsx";
import { NumberField } from "../../ui/form/text-field.tsx";
import { Panel } from "../../ui/panel.tsx";
import styles from "./create.module.css";
import { written } from "./policy-value.ts";
import type { StepProps } from "./step-props.ts";

/** How a forecast becomes a trade. What is left empty is in force as the hint says. */
export function PolicyPanels(props: StepProps) {
  const { form, values, judged } = props;
  const { control } = form;
  const policy = judged.verdict?.model?.policy;
  const inForce = (path: string, more = ""): string => {
    const value = written(policy, path);
    return value === undefined ? more : `${more === "" ? "" : `${more} `}In force: ${value}.`;
  };
  return (
    <>
      <Panel title="Policy" note="how a forecast becomes a trade">
        <div className={styles.fields}>
          <StrategyField {...props} />
          <NumberField
            control={control}
            name="policy.execution.slippage_bps"
            label="Slippage"
            unit="bps a side"
            optional
            min={0}
            max={500}
            hint={inForce("execution.slippage_bps")}
          />
          <NumberField
            control={control}
            name="policy.execution.commission_bps"
            label="Commission"
            unit="bps a side"
            optional
            min={0}
            max={500}
            hint={inForce("execution.commission_bps")}
          />
          <NumberField
            control={control}
            name="policy.risk.position_size_pct"
            label="Position size"
            unit="% of capital"
            optional
            min={0}
            max={100}
            hint={inForce("risk.position_size_pct")}
          />
          <NumberField
            control={control}
            name="policy.execution.max_positions"
            label="Open positions"
            optional
            min={1}
            max={100}
            step={1}
            hint={inForce("execution.max_positions", "At most.")}
          />
          <NumberField
            control={control}
            name="policy.alerting.max_trades_per_day"
            label="Trades a day"
            optional
            min={1}
            step={1}
            hint={inForce("alerting.max_trades_per_day", "At most.")}
          />
          <SwitchField
            control={control}
            name="policy.execution.size_by_conf"
            label="Size by confidence"
            hint="Surer forecasts get larger positions."
          />
        </div>
        {values.asset_type === "opt" && (
          <div className={styles.fields}>
            <NumberField
              control={control}
              name="policy.execution.options.selection.target_delta"
              label="Delta of the contract"
              optional
              min={0}
              max={1}
              hint={inForce("execution.options.selection.target_delta")}
            />
            <NumberField
              control={control}
              name="policy.execution.options.selection.dte_target"
              label="Days to expiry"
              unit="days"
              optional
              min={0}
              step={1}
              hint={inForce("execution.options.selection.dte_target", "Empty: the model's own.")}
            />
            <NumberField
              control={control}
              name="policy.execution.options.selection.min_oi"
              label="Open interest"
              unit="contracts"
              optional
              min={0}
              hint={inForce("execution.options.selection.min_oi", "At least.")}
            />
            <NumberField
              control={control}
              name="policy.execution.options.fee_per_contract"
              label="Fee"
              unit="USD a side"
              optional
              min={0}
              max={100}
              hint={inForce("execution.options.fee_per_contract")}
            />
            <SelectField
              control={control}
              name="policy.execution.option_type"
              label="Buys"
              none={`As the template: ${written(policy, "execution.option_type") ?? "both"}`}
              options={[
                { value: "both", label: "Calls and puts" },
                { value: "call", label: "Calls only" },
                { value: "put", label: "Puts only" },
              ]}
            />
          </div>
        )}
      </Panel>
      <Panel title="Brackets" note="exits inside the label's span; they can only end a trade earlier">
        <SwitchField control={control} name="policy.execution.brackets.enabled" label="Stop and target on every trade" />
        {values.policy.execution.brackets["enabled"] === true && (
          <div className={styles.fields}>
            <SelectField
              control={control}
              name="policy.execution.brackets.mode"
              label="Measured in"
              none={`As the template: ${written(policy, "execution.brackets.mode") ?? "atr"}`}
              options={[
                { value: "atr", label: "Average true ranges" },
                { value: "percent", label: "Percent of the price" },
              ]}
            />
            {(values.policy.execution.brackets["mode"] ?? written(policy, "execution.brackets.mode")) === "percent" ? (
              <>
                <NumberField
                  control={control}
                  name="policy.execution.brackets.stop_loss"
                  label="Stop"
                  unit="fraction of the price"
                  min={0}
                  max={1}
                  hint="0.02 is 2 % away."
                />
                <NumberField
                  control={control}
                  name="policy.execution.brackets.take_profit"
                  label="Target"
                  unit="× the stop"
                  min={0}
                  max={50}
                />
              </>
            ) : (
              <>
                <NumberField
                  control={control}
                  name="policy.execution.brackets.atr_mult_stop"
                  label="Stop"
                  unit="ATR"
                  optional
                  min={0}
                  max={50}
                  hint={inForce("execution.brackets.atr_mult_stop")}
                />
                <NumberField
                  control={control}
                  name="policy.execution.brackets.atr_mult_target"
                  label="Target"
                  unit="ATR"
                  optional
                  min={0}
                  max={50}
                  hint={inForce("execution.brackets.atr_mult_target")}
                />
                <NumberField
                  control={control}
                  name="policy.execution.brackets.atr_period"
                  label="ATR over"
                  unit="bars"
                  optional
                  min={1}
                  max={500}
                  step={1}
                  hint={inForce("execution.brackets.atr_period")}
                />
              </>
            )}
          </div>
        )}
      </Panel>
      <MomentumPanel {...props} inForce={inForce} />
    </>
  );
}

function StrategyField({ form, values, template }: StepProps) {
  const rows = useAsk("GET /packs/{pack_id}/strategies", { params: { pack_id: values.pack_id }, query: { limit: 200 } }).data?.rows ?? [];
  return (
    <SelectField
      control={form.control}
      name="strategy"
      label="Strategy"
      none={`As the template: ${template?.model.strategy ?? "none"}`}
      hint={rows.find(({ name }) => name === values.strategy)?.description ?? "Rules that filter the learner's candidate trades."}
      options={[{ value: "none", label: "No strategy" }, ...rows.map(({ name }) => ({ value: name, label: name.replaceAll("_", " ") }))]}
    />
  );
}

function MomentumPanel({
  form,
  values,
  judged: { verdict },
  inForce,
}: StepProps & { readonly inForce: (path: string, more?: string) => ReactNode }) {
  const columns = verdict?.model?.columns ?? [];
  const momentum = columns.filter(({ name }) => /momentum|mom_|ret_|rsi|roc/.test(name));
  return (
    <Panel title="Momentum gate" note="refuses trades against the momentum">
      <SwitchField
        control={form.control}
        name="policy.execution.momentum_gate"
        label="Trade only with the momentum"
        hint="Buys need a score of at least the minimum, sells at most its negative."
      />
      {values.policy.execution["momentum_gate"] === true && (
        <div className={styles.fields}>
          <ComboboxField
            control={form.control}
            name="policy.execution.momentum_column"
            label="Column"
            optional
            placeholder={written(verdict?.model?.policy, "execution.momentum_column") ?? "momentum_score_total"}
            hint="Of the columns that the chosen indicators compute."
            groups={[
              { heading: "Momentum", options: momentum.map(({ name, unit }) => ({ value: name, label: name, hint: unit })) },
              {
                heading: "Others",
                options: columns
                  .filter((each) => !momentum.includes(each))
                  .map(({ name, unit }) => ({ value: name, label: name, hint: unit })),
              },
            ]}
          />
          <NumberField
            control={form.control}
            name="policy.execution.momentum_min"
            label="Least score"
            optional
            hint={inForce("execution.momentum_min")}
          />
        </div>
      )}
    </Panel>
  );
}

import { useAsk } from "../../data/ask.ts";
import { SelectField } from "../../ui/form/choice-field.tsx";
import { PolicyFields } from "../../ui/model/policy-fields.tsx";
import { Panel } from "../../ui/panel.tsx";
import { valueAt } from "../../words/features.ts";
import { POLICY_SETTINGS } from "../../words/policy.ts";
import styles from "./create.module.css";
import { written } from "./policy-value.ts";
import type { StepProps } from "./step-props.ts";

const PANELS = [
  { title: "Costs and orders", note: "what trading takes", group: "costs" },
  { title: "Size and limits", note: "how much, and how often", group: "size" },
  { title: "Contract", note: "which option is bought", group: "contracts" },
  { title: "Momentum gate", note: "refuses trades against the momentum", group: "momentum" },
  { title: "Brackets", note: "exits inside the label's span; they can only end a trade earlier", group: "brackets" },
] as const;

/** How a forecast becomes a trade. What is left empty is in force as the hint says. */
export function PolicyPanels(props: StepProps) {
  const { form, values, judged } = props;
  const policy = judged.verdict?.model?.policy;
  const isOptions = values.asset_type === "opt";
  const facts = { trades: isOptions ? "options" : "stocks", intraday: values.cadence !== "daily" } as const;
  return (
    <>
      <Panel title="Strategy" note="rules that filter the learner's candidate trades">
        <div className={styles.fields}>
          <StrategyField {...props} />
        </div>
      </Panel>
      {PANELS.filter(({ group }) => isOptions || group !== "contracts").map(({ title, note, group }) => (
        <Panel key={group} title={title} note={note}>
          <div className={styles.fields}>
            <PolicyFields
              control={form.control}
              settings={POLICY_SETTINGS[group]}
              facts={facts}
              held={(path) => valueAt(values.policy, path) ?? valueAt(policy, path)}
              inForce={(path) => written(policy, path)}
              columns={judged.verdict?.model?.columns ?? []}
            />
          </div>
        </Panel>
      ))}
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

import { INDICATORS } from "../indicators/catalog.ts";
import { flowColumnNames, modelPlan } from "../models/model-columns.ts";
import { FeatureFlagsSchema, ModelConfigSchema } from "../models/model-config.schema.ts";
import type { Finding } from "../packs/finding.ts";
import { BAR_COLUMNS } from "../packs/pack-limits.ts";
import type { PackContent } from "../packs/resolved-pack.ts";
import { bracketFindings } from "../policies/bracket-rule.ts";
import { type Policy, PolicySchema } from "../policies/policy.schema.ts";
import { columnsOf } from "./indicator-rules.ts";
import { objection } from "./rules.ts";

/** Settings of options as a policy that says nothing of them has them. */
const { option_type: ANY_TYPE, options: OPTION_DEFAULTS } = PolicySchema.parse({ name: "any", version: 1 }).execution;

/** Every policy template of the pack can be carried out by some model of it. */
export function policyRules(content: PackContent): Finding[] {
  return [...content.policies].flatMap(([name, policy]) => {
    const at = `policy_templates.${name}.`;
    return [
      ...bracketFindings(policy, at),
      ...momentumColumn(policy, `${at}execution.momentum_column`, content),
      ...optionSettings(policy, `${at}execution.options`, content),
    ];
  });
}

function momentumColumn({ execution: { momentum_gate, momentum_column } }: Policy, path: string, content: PackContent): Finding[] {
  if (!momentum_gate || BAR_COLUMNS.has(momentum_column) || producible(content).has(momentum_column)) return [];
  const reason = `The momentum gate reads "${momentum_column}", which no set, strategy, flag or indicator of the menu computes.`;
  return [objection("momentum_column_not_produced", path, reason)];
}

/** Every column that some model of the pack could have without writing an indicator set of its own. */
function producible({ pack, indicatorSets, strategies }: PackContent): ReadonlySet<string> {
  const cadence = pack.cadences[0]!;
  const { momentum, volatility } = ModelConfigSchema.shape;
  const features = FeatureFlagsSchema.parse({ flow: { signed: true, atm: true, distance_max: 50 }, dealer: {}, oi: { include: true } });
  const flags = { cadence, momentum: momentum.parse({}), volatility: volatility.parse({}), features };
  const lists = [
    ...[...indicatorSets.values()].map(({ indicators }) => indicators),
    ...[...strategies.values()].map(({ indicators }) => indicators),
    ...pack.indicators.filter(({ name }) => INDICATORS.has(name)).map(({ name }) => [{ name }]),
  ];
  return new Set([
    ...modelPlan(flags, []).columns.map(({ name }) => name),
    ...(pack.supported_instruments.includes("options") ? flowColumnNames(features) : []),
    ...lists.flatMap((entries) => [...(columnsOf(entries) ?? [])]),
  ]);
}

function optionSettings({ execution }: Policy, path: string, { pack }: PackContent): Finding[] {
  if (pack.supported_instruments.includes("options")) return [];
  const isPlain = execution.option_type === ANY_TYPE && JSON.stringify(execution.options) === JSON.stringify(OPTION_DEFAULTS);
  if (isPlain) return [];
  return [objection("options_settings_on_stocks", path, `Policy "${path.split(".")[1]}" sets options, and the pack trades stocks only.`)];
}

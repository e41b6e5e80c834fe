import { INDICATORS } from "../../indicators/catalog.ts";
import { resolveIndicator } from "../../indicators/resolve.ts";
import { entryModeFor } from "../../models/coherence.ts";
import { yamlText } from "../../models/yaml-text.ts";
import { mergeLayers } from "../layers.ts";
import { documentPath } from "../pack-source.ts";
import type { IdentityStep, InstrumentsStep, PackDraft, StrategiesStep } from "./pack-draft.schema.ts";

/** A draft of which every step was taken. */
export type CompleteDraft = Pick<PackDraft, "pack_id" | "identity"> & {
  readonly instruments: InstrumentsStep;
  readonly strategies: StrategiesStep;
};

/** How much of the capital a position takes under each risk tag, and what a trade may lose. */
const SIZING = {
  conservative: { position: 5, risk: 0.005 },
  balanced: { position: 10, risk: 0.01 },
  aggressive: { position: 20, risk: 0.02 },
} as const;

/**
 * The documents that a draft stands for, in the layout of packs. Equal drafts give equal texts.
 *
 * @param version - of the pack
 */
export function composePack({ pack_id: id, identity, instruments, strategies }: CompleteDraft, version: string): Record<string, string> {
  const { risk } = identity.tags;
  const pack = {
    id,
    name: identity.name,
    version,
    description: identity.description,
    vibe: identity.vibe,
    tags: identity.tags,
    supported_instruments: instruments.supported_instruments,
    default_instrument: instruments.default_instrument,
    horizons: instruments.horizons,
    cadences: instruments.cadences,
    signal_interval: instruments.signal_interval,
    indicators: menuOf(instruments, strategies).map((name) => ({ name, timeframe: timeframeOf(name) })),
    strategies: strategies.strategies.map(({ name }) => name),
    gates: strategies.gates,
    policy: "default",
    risk_profiles: [risk],
    default_risk_profile: risk,
    label: instruments.label,
  };
  const texts: Record<string, string> = { [`${id}/pack.yaml`]: yamlText(`The pack ${identity.name}.`, plain(pack)) };
  const add = (kind: Parameters<typeof documentPath>[1], name: string, comment: string, document: object): void => {
    texts[documentPath(id, kind, name)] = yamlText(comment, plain(document));
  };
  for (const [name, indicators] of Object.entries(instruments.sets))
    add("indicator_sets", name, "What models compute.", {
      name,
      version: 1,
      description: `Indicators of ${identity.name}: ${name}.`,
      indicators,
    });
  for (const strategy of strategies.strategies) add("strategies", strategy.name, "When a proposed trade is taken.", strategy);
  add("policy_templates", "default", "How predictions become trades.", policyOf(id, identity, instruments, strategies));
  add("risk_profiles", risk, "The pack's own gates, and the sizing that goes with them.", {
    name: risk,
    version: 1,
    description: `The gates of ${identity.name}, sized for a ${risk} taste.`,
    risk_budget: {},
    sizing: { risk_per_trade: SIZING[risk].risk, volatility_target: null },
    sweep_preset: risk,
  });
  for (const template of templatesOf(identity, instruments, strategies))
    add("model_templates", template.name, "A starting point for models.", template);
  return texts;
}

/** What was chosen, and what strategies compute beside. */
function menuOf({ indicators }: InstrumentsStep, { strategies }: StrategiesStep): string[] {
  const used = strategies.flatMap((strategy) => strategy.indicators.map((entry) => resolveIndicator(entry).name));
  return [...new Set([...indicators, ...used])];
}

/** Data that an indicator insists on; else it is computed on the model's bars. */
function timeframeOf(name: string): string {
  const timeframe = INDICATORS.get(name)?.timeframe ?? "any";
  return timeframe === "any" ? "bar" : timeframe;
}

function policyOf(id: string, { vibe, tags }: IdentityStep, { label }: InstrumentsStep, { policy }: StrategiesStep): object {
  const suggested = {
    risk: { max_drawdown: vibe.risk_appetite.max_drawdown, position_size_pct: SIZING[tags.risk].position },
    execution: {
      order_type: vibe.execution_character.orders,
      wait_for_confirmation: vibe.decision_style.patience === "patient",
      brackets: { enabled: false, entry_mode: entryModeFor(label.entry), time_stop_minutes: null },
    },
    risk_profile: tags.risk,
  };
  const merged = mergeLayers([
    { source: "user", document: policy },
    { source: "vibe", document: suggested },
  ]);
  return { name: `${id}_default`.slice(0, 64), version: 1, policy: merged };
}

/** One template for the first horizon and bar size of each instrument. */
function templatesOf({ name, tags }: IdentityStep, instruments: InstrumentsStep, { strategies }: StrategiesStep) {
  const [horizon] = instruments.horizons;
  const [cadence] = instruments.cadences;
  const strategy = (strategies.find((each) => each.default) ?? strategies[0]!).name;
  return instruments.supported_instruments.map((instrument) => {
    const asset_type = instrument === "options" ? "opt" : "eq";
    return {
      name: `${asset_type}_${horizon}_${cadence}`,
      version: 1,
      title: `${name} on ${instrument}`,
      description: `A ${horizon} model at ${cadence} bars on ${instrument}, with the default set and strategy of ${name}.`,
      policy: "default",
      model: {
        asset_type,
        horizon,
        cadence,
        instrument,
        strategy,
        risk_profile: tags.risk,
        indicator_set: "default",
        momentum: { include: false },
        volatility: { include: false },
        label: instruments.label,
        learner: { algo: "gbm", calibration: "sigmoid", seed: 2025 },
      },
    };
  });
}

const plain = (document: object): object => JSON.parse(JSON.stringify(document));

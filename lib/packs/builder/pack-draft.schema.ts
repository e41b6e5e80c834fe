import * as z from "zod";
import { IdSchema } from "../../core/ids.ts";
import { RiskBudgetSchema } from "../../policies/risk-budget.schema.ts";
import { IndicatorEntrySchema } from "../indicator-set.schema.ts";
import { PackSchema } from "../pack.schema.ts";
import { StrategySchema } from "../strategy.schema.ts";

const pack = PackSchema.shape;

/** Step 1: who the pack is. */
export const IdentityStepSchema = z.strictObject({
  name: pack.name,
  description: pack.description,
  vibe: pack.vibe,
  tags: pack.tags,
});
export type IdentityStep = z.output<typeof IdentityStepSchema>;

/** What a beginner's first pack is, until something else is chosen. */
export const FIRST_CHOICES: Pick<z.input<typeof IdentityStepSchema>, "vibe" | "tags"> = {
  vibe: {
    time_horizon: "days",
    risk_appetite: { max_drawdown: 0.2, concentration: "medium", leverage: 1, stop_tightness: "medium" },
    decision_style: { kind: "technical", patience: "patient" },
    market_preference: { regime: "trending", bias: "neutral", liquidity: "liquid" },
    execution_character: { orders: "market", entry: "all_in", exit: "binary" },
  },
  tags: {
    risk: "balanced",
    direction: "long_short",
    timeframe: "swing",
    market: "trending",
    asset: "equities",
    style: "technical",
    experience: "beginner",
  },
};

/** Step 2: what it looks at. */
export const InstrumentsStepSchema = z.strictObject({
  supported_instruments: pack.supported_instruments,
  default_instrument: pack.default_instrument,
  horizons: pack.horizons,
  cadences: pack.cadences,
  signal_interval: pack.signal_interval,
  indicators: z.array(IdSchema).nonempty().max(100).describe("The menu, by the names of the catalogue"),
  sets: z
    .record(IdSchema, z.array(IndicatorEntrySchema).nonempty().max(30))
    .refine((sets) => Object.keys(sets).length <= 20, { message: "at most 20 sets" })
    .refine((sets) => Object.hasOwn(sets, "default"), { message: 'needs a set "default"' })
    .describe("Indicator sets by name; one is called default"),
  label: pack.label.unwrap().describe("What models predict"),
});
export type InstrumentsStep = z.output<typeof InstrumentsStepSchema>;

/** Step 3: when it trades, and what its results must be. */
export const StrategiesStepSchema = z.strictObject({
  strategies: z.array(StrategySchema).nonempty().max(10).describe("One of them is the default"),
  gates: RiskBudgetSchema.describe("Limits for every model"),
  policy: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("What differs from the policy that the vibe suggests, such as { execution: { slippage_bps: 2 } }"),
});
export type StrategiesStep = z.output<typeof StrategiesStepSchema>;

/** A pack in the making: what was chosen so far. */
export const PackDraftSchema = z.strictObject({
  schema_version: z.literal(1),
  pack_id: IdSchema,
  identity: IdentityStepSchema,
  instruments: InstrumentsStepSchema.nullable(),
  strategies: StrategiesStepSchema.nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type PackDraft = z.infer<typeof PackDraftSchema>;

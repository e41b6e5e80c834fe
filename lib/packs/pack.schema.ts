import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { LabelSchema } from "../matrix/label.schema.ts";
import { FeatureFlagsSchema, HORIZONS, MODEL_CADENCES, SIGNAL_INTERVALS } from "../models/model-config.schema.ts";
import { RISK_PROFILES, RiskBudgetSchema } from "../policies/risk-budget.schema.ts";
import { PackVersionSchema } from "./pack-version.ts";
import { PackTagsSchema } from "./tags.schema.ts";

const INSTRUMENTS = ["stocks", "options"] as const;

/** What an indicator is computed on; `bar` = the model's own bars, whatever its cadence. */
const DATA_TIMEFRAMES = ["bar", "tick", "minute", "daily", "weekly", "monthly"] as const;

/** The five dimensions of a trading personality. */
const VibeSchema = z.strictObject({
  time_horizon: z.enum(["seconds", "minutes", "days", "weeks", "months"]),
  risk_appetite: z.strictObject({
    max_drawdown: z.number().gt(0).max(1).describe("Largest drawdown this personality tolerates, a fraction"),
    concentration: z.enum(["low", "medium", "high"]),
    leverage: z.number().min(1).max(20).describe("Largest gross exposure as a multiple of capital"),
    stop_tightness: z.enum(["tight", "medium", "wide"]),
  }),
  decision_style: z.strictObject({
    kind: z.enum(["technical", "event", "flow"]),
    patience: z.enum(["hair_trigger", "patient"]),
  }),
  market_preference: z.strictObject({
    regime: z.enum(["trending", "ranging", "volatile"]),
    bias: z.enum(["bull", "bear", "neutral"]),
    liquidity: z.enum(["liquid", "niche"]),
  }),
  execution_character: z.strictObject({
    orders: z.enum(["market", "limit"]),
    entry: z.enum(["all_in", "scale_in"]),
    exit: z.enum(["binary", "gradual"]),
  }),
});

/** `pack.yaml`: a blueprint and namespace. It lists what models may use and says what they inherit; it does not trade. */
export const PackSchema = z.strictObject({
  id: IdSchema,
  name: z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9 ]{0,18}[A-Za-z0-9])?$/, "must be 1 to 20 letters, digits and inner spaces"),
  version: PackVersionSchema,
  description: z.string().min(50).max(500),
  vibe: VibeSchema,
  tags: PackTagsSchema,
  supported_instruments: z.array(z.enum(INSTRUMENTS)).nonempty(),
  default_instrument: z.enum(INSTRUMENTS),
  horizons: z.array(z.enum(HORIZONS)).nonempty().describe("Horizons that models may have"),
  cadences: z.array(z.enum(MODEL_CADENCES)).nonempty().describe("Bar sizes that models may have"),
  signal_interval: z.enum(SIGNAL_INTERVALS).describe("How often live models look; a tick with no newly closed bar writes nothing"),
  indicators: z
    .array(z.strictObject({ name: IdSchema, timeframe: z.enum(DATA_TIMEFRAMES) }))
    .nonempty()
    .describe("The menu: indicators that sets, strategies and models may use"),
  strategies: z.array(IdSchema).nonempty().describe("Names of the files in strategies/"),
  gates: RiskBudgetSchema.describe("Limits for every model; profiles, policies and models may only tighten them"),
  policy: IdSchema.default("default").describe("The policy template that models inherit from"),
  risk_profiles: z.array(z.enum(RISK_PROFILES)).nonempty(),
  default_risk_profile: z.enum(RISK_PROFILES).default("balanced"),
  label: LabelSchema.optional().describe("Label of models that name none"),
  features: FeatureFlagsSchema.optional().describe("Feature flags of models that set none"),
});
export type Pack = z.infer<typeof PackSchema>;

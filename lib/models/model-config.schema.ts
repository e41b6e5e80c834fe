import * as z from "zod";
import { IdSchema, SymbolSchema } from "../core/ids.ts";
import { LearnerSchema } from "../learners/learner.schema.ts";
import { LabelSchema } from "../matrix/label.schema.ts";
import { STRIKE_FORM, STRIKE_WORDS } from "../options/strike-selection.ts";
import { RISK_PROFILES, RiskBudgetSchema } from "../policies/risk-budget.schema.ts";

export const HORIZONS = ["0dte", "intraday", "overnight", "swing", "long"] as const;
const PROVIDERS = ["sample", "simulated", "files", "polygon", "alpaca"] as const;

export const MODEL_CADENCES = ["5m", "15m", "hourly", "daily"] as const;

export const SIGNAL_INTERVALS = ["1m", "5m", "15m", "hourly", "daily"] as const;

/** A yield in percent a year, or the price of something that reinvests it. */
const RISK_FREE_KINDS = ["yield_pct", "price"] as const;
export type RiskFreeKind = (typeof RISK_FREE_KINDS)[number];

const hours = z.array(z.int().min(0).max(23)).nonempty().nullable();

const globs = z.array(z.string().min(1).max(128)).max(200);

/** Which computed columns are features. `flow`, `dealer` and `oi` concern options only; null = none, whatever the pack says. */
export const FeatureFlagsSchema = z.strictObject({
  flow: z
    .strictObject({
      flow_side: z
        .enum(["volume", "inferred"])
        .default("volume")
        .describe("volume counts all contracts traded; inferred only those that sellers started, which needs trades and quotes"),
      signed: z
        .boolean()
        .default(false)
        .describe(
          "Adds the columns with the suffix _signed: by who started each trade, on a grid around the price; needs trades and quotes",
        ),
      per_distance: z.boolean().default(true),
      totals: z.boolean().default(true),
      ratios: z.boolean().default(true),
      atm: z.boolean().default(false),
      distance_max: z.int().min(0).max(50).default(7).describe("Strikes further than this from the anchor are left out"),
    })
    .nullable()
    .optional(),
  dealer: z
    .strictObject({ mm_profit_dir_simple: z.boolean().default(true), divergence_score: z.boolean().default(true) })
    .nullable()
    .optional(),
  oi: z
    .strictObject({ include: z.boolean().default(false) })
    .nullable()
    .optional(),
  time: z.strictObject({ day_of_week: z.boolean().default(true) }).prefault({}),
  custom: z
    .strictObject({ include: globs.default([]), exclude: globs.default([]) })
    .prefault({})
    .describe("Exact column names or globs with *; an empty include takes every computed column"),
});

/** `model_configs/<model_id>.yaml`: a user's instance of a pack, everything that says WHAT is modelled. */
export const ModelConfigSchema = z.strictObject({
  version: z.int().positive().default(1),
  model_id: IdSchema,
  pack_id: IdSchema,
  template_id: IdSchema.nullable().default(null),
  template_version: z.int().positive().nullable().default(null),
  ticker: SymbolSchema,
  asset_type: z.enum(["eq", "opt"]),
  horizon: z.enum(HORIZONS),
  cadence: z.enum(MODEL_CADENCES),
  data: z.strictObject({
    provider: z.enum(PROVIDERS),
    symbol: SymbolSchema,
    /** For symbols that indicators name (VIX, a benchmark): who supplies them and under which symbol; absent = as the model's own. */
    others: z.record(SymbolSchema, z.strictObject({ provider: z.enum(PROVIDERS), symbol: SymbolSchema })).default({}),
    /** What capital earns without risk: a daily series that `others` may find elsewhere. Absent = nothing is taken off (rf=0). */
    risk_free: z
      .strictObject({ symbol: SymbolSchema, kind: z.enum(RISK_FREE_KINDS) })
      .optional()
      .describe("Sharpe, Sortino and residual returns are in excess of it; yield_pct = percent a year, price = of a fund that reinvests"),
    /** A universe that was imported: the matrix has rows of every member. */
    universe: IdSchema.optional(),
    /** Simulated series only: the generator's seed. */
    seed: z.int().min(0).optional(),
  }),
  instrument: z.enum(["stocks", "options"]),
  default_dte: z.int().min(0).max(1000).optional().describe("Options only: days to expiry"),
  default_strike: z.string().regex(STRIKE_FORM, STRIKE_WORDS).optional().describe("Options only"),
  strategy: IdSchema.nullable().default(null),
  risk_profile: z.enum(RISK_PROFILES).default("balanced"),
  policy: IdSchema.default("default"),
  indicator_set: IdSchema.default("default"),
  indicators: z.array(z.string().min(1)).default([]).describe("Names of a subset of the set; empty = all"),
  gates: RiskBudgetSchema.prefault({}).describe("May only tighten the pack's limits"),
  window: z
    .strictObject({ start: z.iso.date().nullable().default(null), end: z.iso.date().nullable().default(null) })
    .prefault({})
    .describe("Session dates, start inclusive and end exclusive; null = all there is"),
  allowed_hours: hours.default(null).describe("Hours (New York) in which trades may open"),
  train: z.strictObject({ allowed_hours: hours.default(null) }).prefault({}),
  signal_interval: z.enum(SIGNAL_INTERVALS).nullable().default(null),
  tags: z.array(IdSchema).max(30).default([]),
  features: FeatureFlagsSchema.prefault({}),
  momentum: z
    .strictObject({ include: z.boolean().default(true), hourly_horizons: z.array(z.int().positive()).default([1, 3]) })
    .prefault({}),
  volatility: z
    .strictObject({ include: z.boolean().default(true), hourly_horizons: z.array(z.int().positive()).default([3]) })
    .prefault({}),
  label: LabelSchema,
  learner: LearnerSchema.prefault({ algo: "gbm" }),
});
export type ModelConfig = z.infer<typeof ModelConfigSchema>;

/**
 * What a file may leave out: the path supplies the pack, the id its parts, the pack the label. Resolution fills them in,
 * so that `ModelConfig` is always complete.
 */
export const ModelConfigDocumentSchema = ModelConfigSchema.partial({
  pack_id: true,
  ticker: true,
  asset_type: true,
  horizon: true,
  cadence: true,
  data: true,
  instrument: true,
  label: true,
});

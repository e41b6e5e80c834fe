import * as z from "zod";
import { IdSchema, SymbolSchema } from "../core/ids.ts";
import { LearnerSchema } from "../learners/learner.schema.ts";
import { LabelSchema } from "../matrix/label.schema.ts";
import { RISK_PROFILES, RiskBudgetSchema } from "../policies/risk-budget.schema.ts";

export const HORIZONS = ["0dte", "intraday", "overnight", "swing", "long"] as const;
export const MODEL_CADENCES = ["5m", "15m", "hourly", "daily"] as const;

const hours = z.array(z.int().min(0).max(23)).nonempty().nullable();

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
    provider: z.enum(["sample", "simulated", "files"]),
    symbol: SymbolSchema,
    /** Simulated series only: the generator's seed. */
    seed: z.int().min(0).optional(),
  }),
  instrument: z.enum(["stocks", "options"]),
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
  signal_interval: z.enum(["1m", "5m", "15m", "hourly", "daily"]).nullable().default(null),
  tags: z.array(IdSchema).max(30).default([]),
  features: z
    .strictObject({
      time: z.strictObject({ day_of_week: z.boolean().default(true) }).prefault({}),
      custom: z.strictObject({ include: z.array(z.string()).default([]), exclude: z.array(z.string()).default([]) }).prefault({}),
    })
    .prefault({}),
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

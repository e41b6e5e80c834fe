import * as z from "zod";
import { IdSchema, SymbolSchema } from "../core/ids.ts";
import {
  CALIBRATIONS,
  CartParamsSchema,
  GbmParamsSchema,
  LEARNERS,
  LogitParamsSchema,
  ModelShaSchema,
  RfParamsSchema,
} from "../learners/learner.schema.ts";
import { LabelSchema } from "../matrix/label.schema.ts";
import { IndicatorEntrySchema } from "../packs/indicator-set.schema.ts";
import { RISK_PROFILES } from "../policies/risk-budget.schema.ts";
import { FeatureFlagsSchema, HORIZONS, MODEL_CADENCES, ModelConfigSchema } from "./model-config.schema.ts";

const config = ModelConfigSchema.shape;

/** What a user says to get a model; everything that is absent comes from the template, then from the pack. */
export const CreateModelSchema = z.strictObject({
  pack_id: IdSchema,
  template_id: IdSchema.optional().describe("A model template of the pack; without one, asset_type, horizon and cadence are required"),
  model_id: IdSchema.optional().describe("Made of the parts below when absent"),
  ticker: SymbolSchema,
  asset_type: z.enum(["eq", "opt"]).optional(),
  horizon: z.enum(HORIZONS).optional(),
  cadence: z.enum(MODEL_CADENCES).optional(),
  algo: z.enum([...LEARNERS, "lightgbm", "xgb"]).optional(),
  variant: IdSchema.optional(),
  data: config.data
    .optional()
    .describe(
      "Where the bars come from; when absent, who has them of the ticker: your files, the sample, then a vendor whose key is set. Never simulated",
    ),
  instrument: config.instrument.optional(),
  default_dte: config.default_dte,
  default_strike: config.default_strike,
  strategy: IdSchema.nullable().optional(),
  risk_profile: z.enum(RISK_PROFILES).optional(),
  indicator_set: z
    .union([IdSchema, z.strictObject({ indicators: z.array(IndicatorEntrySchema).nonempty() })])
    .optional()
    .describe("A set of the pack, or the model's own indicators"),
  indicators: z.array(z.string().min(1).max(64)).max(100).optional().describe("Names of a subset of the set"),
  features: FeatureFlagsSchema.partial().optional(),
  label: LabelSchema.optional(),
  learner: z
    .strictObject({
      calibration: z.enum(CALIBRATIONS).optional(),
      seed: z.int().min(0).optional(),
      sample_weights: z.enum(["uniqueness", "equal"]).optional(),
      model_sha256: ModelShaSchema.optional(),
      params: z
        .union([GbmParamsSchema, RfParamsSchema, CartParamsSchema, LogitParamsSchema])
        .optional()
        .describe("Parameters of the algorithm"),
    })
    .optional()
    .describe("What differs from the template's learner"),
  window: config.window.optional(),
  gates: z.record(z.string(), z.unknown()).optional().describe("Limits of the gate, tighter than the pack's"),
  policy: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("What differs from the policy template, such as { execution: { slippage_bps: 2 } }"),
  tags: z.array(IdSchema).max(30).optional(),
});
export type CreateModelRequest = z.input<typeof CreateModelSchema>;

import * as z from "zod";
import { RobustnessSchema } from "../backtest/robustness/robustness.schema.ts";
import { LineageSchema } from "../core/lineage.schema.ts";
import { GateSchema } from "../leaderboard/gate.schema.ts";
import { LearnerSchema } from "../learners/learner.schema.ts";
import { MARGIN_SCALES } from "../learners/shap/attributions.ts";
import { LabelSchema } from "../matrix/label.schema.ts";
import { PolicySchema } from "../policies/policy.schema.ts";
import { HoldoutSchema } from "../publishing/trained-model.schema.ts";
import { VariantSchema } from "../sweeps/variant.schema.ts";
import { TrainingItemSchema } from "./training-order.schema.ts";

/** What a person must know before trusting a trained model. */
export const ModelCardSchema = z.strictObject({
  schema_version: z.literal(3),
  trained_model_id: z.string(),
  model_id: z.string(),
  pack_id: z.string(),
  risk_profile: z.string(),
  stamps: z.array(z.string()),
  research: z.boolean(),
  override: z.strictObject({ by: z.string(), reason: z.string() }).nullable(),
  data: z.strictObject({
    symbol: z.string(),
    provider: z.string(),
    fingerprint: z.string(),
    cadence: z.string(),
    first_session: z.string(),
    last_session: z.string(),
    rows: z.int(),
    statement: z.string().nullable().describe("Simulated data: what was planted"),
  }),
  label: LabelSchema,
  base_rates: z.record(z.string(), z.number()),
  features: z.array(z.strictObject({ name: z.string(), indicator: z.string(), version: z.int(), unit: z.string() })),
  learner: LearnerSchema,
  calibration: z.strictObject({ kind: z.string(), notes: z.array(z.string()) }),
  training: z.strictObject({
    judged_rows: z.int(),
    judged_until: z.string(),
    refit_rows: z.int(),
    refit_until: z.string(),
    effective_rows: z.number().describe("About how many independent labels the judged model was fitted on"),
  }),
  execution: z.strictObject({ variant: VariantSchema, policy: PolicySchema, direction: z.string(), strategy: z.string().nullable() }),
  backtest: TrainingItemSchema.shape.backtest,
  robustness: RobustnessSchema.nullable().describe("Of the backtest that the row came from; null where it asked for none, as in sweeps"),
  gate: GateSchema,
  holdout: HoldoutSchema,
  importance: z
    .array(
      z.strictObject({
        feature: z.string(),
        gain_share: z.number(),
        splits: z.int(),
        mean_abs_shap: z.number().nullable().describe("Mean size of its contribution to the margin; null without attributions"),
      }),
    )
    .describe("Of the judged model, by total gain, largest first"),
  attribution: z
    .strictObject({
      margin_of: z.enum(MARGIN_SCALES).describe("What the contributions add up to; see the explanation of a signal"),
      rows: z.int().positive(),
      of_rows: z.int().positive(),
      seed: z.int(),
    })
    .nullable()
    .describe("The training rows that mean_abs_shap is over, and the seed that drew them; null without attributions"),
  assumptions: z.array(z.string()),
  risks: z.array(z.string()),
  lineage: LineageSchema,
});
export type ModelCard = z.infer<typeof ModelCardSchema>;

import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { JsonSchema } from "../core/json.schema.ts";
import { RISK_PROFILES } from "../policies/risk-budget.schema.ts";

const fields = z.record(z.string(), JsonSchema);

/** Features of a model by a name: what it says of `features`, `momentum` and `volatility` replaces the model's own keys. */
export const FeatureSetSchema = z.strictObject({
  name: IdSchema,
  features: fields.optional(),
  momentum: fields.optional(),
  volatility: fields.optional(),
});

/** Learner settings by a name; parameters that are not given stay as the model has them, unless the algorithm changes. */
export const MlParamsSchema = z.strictObject({
  name: IdSchema.optional().describe("Absent: the parameters name themselves"),
  algo: z.string().min(1).max(32).optional(),
  params: fields.default({}),
});

/** What a composition changes of a model's configuration; an absent key leaves the model's own. */
export const ModelChangeSchema = z.strictObject({
  indicator_set: IdSchema.optional(),
  feature_set: FeatureSetSchema.optional(),
  strategy: IdSchema.nullable().optional().describe("null = no strategy"),
  risk_profile: z.enum(RISK_PROFILES).optional(),
  ml_params: MlParamsSchema.optional(),
  train_hours: z.array(z.int().min(0).max(23)).nonempty().optional().describe("Hours (New York) of the rows that are fitted on"),
});
export type ModelChange = z.infer<typeof ModelChangeSchema>;

import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { CreateModelSchema } from "./create-model.schema.ts";
import { ModelConfigSchema } from "./model-config.schema.ts";

const config = ModelConfigSchema.shape;
const wanted = CreateModelSchema.shape;

/**
 * What of a model can change: everything but its name, its pack, its ticker and its kind of asset, which are other models.
 * An absent key stays as it is; null takes a setting back to what the pack says.
 */
export const UpdateModelSchema = z.strictObject({
  strategy: IdSchema.nullable().optional().describe("null = no strategy"),
  risk_profile: wanted.risk_profile,
  indicator_set: wanted.indicator_set,
  indicators: wanted.indicators.describe("Names of a subset of the set; empty = all"),
  features: wanted.features.nullable().describe("Keys that differ; the others stay"),
  momentum: z.strictObject(config.momentum.unwrap().shape).partial().nullable().optional(),
  volatility: z.strictObject(config.volatility.unwrap().shape).partial().nullable().optional(),
  label: wanted.label.nullable().describe("Whole, as its kind reads it"),
  learner: config.learner.unwrap().nullable().optional().describe("Whole"),
  data: wanted.data,
  window: wanted.window.nullable(),
  train: z.strictObject({ allowed_hours: z.array(z.int().min(0).max(23)).nonempty().nullable() }).optional(),
  allowed_hours: z.array(z.int().min(0).max(23)).nonempty().nullable().optional(),
  signal_interval: config.signal_interval.unwrap().optional(),
  default_dte: wanted.default_dte.nullable(),
  default_strike: wanted.default_strike.nullable(),
  gates: wanted.gates.nullable().describe("Whole; limits tighter than the pack's"),
  policy: wanted.policy.nullable().describe("What differs, section by section; null = as the pack says"),
  tags: z.array(IdSchema).max(30).optional(),
});
export type UpdateModelRequest = z.input<typeof UpdateModelSchema>;

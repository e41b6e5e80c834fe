import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { ModelConfigSchema } from "../models/model-config.schema.ts";

/** The part of a model's configuration that a template may set: everything but the model's identity and its data. */
const TemplateModelSchema = ModelConfigSchema.omit({
  model_id: true,
  pack_id: true,
  template_id: true,
  template_version: true,
  ticker: true,
  data: true,
  policy: true,
  window: true,
}).partial({ instrument: true });

/** `model_templates/<slug>.yaml`: a starting point for new models. */
export const ModelTemplateSchema = z.strictObject({
  name: IdSchema,
  version: z.int().positive(),
  title: z.string().min(1).max(80),
  description: z.string().min(20).max(500),
  policy: IdSchema.default("default").describe("The policy template that the new model's policy starts from"),
  model: TemplateModelSchema,
});
export type ModelTemplate = z.infer<typeof ModelTemplateSchema>;

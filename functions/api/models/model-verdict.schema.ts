import * as z from "zod";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { ModelConfigSchema } from "#lib/models/model-config.schema.ts";
import { DataNeedsSchema } from "./data-needs.schema.ts";

/** What a model would be, and all that is wrong with it. */
export const ModelVerdictSchema = z.strictObject({
  valid: z.boolean().describe("POST /models would take it"),
  model_id: z.string().nullable().describe("The id that it would get; null while asset, horizon or cadence are open"),
  is_free: z.boolean(),
  findings: z.array(
    z.strictObject({ severity: z.enum(["error", "warning"]), code: z.string(), path: z.string(), reason: z.string(), remedy: z.string() }),
  ),
  model: z
    .strictObject({
      config: ModelConfigSchema,
      policy: z.record(z.string(), JsonSchema),
      limits: z.record(z.string(), JsonSchema).describe("The gate's limits in force"),
      strategy: z.record(z.string(), JsonSchema).nullable(),
      indicators: z.array(JsonSchema).describe("Of the set and of the strategy"),
      columns: z.array(z.strictObject({ name: z.string(), indicator: z.string(), unit: z.string() })),
      tags: z.array(z.string()),
    })
    .nullable()
    .describe("With everything that it inherits; null where its parts cannot be brought together"),
  needs: DataNeedsSchema.nullable().describe("What it reads; null where that cannot be said"),
});
export type ModelVerdict = z.output<typeof ModelVerdictSchema>;

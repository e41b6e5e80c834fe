import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { IndicatorEntrySchema, IndicatorSetSchema } from "#lib/packs/indicator-set.schema.ts";

export const WriteSetSchema = z
  .strictObject({
    pack_id: IdSchema,
    name: IdSchema.optional().describe("A set of your own beside the pack's, for several models and for compositions"),
    model_id: IdSchema.optional().describe("The model whose own set it becomes"),
    version: z.int().positive().optional().describe("Must be the next one; counted on when absent"),
    description: z.string().min(1).max(500).optional(),
    indicators: z.array(IndicatorEntrySchema).nonempty().max(100),
  })
  .refine(({ name, model_id }) => (name === undefined) !== (model_id === undefined), {
    path: ["name"],
    message: "give name or model_id, one of them",
  });
export type WriteSet = z.output<typeof WriteSetSchema>;

export const WrittenSchema = z.strictObject({
  pack_id: z.string(),
  model_id: z.string().nullable(),
  set: IndicatorSetSchema,
  changed: z.boolean().describe("False: the same set was there already"),
});

import * as z from "zod";
import { OwnerSchema } from "../runs/run-record.schema.ts";
import { CompositionSchema } from "./composition.schema.ts";

const part = z.int().nonnegative().describe("Place of the composition in parts");

/**
 * The plan of a sweep over compositions: one evaluation plan each, judged together. Work is numbered through, so that steps
 * hand over the same ids as in a sweep of one model: fits by their place, batches by their ids.
 */
export const ComposedSweepSchema = z.strictObject({
  schema_version: z.literal(1),
  kind: z.literal("composed_sweep"),
  owner: OwnerSchema,
  parts: z.array(z.strictObject({ composition: CompositionSchema, plan_key: z.string().regex(/^[0-9a-f]{64}$/) })).nonempty(),
  fits: z
    .array(z.strictObject({ part, fold: z.int().nonnegative() }))
    .nonempty()
    .describe("Each fold of each distinct prediction once"),
  batches: z.array(z.strictObject({ part, batch_id: z.string().regex(/^[0-9a-f]{16}$/) })).nonempty(),
});
export type ComposedSweep = z.infer<typeof ComposedSweepSchema>;

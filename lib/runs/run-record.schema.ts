import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { JsonSchema } from "../core/json.schema.ts";
import { MACHINES } from "../ports/workflow.ts";

/** Run ids are content keys: `<machine>_<24 hex>`; scheduled ticks carry their time instead. */
const RUN_ID_PATTERN = /^[a-z]{3,12}_[A-Za-z0-9:.-]{1,60}$/;
export const RunIdSchema = z.string().regex(RUN_ID_PATTERN, "must be a run id such as sweep_0a1b2c...");

export const OwnerSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "must be 1 to 64 letters, digits, _ or -");

export const RUN_STATUSES = ["running", "succeeded", "failed", "canceled", "interrupted"] as const;

/** One piece of long work that somebody asked for: status, result and error, whoever executes it. */
export const RunRecordSchema = z.strictObject({
  run_id: RunIdSchema,
  owner: OwnerSchema,
  machine: z.enum(MACHINES),
  pack_id: IdSchema.nullable(),
  model_id: IdSchema.nullable(),
  tag: z.string().max(64).nullable(),
  status: z.enum(RUN_STATUSES),
  attempt: z.int().positive(),
  created_at: z.string(),
  ended_at: z.string().nullable(),
  /** When the last attempt but the first began. */
  resumed_at: z.string().optional(),
  /** What was asked, with the digests of everything it depends on. */
  input: z.record(z.string(), JsonSchema),
  outputs: JsonSchema.nullable(),
  error: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
});
export type RunRecord = z.infer<typeof RunRecordSchema>;

/** Something that happened in a run; `seq` orders events and is the SSE id. */
export const RunEventSchema = z.strictObject({
  seq: z.int().positive(),
  at: z.string(),
  step: z.string(),
  /** Which fold, batch or row of the step, when it has several. */
  item: z.string().nullable(),
  message: z.string(),
  done: z.int().nonnegative(),
  /** Steps that the run will have, as far as is known now. */
  expected: z.int().positive(),
  share: z.number().min(0).max(1).describe("Done over expected, except that it never falls when more becomes expected"),
});
export type RunEvent = z.infer<typeof RunEventSchema>;

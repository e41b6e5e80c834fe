import * as z from "zod";
import { IdSchema, SymbolSchema } from "#lib/core/ids.ts";
import { CreateModelSchema } from "#lib/models/create-model.schema.ts";

/** What a pack's one-year check runs on. Simulated data are never chosen by themselves. */
export const CheckRequestSchema = z.strictObject({
  ticker: SymbolSchema,
  data: CreateModelSchema.shape.data,
  template_id: IdSchema.optional().describe("The model template that is checked; the pack's first one when absent"),
});
export type CheckRequest = z.output<typeof CheckRequestSchema>;

/** What a check found so far. */
export const CheckViewSchema = z.strictObject({
  status: z.enum(["running", "passed", "refused"]),
  run_id: z.string(),
  run: z.string().describe("Where the run is"),
  symbol: z.string(),
  provider: z.string(),
  start: z.string(),
  end: z.string().describe("Exclusive"),
  sharpe: z.number().nullable().describe("Annual, net of costs"),
  trades: z.int().nullable(),
  findings: z.array(
    z.strictObject({ code: z.string(), severity: z.enum(["error", "warning"]), path: z.string(), reason: z.string(), remedy: z.string() }),
  ),
});
export type CheckView = z.output<typeof CheckViewSchema>;

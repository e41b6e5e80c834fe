import * as z from "zod";
import { LeakageReportSchema } from "./leakage.schema.ts";
import { HourCoverageSchema, LabelBalanceSchema, NanShareSchema, VERDICT_STATUSES, VerdictSchema } from "./quality/quality.schema.ts";

/** The last sessions of a matrix, to look at before it is built. */
export const PreviewSchema = z.strictObject({
  matrix_sha: z
    .string()
    .nullable()
    .describe("Name of the matrix that a build makes of these data; null where a preview reads only a part of them: chains, flow, trades"),
  sessions: z.array(z.string()).describe("Session dates that were built"),
  status: z.enum(VERDICT_STATUSES).describe("The worst verdict"),
  columns: z.array(z.strictObject({ name: z.string(), indicator: z.string(), version: z.int(), unit: z.string() })),
  warmup_bars: z.int().describe("Bars before the last column has a value"),
  rows: z
    .array(z.record(z.string(), z.union([z.number(), z.string(), z.null()])))
    .describe("Keys, bar, features and label; null = unknown"),
  nan_share: NanShareSchema,
  label_balance: LabelBalanceSchema,
  coverage_by_hour: HourCoverageSchema,
  verdicts: z.array(VerdictSchema),
  leakage: LeakageReportSchema,
});
export type Preview = z.infer<typeof PreviewSchema>;

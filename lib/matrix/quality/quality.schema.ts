import * as z from "zod";

export const VERDICT_STATUSES = ["ok", "warn", "fail"] as const;
export type VerdictStatus = (typeof VERDICT_STATUSES)[number];

/** One check's finding with the numbers behind it. `items` are years, columns or hours, sorted. */
export const VerdictSchema = z.strictObject({
  check: z.string(),
  status: z.enum(VERDICT_STATUSES),
  summary: z.string().describe("What was found and, unless ok, what to do"),
  numbers: z.record(z.string(), z.number().nullable()),
  items: z.array(z.string()),
});
export type Verdict = z.infer<typeof VerdictSchema>;

export const NanShareSchema = z.strictObject({
  columns: z.record(z.string(), z.number()).describe("Share of unknown values in each feature column"),
  indicators: z.record(z.string(), z.number()).describe("The same over all columns of an indicator"),
});
export type NanShare = z.infer<typeof NanShareSchema>;

export const LabelBalanceSchema = z.array(z.strictObject({ value: z.int(), rows: z.int(), share: z.number().nullable() }));
export type LabelBalance = z.infer<typeof LabelBalanceSchema>;

export const HourCoverageSchema = z.array(z.strictObject({ hour: z.int(), rows: z.int(), labelled: z.int() }));
export type HourCoverage = z.infer<typeof HourCoverageSchema>;

/** What the checks say about a matrix. `status` is the worst verdict; a `fail` stops a build unless it is forced. */
export const QualityReportSchema = z.strictObject({
  schema_version: z.literal(1),
  status: z.enum(VERDICT_STATUSES),
  rows: z.int(),
  labelled_rows: z.int(),
  verdicts: z.array(VerdictSchema),
  nan_share: NanShareSchema,
  label_balance: LabelBalanceSchema,
  coverage_by_hour: HourCoverageSchema,
});
export type QualityReport = z.infer<typeof QualityReportSchema>;

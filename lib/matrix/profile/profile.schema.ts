import * as z from "zod";
import { Sha256Schema } from "../matrix-info.schema.ts";

export const PERIOD_UNITS = ["year", "quarter", "month", "session"] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

const known = z.number().nullable();

/** One feature column over the whole window; null = no value is known. */
export const ColumnProfileSchema = z.strictObject({
  name: z.string(),
  indicator: z.string(),
  unit: z.string(),
  known: z.int().describe("Rows with a value"),
  unknown_share: z.array(z.number()).describe("Share of rows without a value in each period, in the order of the periods"),
  mean: known,
  sd: known.describe("Standard deviation, n - 1; null under two values"),
  min: known,
  max: known,
  psi: known.describe(
    "Population stability index of the last third of the rows against the first: above 0.25 shifted; null under 100 values",
  ),
});
export type ColumnProfile = z.infer<typeof ColumnProfileSchema>;

/** How the columns of a stored matrix are distributed, over time and among each other. */
export const MatrixProfileSchema = z.strictObject({
  schema_version: z.literal(1),
  matrix_sha: Sha256Schema,
  rows: z.int(),
  period_unit: z
    .enum(PERIOD_UNITS)
    .describe("Chosen by the length of the window, so that there are at least six periods where there can be"),
  periods: z.array(
    z.strictObject({
      name: z.string(),
      rows: z.int(),
      labelled: z.int(),
      classes: z.record(z.string(), z.int()).describe("Rows of each label value; empty for a regression"),
    }),
  ),
  label_psi: known,
  columns: z.array(ColumnProfileSchema),
  correlation: z
    .strictObject({
      columns: z.array(z.string()).describe("At most 150 features, in the order of the matrix"),
      rows: z.int().describe("Rows that were read, evenly spread over the window"),
      lower: z
        .array(z.array(known))
        .describe(
          "Row i holds the correlations of column i with the columns before it, over the rows where both are known; null = undefined",
        ),
    })
    .describe("Pearson correlations of the features among each other; the label is not looked at"),
});
export type MatrixProfile = z.infer<typeof MatrixProfileSchema>;

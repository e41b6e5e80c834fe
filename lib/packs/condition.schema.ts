import * as z from "zod";
import { COMPARISONS } from "../core/comparison.ts";

/** A column of the matrix: a feature, or a bar field such as `close`. */
export const ColumnSchema = z.string().regex(/^[a-z][a-z0-9_.]{0,127}$/, "must name a column: lower-case letters, digits, _ and .");

/** Compares the decision row's value of a column. It does not hold when either side is unknown (NaN). */
export const ConditionSchema = z.strictObject({
  column: ColumnSchema,
  op: z.enum(COMPARISONS),
  value: z.union([z.number(), ColumnSchema]).describe("A number, or the name of another column"),
});
export type Condition = z.infer<typeof ConditionSchema>;

/** Every column that some conditions read, each once. */
export const columnsRead = (conditions: readonly Condition[]): string[] => [
  ...new Set(conditions.flatMap(({ column, value }) => (typeof value === "string" ? [column, value] : [column]))),
];

import * as z from "zod";

/** One column that changed when the future did. */
export const LeakSchema = z.strictObject({
  column: z.string(),
  indicator: z.string(),
  probe: z.enum(["truncated", "perturbed"]).describe("truncated: later bars removed; perturbed: later bars replaced by others"),
  cut_time: z.number().describe("Last bar that was kept, its end, UTC milliseconds"),
  row_time: z.number().describe("First row whose value changed, UTC milliseconds"),
  rows_changed: z.int(),
  with_future: z.number().nullable().describe("The value when the whole series is known; null = unknown"),
  without_future: z.number().nullable().describe("The value when the later bars are removed or replaced"),
});
export type Leak = z.infer<typeof LeakSchema>;

/** What the leak test did and found. */
export const LeakageReportSchema = z.strictObject({
  schema_version: z.literal(1),
  status: z.enum(["ok", "fail"]),
  cuts: z.array(z.strictObject({ bar: z.int(), time: z.number(), probe: z.enum(["truncated", "perturbed"]) })),
  columns_checked: z.int(),
  values_compared: z.int(),
  leaks: z.array(LeakSchema).describe("The first finding for each column, in column order"),
});
export type LeakageReport = z.infer<typeof LeakageReportSchema>;

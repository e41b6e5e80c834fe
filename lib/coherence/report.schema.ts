import * as z from "zod";

/** One line of the report: a check that passed, or one objection of a check. */
const CheckLineSchema = z.strictObject({
  check: z.string().describe("The check, by its permanent name"),
  title: z.string(),
  status: z.enum(["PASS", "WARN", "FAIL"]),
  code: z.string().nullable().describe("The rule that objects (docs/coherence.md); null for a check that passed"),
  path: z.string().nullable().describe("Dotted path of the value at fault; null for a check that passed"),
  reason: z.string(),
  remedy: z.string().nullable(),
});
export type CheckLine = z.infer<typeof CheckLineSchema>;

export const ValidationReportSchema = z.strictObject({
  pack_id: z.string(),
  status: z.enum(["APPROVED", "APPROVED WITH WARNINGS", "REJECTED"]),
  checks: z.array(CheckLineSchema),
  recommendation: z.string().nullable().describe("What to do first; null when there is nothing to do"),
});
export type ValidationReport = z.infer<typeof ValidationReportSchema>;

import * as z from "zod";
import { ERROR_CATALOG } from "./catalog.ts";
import { SigmaError } from "./sigma-error.ts";

/** RFC 9457 problem details; `code`, `facts`, `field_errors` and `request_id` are our extension members. */
export const ProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])).optional(),
  field_errors: z.array(z.object({ path: z.string(), issue: z.string() })).optional(),
  request_id: z.string().optional(),
});
export type Problem = z.infer<typeof ProblemSchema>;

/** Maps any thrown value to a problem. An unlisted error keeps its detail out of the response. */
export function toProblem(error: unknown, instance: string): Problem {
  if (!(error instanceof SigmaError)) {
    return { type: "about:blank", title: "Internal Server Error", status: 500, instance, code: "INTERNAL" };
  }
  const { status, title } = ERROR_CATALOG[error.code];
  const type = `urn:sigma-lab:problem:${error.code.toLowerCase().replaceAll("_", "-")}`;
  return {
    type,
    title,
    status,
    detail: error.message,
    instance,
    code: error.code,
    facts: Object.fromEntries(
      Object.entries(error.facts).map(([key, value]) => [key, Array.isArray(value) ? [...value] : value]),
    ) as NonNullable<Problem["facts"]>,
    ...(error.fieldErrors.length > 0 ? { field_errors: error.fieldErrors.map((field) => ({ ...field })) } : {}),
  };
}

import { ProblemError } from "#client/problem.ts";
import { ERROR_CATALOG } from "#lib/errors/catalog.ts";
import { type FieldError, SigmaError } from "#lib/errors/sigma-error.ts";
import { wrap } from "./format.ts";
import type { Paint } from "./paint.ts";

/** The command line itself is wrong: nothing was asked of the system. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** Everything that a person or a program is told about a failure. */
export interface Failure {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly field_errors: readonly FieldError[];
  readonly request_id: string | null;
  readonly exit_code: 1 | 2 | 3;
}

/** What the gate refuses is told apart from what failed, so that a script can go on. */
const exitCodeOf = (code: string): Failure["exit_code"] => (code === "GATE_FAILED" ? 3 : 1);

/** Exit codes: 2 for a wrong command line, 3 for what the gate refuses, 1 for everything else. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UsageError)
    return {
      code: "USAGE",
      title: "The command line is wrong",
      detail: error.message,
      field_errors: [],
      request_id: null,
      exit_code: 2,
    };
  if (error instanceof ProblemError) {
    const { code, title, detail, field_errors, request_id } = error.problem;
    return {
      code,
      title,
      detail: detail ?? UNEXPECTED,
      field_errors: field_errors ?? [],
      request_id: request_id ?? null,
      exit_code: exitCodeOf(code),
    };
  }
  if (error instanceof SigmaError)
    return {
      code: error.code,
      title: ERROR_CATALOG[error.code].title,
      detail: error.message,
      field_errors: error.fieldErrors,
      request_id: null,
      exit_code: exitCodeOf(error.code),
    };
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "INTERNAL",
    title: ERROR_CATALOG.INTERNAL.title,
    detail: `${UNEXPECTED} (${message})`,
    field_errors: [],
    request_id: null,
    exit_code: 1,
  };
}

const UNEXPECTED = "Something unexpected happened. Run the command again with SIGMA_DEBUG=1 to see where, and report it.";

/** One clear paragraph: what is wrong, what was found, what to do; then the fields, the code and the request. */
export function failureText(failure: Failure, paint: Paint, width = 100): string {
  const { code, title, detail, field_errors, request_id } = failure;
  const said = detail.startsWith(title) ? detail : `${title}. ${detail}`;
  const lines = [wrap(`${paint(["red", "bold"], "Error:")} ${said}`, width)];
  // A single field is in the detail already.
  if (field_errors.length > 1) {
    for (const { path, issue } of field_errors.slice(0, 10)) lines.push(`  - ${path === "" ? issue : `${path}: ${issue}`}`);
    if (field_errors.length > 10) lines.push(`  (and ${field_errors.length - 10} more)`);
  }
  if (code !== "USAGE") lines.push(paint("dim", `Code ${code}${request_id === null ? "" : `, request ${request_id}`}.`));
  return lines.join("\n");
}

import type { ErrorCode } from "../errors/catalog.ts";
import { nearestName } from "../errors/nearest.ts";
import { SigmaError } from "../errors/sigma-error.ts";

/** One thing that a coherence rule found. `code` is lower snake case and permanent. */
export interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning";
  /** Dotted path of the value at fault, such as `policy.execution.brackets.entry_mode`. */
  readonly path: string;
  readonly reason: string;
  readonly remedy: string;
  /** The catalogue's code under which an error of this kind is thrown. */
  readonly error: ErrorCode;
}

/**
 * @throws the first error's catalogue code, with every error as a field error, when there is one
 */
export function throwErrors(findings: readonly Finding[], what: string): void {
  const errors = findings.filter((finding) => finding.severity === "error");
  const first = errors[0];
  if (!first) return;
  const shown = errors.slice(0, 5).map((finding) => `${finding.reason} ${finding.remedy}`);
  const more = errors.length > 5 ? ` (and ${errors.length - 5} more)` : "";
  throw new SigmaError(
    first.error,
    `${what} is not coherent: ${shown.join(" ")}${more}`,
    { findings: errors.map((finding) => finding.code) },
    { fieldErrors: errors.map(({ path, reason, remedy }) => ({ path, issue: `${reason} ${remedy}` })) },
  );
}

/** The error for a field that names something which does not exist, with the nearest name that does. */
export function unknownName(code: ErrorCode, field: string, what: string, name: string, known: readonly string[]): SigmaError {
  const nearest = nearestName(name, known);
  const hint = nearest ? `did you mean "${nearest}"?` : known.length > 0 ? `known are ${known.join(", ")}.` : "there are none.";
  const issue = `no ${what} has the name "${name}"; ${hint}`;
  return new SigmaError(code, `${field}: ${issue}`, { field, name }, { fieldErrors: [{ path: field, issue }] });
}

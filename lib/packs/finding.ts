import type { ErrorCode } from "../errors/catalog.ts";
import { nearestName } from "../errors/nearest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { DEFINITION_RULES, type DefinitionCode, type RuleCode } from "./coherence-rules.ts";
import type { Rule } from "./rule.ts";

/** One thing that a coherence rule found. */
export interface Finding {
  readonly code: RuleCode;
  readonly severity: "error" | "warning";
  /** Dotted path of the value at fault, such as `policy.execution.brackets.entry_mode`. */
  readonly path: string;
  readonly reason: string;
  readonly remedy: string;
  /** The catalogue's code under which an error of this kind is thrown. */
  readonly error: ErrorCode;
}

interface Case {
  readonly path: string;
  readonly reason: string;
  /** Where the case knows a better one than the rule. */
  readonly remedy?: string | undefined;
  /** Where the value at fault belongs to another kind of document than the rule. */
  readonly error?: ErrorCode | undefined;
}

/** What a rule objects to in one case. */
export function ruleFinding(code: RuleCode, rule: Rule, { path, reason, remedy, error }: Case): Finding {
  return { code, severity: rule.severity, path, reason, remedy: remedy ?? rule.remedy, error: error ?? rule.error };
}

/** What a rule of definitions objects to; see `ruleFinding`. */
export const finding = (code: DefinitionCode, path: string, reason: string, remedy?: string, error?: ErrorCode): Finding =>
  ruleFinding(code, DEFINITION_RULES[code], { path, reason, remedy, error });

/**
 * @throws the first error's catalogue code, with every error as a field error, when there is one
 */
export function throwErrors(findings: readonly Finding[], what: string): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  const first = errors[0];
  if (!first) return;
  const shown = errors.slice(0, 5).map(({ reason, remedy }) => `${reason} ${remedy}`);
  const more = errors.length > 5 ? ` (and ${errors.length - 5} more)` : "";
  throw new SigmaError(
    first.error,
    `${what} is not coherent: ${shown.join(" ")}${more}`,
    { findings: errors.map(({ code }) => code) },
    { fieldErrors: errors.map(({ path, reason, remedy }) => ({ path, issue: `${reason} ${remedy}` })) },
  );
}

/** The error for a field that names something which does not exist, with the nearest name that does. */
export function unknownName(code: ErrorCode, field: string, what: string, name: string, known: readonly string[]): SigmaError {
  const nearest = nearestName(name, known);
  const hint = nearest ? `did you mean "${nearest}"?` : known.length > 0 ? `known are ${known.join(", ")}.` : "there are none.";
  const issue = `no ${what} has the name "${name}"; ${hint}`;
  return new SigmaError(
    code,
    `${field}: ${issue}`,
    { field, name, findings: ["reference_unknown"] },
    { fieldErrors: [{ path: field, issue }] },
  );
}

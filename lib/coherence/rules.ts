import { DEFINITION_RULES, type RuleCode } from "../packs/coherence-rules.ts";
import { type Finding, ruleFinding } from "../packs/finding.ts";
import { LINT_RULES } from "../packs/lint-rules.ts";
import { PERFORMANCE_RULES } from "../packs/performance-rules.ts";
import type { Rule } from "../packs/rule.ts";

/**
 * Every rule of coherence by its permanent code. Whatever judges a pack, a model, a policy or a sweep names one of these, so the
 * command line, the API, model creation and the documentation say the same.
 */
export const COHERENCE_RULES: Readonly<Record<RuleCode, Rule>> = { ...DEFINITION_RULES, ...LINT_RULES, ...PERFORMANCE_RULES };

/** What any rule objects to in one case; see `ruleFinding`. */
export const objection = (code: RuleCode, path: string, reason: string, remedy?: string, error?: Finding["error"]): Finding =>
  ruleFinding(code, COHERENCE_RULES[code], { path, reason, remedy, error });

export const isRule = (name: string): name is RuleCode => Object.hasOwn(COHERENCE_RULES, name);

import type { Finding } from "../packs/finding.ts";
import { packReferences } from "../packs/pack-references.ts";
import type { PackDocuments } from "../packs/pack-source.ts";
import type { PerformanceVerdict } from "../packs/performance-check.ts";
import { readPack, resolvedOf } from "../packs/resolve-pack.ts";
import type { PackContent } from "../packs/resolved-pack.ts";
import { compatibility } from "./compatibility-rules.ts";
import { documentation, layout } from "./document-rules.ts";
import { columnsComputed, indicatorCounts, indicatorsExist, indicatorsInMenu } from "./indicator-rules.ts";
import { defaultStrategy, requiredGates } from "./minimum-rules.ts";
import { modelsAndTemplates } from "./model-rules.ts";
import { policyRules } from "./policy-rules.ts";
import type { CheckLine, ValidationReport } from "./report.schema.ts";
import { riskConsistency } from "./risk-rules.ts";
import { CHECKS, type CheckId, RULE_TEXTS } from "./rule-texts.ts";
import { objection } from "./rules.ts";
import { timeAlignment } from "./time-rules.ts";

/** What judges a pack whose documents could be read, whatever else is wrong with it. */
const PACK_RULES: readonly ((content: PackContent) => readonly Finding[])[] = [
  packReferences,
  timeAlignment,
  riskConsistency,
  indicatorsExist,
  indicatorsInMenu,
  indicatorCounts,
  requiredGates,
  defaultStrategy,
  compatibility,
  columnsComputed,
  policyRules,
  layout,
  documentation,
];

/** Checks that need a pack whose references hold: models and templates are made from it. */
const MODEL_CHECKS: readonly CheckId[] = ["models", "feasibility"];

/**
 * Checks a pack, the models that come with it and what its templates make, and says everything that is wrong, not only the
 * first thing.
 *
 * @param performance - the verdict on its one-year backtest, where there was one; without it the report has no such line
 * @throws NOT_FOUND when the source has no such pack
 */
export function validatePack(documents: PackDocuments, packId: string, performance?: PerformanceVerdict): ValidationReport {
  const { content, problems } = readPack(documents, packId);
  const findings: Finding[] = problems.map(({ message, fieldErrors }) =>
    objection("document_invalid", fieldErrors[0]?.path ?? "", message),
  );
  const done = new Set<CheckId>(["schema"]);
  if (content) {
    findings.push(...PACK_RULES.flatMap((judge) => judge(content)));
    for (const check of Object.keys(CHECKS) as CheckId[]) if (!MODEL_CHECKS.includes(check) && check !== "performance") done.add(check);
    const usable = problems.length === 0 && !findings.some((found) => blocks(found));
    if (usable) {
      // What the pack is objected to for is not said again of every model that is made from it.
      const said = new Set(findings.map(({ code }) => code));
      findings.push(...modelsAndTemplates(resolvedOf(content)).filter(({ code }) => !said.has(code)));
      for (const check of MODEL_CHECKS) done.add(check);
    }
  }
  if (performance) {
    findings.push(...performance.findings);
    done.add("performance");
  }
  return reportOf(packId, [...done], findings);
}

/** Whether an objection leaves no pack to make models from. */
const blocks = ({ code, severity }: Finding): boolean =>
  severity === "error" && (RULE_TEXTS[code].check === "references" || RULE_TEXTS[code].check === "indicators_exist");

function reportOf(packId: string, done: readonly CheckId[], findings: readonly Finding[]): ValidationReport {
  const order = Object.keys(CHECKS) as CheckId[];
  const checks = order.flatMap((check): CheckLine[] => {
    const { title, passed } = CHECKS[check];
    const own = findings.filter(({ code }) => RULE_TEXTS[code].check === check);
    if (own.length > 0) return own.map((found) => lineOf(check, title, found));
    return done.includes(check) ? [{ check, title, status: "PASS", code: null, path: null, reason: passed, remedy: null }] : [];
  });
  const first = checks.find(({ status }) => status === "FAIL") ?? checks.find(({ status }) => status === "WARN");
  const status = first === undefined ? "APPROVED" : first.status === "FAIL" ? "REJECTED" : "APPROVED WITH WARNINGS";
  return { pack_id: packId, status, checks, recommendation: first?.remedy ?? null };
}

const lineOf = (check: CheckId, title: string, { code, severity, path, reason, remedy }: Finding): CheckLine => ({
  check,
  title,
  status: severity === "error" ? "FAIL" : "WARN",
  code,
  path,
  reason,
  remedy,
});

import { SigmaError } from "../errors/sigma-error.ts";
import { INDICATORS } from "../indicators/catalog.ts";
import { planIndicators } from "../indicators/plan.ts";
import { resolveIndicator } from "../indicators/resolve.ts";
import type { RiskBudget } from "../policies/risk-budget.schema.ts";
import { columnsRead } from "./condition.schema.ts";
import type { IndicatorEntry } from "./indicator-set.schema.ts";
import { BAR_COLUMNS, countedIndicators, MAX_INDICATORS, MIN_INDICATORS } from "./pack-limits.ts";
import { packReferences } from "./pack-references.ts";
import { type PackDocuments, strayDocuments } from "./pack-source.ts";
import { readPack } from "./resolve-pack.ts";
import type { PackContent } from "./resolved-pack.ts";
import { effectiveTags } from "./tags.ts";

export type CheckStatus = "PASS" | "WARN" | "FAIL";

export interface CheckLine {
  /** Permanent, lower snake case. */
  readonly check: string;
  readonly status: CheckStatus;
  readonly reason: string;
  readonly remedy: string | null;
}

export interface ValidationReport {
  readonly pack_id: string;
  readonly status: "APPROVED" | "APPROVED WITH WARNINGS" | "REJECTED";
  readonly checks: readonly CheckLine[];
}

/** Largest drawdown gate, percent, that a risk tag allows. */
const MAX_DRAWDOWN_PCT = { conservative: 30, balanced: 40, aggressive: 100 } as const;

/** Smallest position, percent of capital, that deserves the tag `aggressive`. */
const MIN_AGGRESSIVE_POSITION_PCT = 1;

/** Gate limits that every pack defines, with the smallest value that means something. */
const REQUIRED_GATES = { min_bets: 20, max_drawdown_pct: 0, min_sharpe: 0 } as const satisfies Partial<Record<keyof RiskBudget, number>>;

/** Objections of one check; none = PASS. */
type Objection = Omit<CheckLine, "check">;
type Check = (content: PackContent) => readonly Objection[];

const CHECKS: Readonly<Record<string, { readonly passed: string; readonly run: Check }>> = {
  references: { passed: "Every name that a document mentions exists.", run: references },
  indicators_exist: { passed: "Every indicator exists and takes its parameters.", run: indicatorsExist },
  indicators_in_menu: { passed: "Sets and strategies use the menu only.", run: indicatorsInMenu },
  indicator_counts: { passed: `Every set has ${MIN_INDICATORS} to ${MAX_INDICATORS} indicators.`, run: indicatorCounts },
  required_gates: { passed: "The gates define min_bets, max_drawdown_pct and min_sharpe.", run: requiredGates },
  default_strategy: { passed: "There is a default strategy.", run: defaultStrategy },
  risk_consistency: { passed: "Gates and sizes agree with the risk tags.", run: riskConsistency },
  strategy_columns: { passed: "Every strategy computes the columns that its entry rule reads.", run: strategyColumns },
  scanner_columns: { passed: "Every scanner computes the columns that its rule reads.", run: scannerColumns },
  layout: { passed: "Every document stands where it is read.", run: layout },
  documentation: { passed: "Sets and strategies are described.", run: documentation },
};

/**
 * Checks a pack and says everything that is wrong with it, not only the first thing.
 *
 * @throws NOT_FOUND when the source has no such pack
 */
export function validatePack(documents: PackDocuments, packId: string): ValidationReport {
  const { content, problems } = readPack(documents, packId);
  const schema: CheckLine[] =
    problems.length === 0
      ? [line("schema", "PASS", "Every document matches its schema.", null)]
      : problems.map((problem) => line("schema", "FAIL", problem.message, "Correct the document."));
  const others = content ? Object.entries(CHECKS).flatMap(([check, { passed, run }]) => linesOf(check, passed, run(content))) : [];
  const checks = [...schema, ...others];
  const worst = checks.some(({ status }) => status === "FAIL")
    ? "REJECTED"
    : checks.some(({ status }) => status === "WARN")
      ? "APPROVED WITH WARNINGS"
      : "APPROVED";
  return { pack_id: packId, status: worst, checks };
}

const line = (check: string, status: CheckStatus, reason: string, remedy: string | null): CheckLine => ({ check, status, reason, remedy });

const linesOf = (check: string, passed: string, objections: readonly Objection[]): CheckLine[] =>
  objections.length === 0 ? [line(check, "PASS", passed, null)] : objections.map((objection) => ({ check, ...objection }));

const fail = (reason: string, remedy: string): Objection => ({ status: "FAIL", reason, remedy });
const warn = (reason: string, remedy: string): Objection => ({ status: "WARN", reason, remedy });

function references(content: PackContent): Objection[] {
  return packReferences(content).map(({ severity, reason, remedy }) => ({
    status: severity === "error" ? "FAIL" : "WARN",
    reason,
    remedy,
  }));
}

/** Every list of indicators in the pack, with its name. */
function lists({ indicatorSets, strategies }: PackContent): { readonly where: string; readonly entries: readonly IndicatorEntry[] }[] {
  return [
    ...[...indicatorSets].map(([name, set]) => ({ where: `Set "${name}"`, entries: set.indicators })),
    ...[...strategies].map(([name, strategy]) => ({ where: `Strategy "${name}"`, entries: strategy.indicators })),
  ];
}

function indicatorsExist(content: PackContent): Objection[] {
  const menu = content.pack.indicators
    .filter(({ name }) => !INDICATORS.has(name))
    .map(({ name }) => fail(`The menu lists "${name}", which no indicator is called.`, "Correct the name; `sigma indicators` lists all."));
  const used = lists(content).flatMap(({ where, entries }) => [
    ...entries.flatMap((entry) => failureOf(() => resolveIndicator(entry), where)),
    ...(entries.every((entry) => failureOf(() => resolveIndicator(entry), where).length === 0)
      ? failureOf(() => planIndicators(entries), where)
      : []),
  ]);
  return [...menu, ...used];
}

function failureOf(attempt: () => unknown, where: string): Objection[] {
  try {
    attempt();
    return [];
  } catch (error) {
    if (error instanceof SigmaError) return [fail(`${where}: ${error.message}`, "Correct the entry.")];
    throw error;
  }
}

/** The catalogue's name of an entry, or undefined when it has none; `indicators_exist` says so. */
function nameOf(entry: IndicatorEntry): string | undefined {
  try {
    return resolveIndicator(entry).name;
  } catch (error) {
    if (error instanceof SigmaError) return undefined;
    throw error;
  }
}

function indicatorsInMenu(content: PackContent): Objection[] {
  const menu = new Set(content.pack.indicators.map(({ name }) => name));
  return lists(content).flatMap(({ where, entries }) => {
    const strangers = [...new Set(entries.map(nameOf))].filter((name) => name !== undefined && !menu.has(name));
    return strangers.map((name) =>
      fail(`${where} uses "${name}", which is not in the pack's menu.`, "Add it to the pack's indicators, or remove it here."),
    );
  });
}

function indicatorCounts({ indicatorSets }: PackContent): Objection[] {
  return [...indicatorSets].flatMap(([name, { indicators }]) => {
    const counted = countedIndicators(indicators.map((entry) => nameOf(entry) ?? entry.name));
    if (counted < MIN_INDICATORS)
      return [fail(`Set "${name}" has "${counted}" indicators; at least ${MIN_INDICATORS} are needed.`, "Add some.")];
    if (counted > MAX_INDICATORS)
      return [
        fail(`Set "${name}" has "${counted}" indicators; at most ${MAX_INDICATORS} are allowed.`, "Remove some: more invite overfitting."),
      ];
    return [];
  });
}

function requiredGates({ pack }: PackContent): Objection[] {
  return Object.entries(REQUIRED_GATES).flatMap(([key, least]) => {
    const found = pack.gates[key as keyof typeof REQUIRED_GATES];
    if (found === undefined) return [fail(`The gates do not define ${key}.`, `Add ${key} to the pack's gates.`)];
    return found < least ? [fail(`The gates set ${key} to "${found}"; at least ${least} is needed.`, `Raise ${key}.`)] : [];
  });
}

function defaultStrategy({ strategies }: PackContent): Objection[] {
  const defaults = [...strategies].filter(([, strategy]) => strategy.default).map(([name]) => name);
  if (defaults.length === 0) return [fail("No strategy is the default.", 'Set "default: true" in one strategy.')];
  return defaults.length > 1 ? [warn(`${defaults.join(", ")} are all the default; the first one counts.`, "Keep one default.")] : [];
}

function riskConsistency({ pack, strategies, riskProfiles, policies }: PackContent): Objection[] {
  const gate = pack.gates.max_drawdown_pct;
  const position = policies.get(pack.policy)?.risk.position_size_pct;
  const tagged = [
    { where: "The pack", risk: pack.tags.risk },
    ...[...strategies].map(([name, { tags }]) => ({
      where: `Strategy "${name}"`,
      risk: effectiveTags(pack.tags, tags).byCategory["risk"] as RiskTag,
    })),
  ];
  return [
    ...tagged.flatMap(({ where, risk }) => drawdownFits(`${where} is tagged "${risk}" and the pack's gates`, risk, gate)),
    ...[...riskProfiles].flatMap(([name, profile]) =>
      drawdownFits(`Profile "${name}"`, name as RiskTag, profile.risk_budget.max_drawdown_pct),
    ),
    ...tagged.flatMap(({ where, risk }) => positionFits(where, risk, position)),
  ];
}

type RiskTag = keyof typeof MAX_DRAWDOWN_PCT;

function drawdownFits(where: string, risk: RiskTag, drawdown: number | undefined): Objection[] {
  const limit = MAX_DRAWDOWN_PCT[risk];
  if (drawdown === undefined || drawdown <= limit) return [];
  return [
    fail(`${where} allows a drawdown of "${drawdown}" %; ${risk} allows at most ${limit} %.`, "Lower max_drawdown_pct, or change the tag."),
  ];
}

function positionFits(where: string, risk: RiskTag, position: number | undefined): Objection[] {
  if (risk !== "aggressive" || position === undefined || position >= MIN_AGGRESSIVE_POSITION_PCT) return [];
  return [
    fail(
      `${where} is tagged "aggressive" but positions are "${position}" % of capital; at least ${MIN_AGGRESSIVE_POSITION_PCT} % is expected.`,
      "Raise risk.position_size_pct in the default policy, or change the tag.",
    ),
  ];
}

function strategyColumns({ strategies }: PackContent): Objection[] {
  return [...strategies].flatMap(([name, { entry, indicators }]) => {
    if (indicators.some((item) => nameOf(item) === undefined)) return [];
    const columns = new Set(planIndicators(indicators).columns.map((column) => column.name));
    return columnsRead("all" in entry ? entry.all : entry.any)
      .filter((column) => !columns.has(column) && !BAR_COLUMNS.has(column))
      .map((column) =>
        fail(`Strategy "${name}" reads "${column}", which none of its indicators computes.`, "Add the indicator to the strategy."),
      );
  });
}

function scannerColumns({ indicatorSets }: PackContent): Objection[] {
  return [...indicatorSets].flatMap(([name, { indicators, scan }]) => {
    if (scan === undefined || indicators.some((item) => nameOf(item) === undefined)) return [];
    const columns = new Set(planIndicators(indicators).columns.map((column) => column.name));
    const read = new Set([...scan.rank.map(({ column }) => column), ...columnsRead(scan.where)]);
    return [...read]
      .filter((column) => !columns.has(column) && !BAR_COLUMNS.has(column))
      .map((column) =>
        fail(`Scanner "${name}" reads "${column}", which none of its indicators computes.`, "Add the indicator to the set."),
      );
  });
}

function layout({ documents, pack }: PackContent): Objection[] {
  return strayDocuments(documents, pack.id).map((path) =>
    warn(`"${path}" is not read.`, 'Move it to a known folder, and name it with "a-z", "0-9" and "_" only.'),
  );
}

function documentation({ indicatorSets, pack }: PackContent): Objection[] {
  const undescribed = [...indicatorSets].filter(([, set]) => set.description === undefined).map(([name]) => name);
  const lines = undescribed.map((name) => warn(`Set "${name}" has no description.`, "Say what idea it stands for."));
  return pack.name.toLowerCase() === pack.id ? lines : [...lines, ...nameFits(pack.name, pack.id)];
}

function nameFits(name: string, id: string): Objection[] {
  const fromName = name.toLowerCase().replaceAll(" ", "_");
  return fromName === id || fromName.replaceAll("_", "") === id.replaceAll("_", "")
    ? []
    : [warn(`The pack is called "${name}" but its id is "${id}".`, "Let the name follow the id, so that people find it.")];
}

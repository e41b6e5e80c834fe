import { SigmaError } from "../errors/sigma-error.ts";
import { INDICATORS } from "../indicators/catalog.ts";
import { planIndicators } from "../indicators/plan.ts";
import { resolveIndicator } from "../indicators/resolve.ts";
import { columnsRead } from "../packs/condition.schema.ts";
import type { Finding } from "../packs/finding.ts";
import type { IndicatorEntry } from "../packs/indicator-set.schema.ts";
import { BAR_COLUMNS, countedIndicators, MAX_INDICATORS, MIN_INDICATORS } from "../packs/pack-limits.ts";
import type { PackContent } from "../packs/resolved-pack.ts";
import { objection } from "./rules.ts";
import { isUnavailableMeasure } from "./unavailable-measures.ts";

interface EntryList {
  readonly path: string;
  readonly what: string;
  readonly entries: readonly IndicatorEntry[];
}

/** Every list of indicators in the pack, with its name. */
function listsOf({ indicatorSets, strategies }: PackContent): EntryList[] {
  return [
    ...[...indicatorSets].map(([name, { indicators }]) => ({ path: `indicator_sets.${name}`, what: `Set "${name}"`, entries: indicators })),
    ...[...strategies].map(([name, { indicators }]) => ({ path: `strategies.${name}`, what: `Strategy "${name}"`, entries: indicators })),
  ];
}

export function indicatorsExist(content: PackContent): Finding[] {
  const menu = content.pack.indicators
    .filter(({ name }) => !INDICATORS.has(name) && !isUnavailableMeasure(name))
    .map(({ name }) => objection("indicator_unknown", "indicators", `The menu lists "${name}", which no indicator is called.`));
  const used = listsOf(content).flatMap((list) => {
    const broken = list.entries.flatMap((entry) => objectionTo(list, () => resolveIndicator(entry)));
    return broken.length > 0 ? broken : clashesIn(list);
  });
  return [...menu, ...used];
}

function objectionTo({ path, what }: EntryList, attempt: () => unknown): Finding[] {
  try {
    attempt();
    return [];
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    const code = error.code === "INDICATOR_UNKNOWN" ? "indicator_unknown" : "indicator_parameter_invalid";
    return [objection(code, path, `${what}: ${error.message}`)];
  }
}

function clashesIn({ path, what, entries }: EntryList): Finding[] {
  try {
    planIndicators(entries);
    return [];
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    return [objection("column_clash", path, `${what}: ${error.message}`)];
  }
}

/** The catalogue's name of an entry, or undefined when it has none; `indicatorsExist` says so. */
function nameOf(entry: IndicatorEntry): string | undefined {
  try {
    return resolveIndicator(entry).name;
  } catch (error) {
    if (error instanceof SigmaError) return undefined;
    throw error;
  }
}

export function indicatorsInMenu(content: PackContent): Finding[] {
  const menu = new Set(content.pack.indicators.map(({ name }) => name));
  return listsOf(content).flatMap(({ path, what, entries }) =>
    [...new Set(entries.map(nameOf))]
      .filter((name) => name !== undefined && !menu.has(name))
      .map((name) => objection("indicator_not_in_menu", path, `${what} uses "${name}", which is not in the pack's menu.`)),
  );
}

export function indicatorCounts({ indicatorSets }: PackContent): Finding[] {
  return [...indicatorSets].flatMap(([name, { indicators }]) => {
    const counted = countedIndicators(indicators.map((entry) => nameOf(entry) ?? entry.name));
    const path = `indicator_sets.${name}`;
    const has = `Set "${name}" has "${counted}" indicators`;
    if (counted < MIN_INDICATORS)
      return [objection("indicator_count", path, `${has}; at least ${MIN_INDICATORS} are needed.`, "Add some.")];
    if (counted <= MAX_INDICATORS) return [];
    return [objection("indicator_count", path, `${has}; at most ${MAX_INDICATORS} are allowed.`, "Remove some: more invite overfitting.")];
  });
}

/** Entry rules of strategies and rules of scanners read what their own indicators compute. */
export function columnsComputed({ indicatorSets, strategies }: PackContent): Finding[] {
  const ofStrategies = [...strategies].flatMap(([name, { entry, indicators }]) => {
    const read = columnsRead("all" in entry ? entry.all : entry.any);
    return unread(read, indicators, { path: `strategies.${name}.entry`, who: `Strategy "${name}"`, where: "strategy" });
  });
  const ofScanners = [...indicatorSets].flatMap(([name, { indicators, scan }]) => {
    if (scan === undefined) return [];
    const read = [...new Set([...scan.rank.map(({ column }) => column), ...columnsRead(scan.where)])];
    return unread(read, indicators, { path: `indicator_sets.${name}.scan`, who: `Scanner "${name}"`, where: "set" });
  });
  return [...ofStrategies, ...ofScanners];
}

interface Reader {
  readonly path: string;
  readonly who: string;
  readonly where: string;
}

function unread(read: readonly string[], entries: readonly IndicatorEntry[], { path, who, where }: Reader): Finding[] {
  const columns = columnsOf(entries);
  if (columns === undefined) return [];
  return read
    .filter((column) => !columns.has(column) && !BAR_COLUMNS.has(column))
    .map((column) =>
      objection(
        "column_not_produced",
        path,
        `${who} reads "${column}", which none of its indicators computes.`,
        `Add the indicator to the ${where}.`,
      ),
    );
}

/** Names of the columns that entries give; undefined when they cannot be planned, which another rule says. */
export function columnsOf(entries: readonly IndicatorEntry[]): ReadonlySet<string> | undefined {
  try {
    return new Set(planIndicators(entries).columns.map(({ name }) => name));
  } catch (error) {
    if (error instanceof SigmaError) return undefined;
    throw error;
  }
}

import type { Cadence, SeriesFacts } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { parseDate } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { indicatorNamed } from "../indicators/catalog.ts";
import { tenorKey } from "../indicators/chain-params.ts";
import type { IvHistoryNeed } from "../indicators/define-indicator.ts";
import { flaggedEntries } from "../indicators/flagged-entries.ts";
import { BARS_PER_SESSION } from "../indicators/inputs.ts";
import { withoutOwnUnderlying } from "../indicators/own-underlying.ts";
import { type IndicatorPlan, planIndicators } from "../indicators/plan.ts";
import { type IndicatorEntry, type ResolvedIndicator, resolveIndicator } from "../indicators/resolve.ts";
import type { ModelConfig } from "../models/model-config.schema.ts";
import type { FlowColumn } from "../options/flow/flow-column.ts";
import { type FlowFeatures, flowFeatureColumns, flowFeaturesOf } from "../options/flow/flow-features.ts";
import type { DateWindow } from "../ports/market-data.ts";
import { DEALER_INDICATORS } from "./flow-features.ts";
import { type Label, labelHorizonBars } from "./label.schema.ts";
import { labelIndicators } from "./labels/label-needs.ts";
import type { DataSource } from "./matrix-data.ts";
import { selectColumns } from "./select-columns.ts";
import type { Membership } from "./universe/membership.ts";

/** Everything that decides a matrix's numbers, resolved: two equal specs give equal bytes, whoever asks. */
export interface MatrixSpec {
  readonly symbol: string;
  readonly cadence: Cadence;
  /** Half-open range of session dates that become rows; later bars are never read, earlier ones warm indicators up. */
  readonly window: DateWindow;
  /** Every data set that is read, by its fingerprint; the symbol's own bars first. */
  readonly sources: readonly DataSource[];
  /** What is known of the symbol's own bars. */
  readonly series: SeriesFacts;
  /** What must be said of all the data together, sorted: `simulated`, `price_return_only`, ... */
  readonly stamps: readonly string[];
  /** The set's indicators, then those that the feature switches add. */
  readonly indicators: readonly ResolvedIndicator[];
  /** The columns of same-day option flow that are features; null = none. */
  readonly flow: FlowFeatures | null;
  /** Exact names or globs of computed columns; empty = every computed column is a feature. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly label: Label;
  /** The indicators that label and flow read as known at the decision, by role; they are no features. */
  readonly helpers: Readonly<Record<string, ResolvedIndicator>>;
  /** Whether a label may span a session's close; false for 0dte and intraday models. */
  readonly crossSession: boolean;
  /** New York hours whose rows may be fitted on; null = all. */
  readonly trainHours: readonly number[] | null;
  readonly calendarVersion: number;
  /** The membership that rows lie in and whose end labels know; null = every bar of the window is a row. */
  readonly membership: Membership | null;
  /** Who is in the universe, for a matrix of many symbols; null = one symbol. */
  readonly universe: UniverseMembers | null;
}

/** A universe by name, with its members in the order of their rows. */
export interface UniverseMembers {
  readonly name: string;
  /** Such as `survivorship_biased`: it is not known since when its members belong to it. */
  readonly stamps: readonly string[];
  readonly members: readonly Membership[];
}

/** What a model's configuration says about its matrix. */
export type MatrixConfig = Pick<ModelConfig, "cadence" | "horizon" | "window" | "train" | "features" | "momentum" | "volatility" | "label">;

/** What must be loaded for a matrix beside the symbol's own bars. */
export interface MatrixNeeds {
  readonly others: readonly { readonly symbol: string; readonly cadence: Cadence }[];
  readonly chains: boolean;
  /** Sessions before the window from which chains are read. */
  readonly historySessions: number;
  /** One entry a tenor. */
  readonly ivHistory: readonly IvHistoryNeed[];
  readonly flow: boolean;
  /** Sessions before the window from which flow and trades are read. */
  readonly flowHistorySessions: number;
  /** Whether the flow must say who started the trades, which takes trades and quotes. */
  readonly signedFlow: boolean;
  readonly tape: boolean;
  readonly universe: boolean;
}

/** Sessions of flow and trades that same-bar averages and buckets of volume look back to. */
export const FLOW_HISTORY_SESSIONS = 25;

/** What every matrix of a model resolves to, before any data is known. */
type Features = Pick<MatrixSpec, "indicators" | "flow" | "label" | "helpers">;

/**
 * What a model's matrix needs of the providers.
 *
 * @param entries - the model's indicators: its set, cut down to its subset
 * @throws INDICATOR_UNKNOWN | INVALID_PARAM naming the entry
 */
export function matrixNeeds(config: MatrixConfig, entries: readonly IndicatorEntry[], symbol: string): MatrixNeeds {
  const { indicators, helpers, flow } = featuresOf(config, entries, symbol);
  const all = [...indicators, ...Object.values(helpers)];
  const needs = all.map(({ name, params }) => indicatorNamed(name).needs?.(params) ?? {});
  const others = new Map<string, MatrixNeeds["others"][number]>();
  const add = (name: string, cadence: Cadence): unknown => others.set(`${name}/${cadence}`, { symbol: name, cadence });
  for (const { underlying } of all) if (underlying !== null) add(underlying, config.cadence);
  for (const { dailySymbols = [], barSymbols = [] } of needs) {
    for (const name of dailySymbols) add(name, "daily");
    for (const name of barSymbols) add(name, config.cadence);
  }
  const tape = needs.some((need) => need.tape === true);
  // The dealers' columns compare each bar with the same bar of earlier sessions, which are valued by the chains of then.
  const dealers = flow?.signed?.dealer === true;
  return {
    others: [...others.values()],
    chains: needs.some((need) => need.chains !== undefined),
    historySessions: Math.max(dealers ? FLOW_HISTORY_SESSIONS : 1, ...needs.map((need) => need.historySessions ?? 1)),
    ivHistory: longestByTenor(needs.flatMap(({ ivHistory }) => ivHistory ?? [])),
    flowHistorySessions: dealers || tape ? FLOW_HISTORY_SESSIONS : flowSessionsOf(all, config.cadence),
    flow: flow !== null || needs.some((need) => need.flow === true),
    signedFlow: flow?.signed != null || flow?.volume.flowSide === "inferred" || indicators.some(({ name }) => name === "gex_signed"),
    tape,
    universe: needs.some((need) => need.universe === true),
  };
}

/** What several indicators read of one tenor is read once, as far back as the one that looks furthest. */
function longestByTenor(needs: readonly IvHistoryNeed[]): IvHistoryNeed[] {
  const longest = new Map<string, IvHistoryNeed>();
  for (const need of needs) if (need.sessions > (longest.get(tenorKey(need.tenor))?.sessions ?? 0)) longest.set(tenorKey(need.tenor), need);
  return [...longest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, need]) => need);
}

/** Sessions before the window that the longest trailing mean of the flow fills with bars, a short session among them. */
function flowSessionsOf(items: readonly ResolvedIndicator[], cadence: Cadence): number {
  const perSession = BARS_PER_SESSION[cadence];
  const bars = items.map(({ name, params }) => {
    const definition = indicatorNamed(name);
    return definition.needs?.(params).flow === true ? definition.warmupBars(params, perSession) : 0;
  });
  const most = Math.max(0, ...bars);
  return most === 0 ? 1 : Math.ceil(most / perSession) + 1;
}

/**
 * The spec of a model's matrix.
 *
 * @param entries - the model's indicators: its set, cut down to its subset
 * @param sources - the data that was loaded, the symbol's own bars first; of a universe all members' one after another
 * @throws INDICATOR_UNKNOWN | INVALID_PARAM naming the entry; also when a pattern names no column, or no feature is left
 */
export function matrixSpecOf(
  config: MatrixConfig,
  entries: readonly IndicatorEntry[],
  symbol: string,
  sources: readonly DataSource[],
  universe: UniverseMembers | null = null,
): MatrixSpec {
  const own = sources.find(({ role }) => role === "bars");
  if (!own) throw new TypeError(`The matrix of "${symbol}" was given no bars.`);
  const hours = config.train.allowed_hours;
  const spec: MatrixSpec = {
    symbol,
    cadence: config.cadence,
    window: { start: config.window.start, end: config.window.end },
    sources,
    series: own.facts,
    stamps: stampsOf(sources, config, universe),
    ...featuresOf(config, entries, symbol),
    include: [...config.features.custom.include],
    exclude: [...config.features.custom.exclude],
    crossSession: crossesSessions(config.horizon),
    trainHours: hours === null ? null : [...new Set(hours)].sort((a, b) => a - b),
    calendarVersion: NYSE.version,
    membership: null,
    universe,
  };
  readWindow(spec);
  selectColumns(computedColumns(spec), spec);
  return spec;
}

/** The plan of a spec's indicators. @throws UNPROCESSABLE when the spec was resolved for another version of one */
export function planOf(spec: Pick<MatrixSpec, "indicators" | "cadence">): IndicatorPlan {
  const plan = planIndicators(spec.indicators.map(entryOf), { barsPerSession: BARS_PER_SESSION[spec.cadence] });
  plan.items.forEach(({ name, version }, i) => {
    const wanted = spec.indicators[i]!.version;
    if (version === wanted) return;
    const found = `this release has version "${version}" of the indicator "${name}"`;
    throw new SigmaError("UNPROCESSABLE", `The matrix asks for version "${wanted}", ${found}. Build it anew from the model.`, {
      indicator: name,
      wanted,
      found: version,
    });
  });
  return plan;
}

/** Names of all columns that a spec computes, in order: indicators, then the flow's. */
export function computedColumns(spec: MatrixSpec): string[] {
  return [...planOf(spec).columns.map((column) => column.name), ...flowColumnsOf(spec).map(({ name }) => name)];
}

/** The flow columns that a spec's features name, with unit and version. */
export function flowColumnsOf({ flow }: Pick<MatrixSpec, "flow">): readonly FlowColumn[] {
  return flow === null ? [] : flowFeatureColumns(flow);
}

/** Whether a label of this horizon may span a session's close. */
export const crossesSessions = (horizon: ModelConfig["horizon"]): boolean => horizon !== "0dte" && horizon !== "intraday";

/** Bars from a decision to its label's end, at most. */
export const horizonOf = (spec: Pick<MatrixSpec, "label" | "cadence">): number => labelHorizonBars(spec.label, spec.cadence);

/** The spec's window as date numbers, open ends as infinities. @throws INVALID_PARAM when it is no range of dates */
export function readWindow({ window }: Pick<MatrixSpec, "window">): { readonly start: number; readonly end: number } {
  const start = window.start === null ? Number.NEGATIVE_INFINITY : parseDate(window.start, "window.start");
  const end = window.end === null ? Number.POSITIVE_INFINITY : parseDate(window.end, "window.end");
  if (start < end) return { start, end };
  throw new SigmaError("INVALID_PARAM", `window.end must lie after window.start; found "${window.start}" to "${window.end}".`, {
    field: "window",
  });
}

/** What helper series bring with them and nobody needs to know of the result: an index cannot be traded. */
const HELPER_STAMPS: ReadonlySet<string> = new Set(["price_return_only", "not_tradable"]);

function stampsOf(sources: readonly DataSource[], { label, cadence }: MatrixConfig, universe: UniverseMembers | null): string[] {
  const own = sources.filter(({ role }) => role === "bars").flatMap(({ facts }) => facts.stamps);
  const helpers = sources.flatMap(({ facts }) => facts.stamps).filter((stamp) => !HELPER_STAMPS.has(stamp));
  return [
    ...new Set([
      ...own,
      ...helpers,
      ...(label.kind === "close_to_open" && cadence === "daily" ? ["research_only"] : []),
      ...(universe?.stamps ?? []),
    ]),
  ].sort();
}

function featuresOf(config: MatrixConfig, entries: readonly IndicatorEntry[], symbol: string): Features {
  const flow = flowFeaturesOf(config.features);
  const wanted = { ...labelIndicators(config.label), ...(flow?.signed?.dealer === true ? DEALER_INDICATORS : {}) };
  return {
    indicators: resolveAll(withoutOwnUnderlying(entries, symbol), flaggedEntries(config), config.cadence),
    flow,
    label: config.label,
    helpers: Object.fromEntries(Object.entries(wanted).map(([role, entry]) => [role, resolveIndicator(entry)])),
  };
}

/** The set's indicators, then the added ones that give a column which is not there yet. */
function resolveAll(entries: readonly IndicatorEntry[], added: readonly IndicatorEntry[], cadence: Cadence): ResolvedIndicator[] {
  const barsPerSession = BARS_PER_SESSION[cadence];
  const own = planIndicators(entries, { barsPerSession });
  const taken = new Set(own.columns.map((column) => column.name));
  const items = [...own.items];
  for (const entry of added) {
    const { items: more, columns } = planIndicators([entry], { barsPerSession });
    if (columns.every(({ name }) => taken.has(name))) continue;
    for (const { name } of columns) taken.add(name);
    items.push(...more);
  }
  return items;
}

/** A resolved indicator as the entry that resolves to it. */
export function entryOf({ name, params, column, underlying, carryForward }: ResolvedIndicator): IndicatorEntry {
  return {
    ...params,
    name,
    column,
    ...(underlying === null ? {} : { underlying }),
    ...(carryForward ? { carry_forward: true } : {}),
  };
}

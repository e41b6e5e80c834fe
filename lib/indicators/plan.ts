import { SigmaError } from "../errors/sigma-error.ts";
import { indicatorNamed } from "./catalog.ts";
import type { IndicatorColumn, IndicatorUnit } from "./define-indicator.ts";
import { createIndicatorInputs, type IndicatorInputs } from "./inputs.ts";
import { type IndicatorEntry, type ResolvedIndicator, resolveIndicator, type SourceColumn } from "./resolve.ts";
import { sessionNumbers } from "./session-numbers.ts";
import { latestPlaces, valuesAt } from "./timeline.ts";

export interface PlannedColumn {
  readonly name: string;
  readonly indicator: string;
  readonly version: number;
  readonly unit: IndicatorUnit;
  /** Bars that are NaN before the first value, on a series without gaps. */
  readonly warmupBars: number;
}

/** What a set of indicators computes, known before any data is read. */
export interface IndicatorPlan {
  readonly items: readonly ResolvedIndicator[];
  readonly columns: readonly PlannedColumn[];
  /** The longest warm-up of all columns; 0 for an empty plan. */
  readonly warmupBars: number;
}

/**
 * Resolves a set of indicators and lists its columns, in the order of the entries.
 *
 * @param options.barsPerSession - bars of a full session at the cadence to come; 1 (daily) when absent
 * @throws INDICATOR_UNKNOWN | INVALID_PARAM, the latter also when two entries give a column of one name
 */
export function planIndicators(entries: readonly IndicatorEntry[], options: { readonly barsPerSession?: number } = {}): IndicatorPlan {
  const items = entries.map((entry) => resolveIndicator(entry));
  const columns = items.flatMap((item) => columnsOf(item, options.barsPerSession ?? 1));
  const owners = new Map<string, string>();
  for (const { name, indicator } of columns) {
    const owner = owners.get(name);
    if (owner !== undefined)
      throw new SigmaError(
        "INVALID_PARAM",
        `Two indicators ("${owner}" and "${indicator}") give the column "${name}"; remove one or change its parameters.`,
        { column: name },
      );
    owners.set(name, indicator);
  }
  return { items, columns, warmupBars: columns.reduce((most, column) => Math.max(most, column.warmupBars), 0) };
}

function columnsOf(item: ResolvedIndicator, barsPerSession: number): PlannedColumn[] {
  const definition = indicatorNamed(item.name);
  const longest = definition.warmupBars(item.params, barsPerSession);
  const columns = definition.columns(item.params).map(
    (column): PlannedColumn => ({
      name: columnName(column, item),
      indicator: item.name,
      version: item.version,
      unit: column.unit === "price" && item.column === "volume" ? "volume" : column.unit,
      warmupBars: column.warmupBars ?? longest,
    }),
  );
  if (!item.carryForward) return columns;
  const flags = columns.map((column): PlannedColumn => ({ ...column, name: `${column.name}_missing`, unit: "flag", warmupBars: 0 }));
  return [...columns, ...flags];
}

/** `sma_20`; `sma_20_high` when it reads another bar column than the close; `sma_20_spy` when it is another symbol's. */
function columnName({ name }: IndicatorColumn, { column, underlying }: ResolvedIndicator): string {
  const source = column === "close" ? "" : `_${column}`;
  const symbol = underlying === null ? "" : `_${underlying.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`;
  return `${name}${source}${symbol}`;
}

/** Another symbol's bars, to compute indicators on, and when each was known. */
export interface ForeignInputs {
  readonly inputs: IndicatorInputs;
  /** UTC milliseconds, ascending. */
  readonly availableAt: Float64Array;
}

/**
 * Computes a plan's columns. Batch and live are this same function: on bars up to t its last values equal those
 * that a longer history gives at t, to the bit.
 *
 * @param foreign - bars of the symbols that items name as their underlying; each row gets the last value known by then
 * @returns one array for each of `plan.columns`, in order; they are the caller's own and may be written to
 * @throws DATA_UNAVAILABLE when an underlying's bars were not supplied
 */
export function computePlan(
  plan: IndicatorPlan,
  inputs: IndicatorInputs,
  foreign: ReadonlyMap<string, ForeignInputs> = new Map(),
): Float64Array[] {
  const viewOf = sourceViews();
  const computed = plan.items.map((item) => {
    const other = item.underlying === null ? undefined : foreignInputs(foreign, item.underlying);
    const columns = indicatorNamed(item.name).compute(viewOf(other?.inputs ?? inputs, item.column), item.params);
    if (!other) return columns;
    const places = placesOf(item.underlying!, other, inputs);
    return columns.map((series) => valuesAt(places, series));
  });

  // Shared series are handed out last, when no item needs them any more.
  const taken = new Set([inputs.open, inputs.high, inputs.low, inputs.close, inputs.volume, inputs.sessionDate]);
  return plan.items.flatMap(({ carryForward: carried }, i) => {
    const columns = computed[i]!.map((series) => {
      if (taken.has(series)) return series.slice();
      taken.add(series);
      inputs.shared.release(series);
      return series;
    });
    return carried ? [...columns, ...columns.map(carryForward)] : columns;
  });
}

/** Inputs whose close is another bar column, made once for each. */
function sourceViews(): (inputs: IndicatorInputs, column: SourceColumn) => IndicatorInputs {
  const views = new Map<IndicatorInputs, Map<SourceColumn, IndicatorInputs>>();
  return (inputs, column) => {
    if (column === "close") return inputs;
    const own = views.get(inputs) ?? new Map<SourceColumn, IndicatorInputs>();
    views.set(inputs, own);
    const view = own.get(column) ?? createIndicatorInputs({ ...inputs, close: inputs[column] });
    own.set(column, view);
    return view;
  };
}

function foreignInputs(foreign: ReadonlyMap<string, ForeignInputs>, symbol: string): ForeignInputs {
  const found = foreign.get(symbol);
  if (found) return found;
  throw new SigmaError("DATA_UNAVAILABLE", `An indicator reads bars of "${symbol}", which were not loaded.`, { symbol });
}

/** For each row the last bar of the other symbol that was known by its end and is not older than the session before; -1 = none. */
function placesOf(symbol: string, { inputs: other, availableAt }: ForeignInputs, inputs: IndicatorInputs): Float64Array {
  return latestPlaces(inputs, { key: `bars:${symbol}`, knownAt: availableAt, session: sessionNumbers(other.sessionDate) });
}

/** Fills unknown values in place with the known one just before, never older than one bar. @returns 1 where the own value was unknown */
function carryForward(series: Float64Array): Float64Array {
  const missing = new Float64Array(series.length);
  let before = Number.NaN;
  for (let i = 0; i < series.length; i++) {
    const own = series[i]!;
    if (Number.isNaN(own)) {
      missing[i] = 1;
      series[i] = before;
    }
    before = own;
  }
  return missing;
}

/** Computes a plan in the thread that asks: the plain way to serve whoever may also be served by threads. */
export const computeHere = async (...asked: Parameters<typeof computePlan>): Promise<Float64Array[]> => computePlan(...asked);

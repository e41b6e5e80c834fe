import { SigmaError } from "../errors/sigma-error.ts";
import { indicatorNamed } from "./catalog.ts";
import type { IndicatorColumn, IndicatorUnit } from "./define-indicator.ts";
import { createIndicatorInputs, type IndicatorInputs } from "./inputs.ts";
import { type IndicatorEntry, type ResolvedIndicator, resolveIndicator, type SourceColumn } from "./resolve.ts";

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
  return definition.columns(item.params).map((column) => ({
    name: columnName(column, item.column),
    indicator: item.name,
    version: item.version,
    unit: column.unit === "price" && item.column === "volume" ? "volume" : column.unit,
    warmupBars: column.warmupBars ?? longest,
  }));
}

/** `sma_20`, or `sma_20_high` when it reads another bar column than the close. */
const columnName = (column: IndicatorColumn, source: SourceColumn): string =>
  source === "close" ? column.name : `${column.name}_${source}`;

/**
 * Computes a plan's columns. Batch and live are this same function: on bars up to t its last values equal those
 * that a longer history gives at t, to the bit.
 *
 * @returns one array for each of `plan.columns`, in order; they are the caller's own and may be written to
 */
export function computePlan(plan: IndicatorPlan, inputs: IndicatorInputs): Float64Array[] {
  const views = new Map<SourceColumn, IndicatorInputs>([["close", inputs]]);
  const columns = plan.items.flatMap((item) => {
    let view = views.get(item.column);
    if (!view) {
      view = createIndicatorInputs({ ...inputs, close: inputs[item.column] });
      views.set(item.column, view);
    }
    return indicatorNamed(item.name).compute(view, item.params);
  });

  const taken = new Set([inputs.open, inputs.high, inputs.low, inputs.close, inputs.volume, inputs.sessionDate]);
  return columns.map((series) => {
    if (taken.has(series)) return series.slice();
    taken.add(series);
    inputs.shared.release(series);
    return series;
  });
}

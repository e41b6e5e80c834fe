import type { Cadence, SeriesFacts } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { parseDate } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { BARS_PER_SESSION } from "../indicators/inputs.ts";
import { type IndicatorPlan, planIndicators } from "../indicators/plan.ts";
import type { IndicatorEntry, ResolvedIndicator } from "../indicators/resolve.ts";
import type { ModelConfig } from "../models/model-config.schema.ts";
import type { DateWindow } from "../ports/market-data.ts";
import type { Label } from "./label.schema.ts";
import { selectColumns } from "./select-columns.ts";

/** Everything that decides a matrix's numbers, resolved: two equal specs give equal bytes, whoever asks. */
export interface MatrixSpec {
  readonly symbol: string;
  readonly cadence: Cadence;
  /** Half-open range of session dates that become rows; later bars are never read, earlier ones warm indicators up. */
  readonly window: DateWindow;
  /** The data, by its fingerprint. */
  readonly series: SeriesFacts;
  /** The set's indicators, then those that the momentum and volatility flags add. */
  readonly indicators: readonly ResolvedIndicator[];
  /** Whether the weekday is a feature. */
  readonly dayOfWeek: boolean;
  /** Exact names or globs of computed columns; empty = every computed column is a feature. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly label: Label;
  /** Whether a label may span a session's close; false for 0dte and intraday models. */
  readonly crossSession: boolean;
  /** New York hours whose rows may be fitted on; null = all. */
  readonly trainHours: readonly number[] | null;
  readonly calendarVersion: number;
}

/** What a model's configuration says about its matrix. */
export type MatrixConfig = Pick<ModelConfig, "cadence" | "horizon" | "window" | "train" | "features" | "momentum" | "volatility" | "label">;

/**
 * The spec of a model's matrix.
 *
 * @param entries - the model's indicators: its set, cut down to its subset
 * @param symbol - the symbol of the series, and `facts` what is known of it
 * @throws INDICATOR_UNKNOWN | INVALID_PARAM naming the entry; also when a pattern names no column, or no feature is left
 * @throws UNPROCESSABLE when an indicator asks for another symbol's data
 */
export function matrixSpecOf(config: MatrixConfig, entries: readonly IndicatorEntry[], symbol: string, facts: SeriesFacts): MatrixSpec {
  const { momentum, volatility, window } = config;
  const added = [
    ...(momentum.include ? momentum.hourly_horizons.map((bars) => ({ name: "momentum", window: bars })) : []),
    ...(volatility.include ? volatility.hourly_horizons.map((bars) => ({ name: "volatility", window: bars })) : []),
  ];
  const spec: MatrixSpec = {
    symbol,
    cadence: config.cadence,
    window: { start: window.start, end: window.end },
    series: facts,
    indicators: resolveAll(entries, added, config.cadence, symbol),
    dayOfWeek: config.features.time.day_of_week,
    include: [...config.features.custom.include],
    exclude: [...config.features.custom.exclude],
    label: config.label,
    crossSession: config.horizon !== "0dte" && config.horizon !== "intraday",
    trainHours: config.train.allowed_hours === null ? null : [...new Set(config.train.allowed_hours)].sort((a, b) => a - b),
    calendarVersion: NYSE.version,
  };
  readWindow(spec);
  selectColumns(computedColumns(spec), spec);
  return spec;
}

/** The plan of a spec's indicators. @throws UNPROCESSABLE when the spec was resolved for another version of one */
export function planOf(spec: MatrixSpec): IndicatorPlan {
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

/** Names of all columns that a spec computes, in order: indicators, then the calendar's. */
export function computedColumns(spec: MatrixSpec): string[] {
  const names = planOf(spec).columns.map((column) => column.name);
  return spec.dayOfWeek && !names.includes("day_of_week") ? [...names, "day_of_week"] : names;
}

/** The spec's window as date numbers, open ends as infinities. @throws INVALID_PARAM when it is no range of dates */
export function readWindow({ window }: Pick<MatrixSpec, "window">): { readonly start: number; readonly end: number } {
  const start = window.start === null ? Number.NEGATIVE_INFINITY : parseDate(window.start, "window.start");
  const end = window.end === null ? Number.POSITIVE_INFINITY : parseDate(window.end, "window.end");
  if (start < end) return { start, end };
  throw new SigmaError("INVALID_PARAM", `window.end must lie after window.start; found "${window.start}" to "${window.end}".`, {
    field: "window",
  });
}

function resolveAll(
  entries: readonly IndicatorEntry[],
  added: readonly IndicatorEntry[],
  cadence: Cadence,
  symbol: string,
): ResolvedIndicator[] {
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
  for (const { name, underlying } of items) {
    if (underlying === null || underlying === symbol) continue;
    throw new SigmaError(
      "UNPROCESSABLE",
      `The indicator "${name}" asks for the underlying "${underlying}", but the matrix of "${symbol}" has that symbol's data only. Remove the underlying.`,
      { indicator: name, underlying, symbol },
    );
  }
  return items;
}

/** A resolved indicator as the entry that resolves to it. */
function entryOf({ name, params, column, underlying }: ResolvedIndicator): IndicatorEntry {
  return { ...params, name, column, ...(underlying === null ? {} : { underlying }) };
}

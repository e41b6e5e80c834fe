import type { Bars } from "../core/bars.ts";
import { dayOfWeekOf, hourEtOf, sessionDateOf } from "../core/time.ts";
import { barsPerYearOf, createIndicatorInputs } from "../indicators/inputs.ts";
import { computePlan } from "../indicators/plan.ts";
import { type AdjustedBars, adjustBars } from "./adjusted-bars.ts";
import { computeLabel } from "./labels/compute-label.ts";
import type { LabelColumns } from "./labels/label-series.ts";
import type { FeatureInfo } from "./matrix.ts";
import { type MatrixSpec, planOf } from "./matrix-spec.ts";
import { selectColumns } from "./select-columns.ts";

/** Everything computed from a series of bars, one entry for each bar, before rows are selected. */
export interface BarTable {
  readonly sessionDate: Float64Array;
  readonly hourEt: Float64Array;
  readonly dayOfWeek: Float64Array;
  readonly info: readonly FeatureInfo[];
  /** In the order of `info`. */
  readonly features: readonly Float64Array[];
  readonly label: LabelColumns;
}

/** How features and labels come from bars; a build and its leak test use the same one. */
export type TableBuilder = (spec: MatrixSpec, bars: Bars) => BarTable;

/**
 * Features and labels of a whole series. Indicators run on prices adjusted onto the first bar's scale; columns in
 * prices are then divided by the scale of their row and read as of that row, so no value knows a later action.
 *
 * @throws DATA_INVALID when an adjustment factor is not positive
 */
export function buildTable(spec: MatrixSpec, bars: Bars): BarTable {
  const adjusted = adjustBars(bars);
  const sessionDate = bars.start.map(sessionDateOf);
  const dayOfWeek = sessionDate.map(dayOfWeekOf);
  const { info, features } = buildFeatures(spec, bars, adjusted, sessionDate, dayOfWeek);
  const label = computeLabel(
    { length: bars.length, end: bars.end, open: adjusted.open, close: adjusted.close, sessionDate },
    spec.label,
    spec.crossSession,
  );
  return { sessionDate, hourEt: bars.start.map(hourEtOf), dayOfWeek, info, features, label };
}

function buildFeatures(
  spec: MatrixSpec,
  bars: Bars,
  adjusted: AdjustedBars,
  sessionDate: Float64Array,
  dayOfWeek: Float64Array,
): { info: FeatureInfo[]; features: Float64Array[] } {
  const plan = planOf(spec);
  const inputs = createIndicatorInputs({
    length: bars.length,
    open: adjusted.open,
    high: adjusted.high,
    low: adjusted.low,
    close: adjusted.close,
    volume: adjusted.volume,
    sessionDate,
    barStart: bars.start,
    barEnd: bars.end,
    scale: adjusted.scale,
    barsPerYear: barsPerYearOf(spec.cadence),
  });
  const computed = new Map<string, { info: FeatureInfo; values: Float64Array }>();
  const columns = computePlan(plan, inputs);
  plan.columns.forEach(({ name, indicator, version, unit }, i) => {
    const values = columns[i]!;
    if (adjusted.hasActions) asOfRow(values, unit, adjusted.scale);
    computed.set(name, { info: { name, indicator, version, unit }, values });
  });
  if (spec.dayOfWeek && !computed.has("day_of_week"))
    computed.set("day_of_week", { info: { name: "day_of_week", indicator: "calendar", version: 1, unit: "weekday" }, values: dayOfWeek });

  const kept = selectColumns([...computed.keys()], spec).map((name) => computed.get(name)!);
  return { info: kept.map(({ info }) => info), features: kept.map(({ values }) => values) };
}

/** Rescales a column in place from the first bar's scale to that of each row. Price x volume is the same on all. */
function asOfRow(values: Float64Array, unit: string, scale: Float64Array): void {
  if (unit === "price") for (let i = 0; i < values.length; i++) values[i] = values[i]! / scale[i]!;
  else if (unit === "volume") for (let i = 0; i < values.length; i++) values[i] = values[i]! * scale[i]!;
  else if (unit === "price2_per_volume") for (let i = 0; i < values.length; i++) values[i] = values[i]! / scale[i]! ** 3;
}

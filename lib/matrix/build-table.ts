import type { Bars } from "../core/bars.ts";
import { dayOfWeekOf, hourEtOf, sessionDateOf } from "../core/time.ts";
import { computePlan, type IndicatorPlan, planIndicators } from "../indicators/plan.ts";
import type { ComputeColumns } from "../ports/compute-columns.ts";
import { type AdjustedBars, adjustBars } from "./adjusted-bars.ts";
import { flowColumnsBeside, signedColumnsBeside } from "./flow-features.ts";
import { computeLabel } from "./labels/compute-label.ts";
import type { LabelColumns, LabelSeries } from "./labels/label-series.ts";
import type { FeatureInfo } from "./matrix.ts";
import type { MatrixData } from "./matrix-data.ts";
import { entryOf, flowColumnsOf, horizonOf, type MatrixSpec, planOf } from "./matrix-spec.ts";
import { selectColumns } from "./select-columns.ts";
import { type TableInputs, tableInputs } from "./table-inputs.ts";
import { withDelisting } from "./universe/membership.ts";

/** Everything computed from a symbol's data, one entry for each bar, before rows are selected. */
export interface BarTable {
  readonly sessionDate: Float64Array;
  readonly hourEt: Float64Array;
  readonly dayOfWeek: Float64Array;
  readonly info: readonly FeatureInfo[];
  /** In the order of `info`. */
  readonly features: readonly Float64Array[];
  readonly label: LabelColumns;
}

/** How features and labels come from data; a build and its leak test use the same one. */
export type TableBuilder = (spec: MatrixSpec, data: MatrixData) => BarTable;

/** A builder that may take its time, such as one that works on several threads. */
export type SlowTableBuilder = (spec: MatrixSpec, data: MatrixData) => BarTable | Promise<BarTable>;

/**
 * Features and labels of a whole series. Indicators run on prices adjusted onto the first bar's scale; columns in
 * prices are then divided by the scale of their row and read as of that row, so no value knows a later action.
 *
 * @throws DATA_INVALID when an adjustment factor is not positive
 * @throws DATA_UNAVAILABLE when a symbol that an indicator reads was not loaded
 */
export function buildTable(spec: MatrixSpec, data: MatrixData): BarTable {
  const ground = layOut(spec, data);
  return tableOf(spec, ground, computePlan(planOf(spec), ground.inputs.own, ground.inputs.foreign));
}

/** A builder whose indicators are computed by `compute`, which may spread them over threads; the table is that of `buildTable`. */
export const tableBuilderWith =
  (compute: ComputeColumns) =>
  async (spec: MatrixSpec, data: MatrixData): Promise<BarTable> => {
    const ground = layOut(spec, data);
    return tableOf(spec, ground, await compute(planOf(spec), ground.inputs.own, ground.inputs.foreign));
  };

/** A table's data, laid out for its indicators. */
interface Ground {
  readonly bars: Bars;
  readonly adjusted: AdjustedBars;
  readonly sessionDate: Float64Array;
  /** Columns of the flow by name. */
  readonly flow: ReadonlyMap<string, Float64Array>;
  readonly inputs: TableInputs;
  /** What label and flow read as known at the decision, by role. */
  readonly known: ReadonlyMap<string, Float64Array>;
}

function layOut(spec: MatrixSpec, data: MatrixData): Ground {
  const { bars } = data.series;
  const adjusted = adjustBars(bars);
  const sessionDate = bars.start.map(sessionDateOf);
  const flow = flowColumnsBeside(data, spec.flow, { adjusted, sessionDate });
  const inputs = tableInputs(spec, data, adjusted, sessionDate, flow);
  const known = helperColumns(spec, inputs);
  const signed = signedColumnsBeside(data, spec.flow, { adjusted, sessionDate }, known);
  return { bars, adjusted, sessionDate, flow: new Map([...(flow ?? []), ...signed]), inputs, known };
}

function tableOf(spec: MatrixSpec, { bars, adjusted, sessionDate, flow, known }: Ground, columns: readonly Float64Array[]): BarTable {
  const { info, features } = featuresOf(spec, columns, flow, bars.length, adjusted.hasActions ? adjusted.scale : null);
  const label = computeLabel(labelSeries(spec, bars), spec.label, {
    cadence: spec.cadence,
    crossSession: spec.crossSession,
    known,
  });
  return {
    sessionDate,
    hourEt: bars.start.map(hourEtOf),
    dayOfWeek: sessionDate.map(dayOfWeekOf),
    info,
    features,
    label: firstRows(label, bars.length),
  };
}

/** What the label reads: the bars, and the end of a delisted symbol beyond them. */
function labelSeries(spec: MatrixSpec, own: Bars): LabelSeries {
  const bars = spec.membership === null ? own : withDelisting(own, spec.membership, horizonOf(spec));
  return { ...adjustBars(bars), length: bars.length, start: bars.start, end: bars.end, sessionDate: bars.start.map(sessionDateOf) };
}

function firstRows({ y, retFwd, t1, unit }: LabelColumns, rows: number): LabelColumns {
  return { y: y.subarray(0, rows), retFwd: retFwd.subarray(0, rows), t1: t1.subarray(0, rows), unit: unit.subarray(0, rows) };
}

/** The columns that become features, as of their rows. @param scale - null when the series knows no action */
function featuresOf(
  spec: MatrixSpec,
  columns: readonly Float64Array[],
  flow: ReadonlyMap<string, Float64Array>,
  rows: number,
  scale: Float64Array | null,
): { info: FeatureInfo[]; features: Float64Array[] } {
  const plan = planOf(spec);
  const computed = new Map<string, { info: FeatureInfo; values: Float64Array }>();
  plan.columns.forEach(({ name, indicator, version, unit }, i) => {
    const values = columns[i]!;
    if (scale) rescale(values, unit, scale);
    computed.set(name, { info: { name, indicator, version, unit }, values });
  });
  for (const { name, unit, version } of flowColumnsOf(spec))
    computed.set(name, {
      info: { name, indicator: "flow", version, unit },
      values: flow.get(name) ?? new Float64Array(rows).fill(Number.NaN),
    });
  const kept = selectColumns([...computed.keys()], spec).map((name) => computed.get(name)!);
  return { info: kept.map(({ info }) => info), features: kept.map(({ values }) => values) };
}

/** What label and flow read as known at the decision, by role. */
function helperColumns(spec: MatrixSpec, { own, foreign }: TableInputs): Map<string, Float64Array> {
  return new Map(
    Object.entries(spec.helpers).map(([role, item]) => {
      const plan: IndicatorPlan = planIndicators([entryOf(item)]);
      return [role, computePlan(plan, own, foreign)[0]!];
    }),
  );
}

/** Rescales a column in place from the first bar's scale to that of each row. Price x volume is the same on all. */
function rescale(values: Float64Array, unit: string, scale: Float64Array): void {
  if (unit === "price") for (let i = 0; i < values.length; i++) values[i] = values[i]! / scale[i]!;
  else if (unit === "volume") for (let i = 0; i < values.length; i++) values[i] = values[i]! * scale[i]!;
  else if (unit === "price2_per_volume") for (let i = 0; i < values.length; i++) values[i] = values[i]! / scale[i]! ** 3;
}

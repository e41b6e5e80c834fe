import { fitFold } from "#lib/backtest/fit-fold.ts";
import { WalkForwardSchema } from "#lib/backtest/splits.schema.ts";
import { type Fold, walkForwardFolds } from "#lib/backtest/splits.ts";
import type { Bars, PriceSeries } from "#lib/core/bars.ts";
import type { IndicatorInputs } from "#lib/indicators/inputs.ts";
import { computePlan } from "#lib/indicators/plan.ts";
import { LearnerSchema } from "#lib/learners/learner.schema.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { MarketSchema } from "#lib/market-data/simulate/market/market.schema.ts";
import { createMarketWorld, type MarketWorld } from "#lib/market-data/simulate/market/world.ts";
import { buildTable, type TableBuilder } from "#lib/matrix/build-table.ts";
import { buildCheckedMatrix } from "#lib/matrix/checked-build.ts";
import { barsOnly, dataSources, type MatrixData } from "#lib/matrix/matrix-data.ts";
import { type MatrixConfig, matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import { requireQuality } from "#lib/matrix/quality/assess-quality.ts";
import type { ComputeColumns } from "#lib/ports/compute-columns.ts";
import { createMemoryLab } from "../memory-lab.ts";

/** Something that looks ahead, put where a foreign thing could enter. */
export interface Plant {
  readonly name: string;
  /** The way in. */
  readonly through: string;
  /** Code of the refusal, and words that name the culprit. */
  readonly code: string;
  readonly names: readonly string[];
  readonly grow: () => Promise<void>;
}

/** A market of four years with dividends, and a split of four for one in its third. */
const world: MarketWorld = createMarketWorld(
  null,
  MarketSchema.parse({ seed: 31, first_date: "2019-01-02", last_date: "2022-12-30", actions: [{ ex_date: "2021-06-15", split_ratio: 4 }] }),
);
const WHOLE = { start: null, end: null } as const;

const seriesOf = (bars: Bars): PriceSeries => ({
  bars,
  facts: { provider: "simulated", fingerprint: fingerprintOf(bars), stamps: ["simulated"], simulation: null },
});
const marketBars = (cadence: "daily" | "hourly"): Bars => world.bars({ kind: "market" }, cadence, WHOLE);

/** A usual model of the pack, built by the handler on this series with these columns. */
async function buildModel(series: PriceSeries, computeColumns?: ComputeColumns): Promise<void> {
  const { symbol, cadence } = series.bars;
  const model_id = `leak_eq_swing_${cadence}`;
  const lab = createMemoryLab(series, computeColumns === undefined ? {} : { computeColumns });
  await lab.createModel({ template_id: `swing_eq_${cadence}`, model_id, ticker: symbol, data: { provider: "simulated", symbol } });
  await lab.build(model_id);
}

/** The honest columns, but one of them computed in another way. */
const withColumn =
  (name: string, values: (inputs: IndicatorInputs) => Float64Array): ComputeColumns =>
  async (plan, inputs, foreign) =>
    computePlan(plan, inputs, foreign).map((column, i) => (plan.columns[i]!.name === name ? values(inputs) : column));

const meanOf = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0) / column.length;

const shiftedReturn = ({ close }: IndicatorInputs): Float64Array => close.map((price, i) => (close[i + 1] ?? Number.NaN) / price - 1);

function wholeSampleZScore({ close }: IndicatorInputs): Float64Array {
  const mean = meanOf(close);
  const deviation = Math.sqrt(meanOf(close.map((price) => (price - mean) ** 2)));
  return close.map((price) => (price - mean) / deviation);
}

function distanceToTodaysClose({ close, sessionDate }: IndicatorInputs): Float64Array {
  const last = new Map<number, number>();
  close.forEach((price, i) => void last.set(sessionDate[i]!, price));
  return close.map((price, i) => last.get(sessionDate[i]!)! / price - 1);
}

const adjustedForLaterActions = ({ close, scale, length }: IndicatorInputs): Float64Array =>
  close.map((price) => price / scale[length - 1]!);

/** Prices that their supplier has adjusted for the split to come, with the factors beside them. */
function adjustedBySupplier(): PriceSeries {
  const bars = marketBars("daily");
  const last = bars.factor[bars.length - 1]!;
  const adjusted = (column: Float64Array): Float64Array => column.map((price, i) => (price * bars.factor[i]!) / last);
  return seriesOf({ ...bars, open: adjusted(bars.open), high: adjusted(bars.high), low: adjusted(bars.low), close: adjusted(bars.close) });
}

const CONFIG: MatrixConfig = {
  cadence: "daily",
  horizon: "swing",
  window: WHOLE,
  train: { allowed_hours: null },
  features: { time: { day_of_week: true }, custom: { include: [], exclude: [] } },
  momentum: { include: false, hourly_horizons: [1, 3] },
  volatility: { include: false, hourly_horizons: [3] },
  label: { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: 5, band: { kind: "none" } },
};

/** What the build handler does with one symbol's data, where a definition of one's own would enter. */
async function buildChecked(
  data: MatrixData,
  config: MatrixConfig,
  indicators: readonly { readonly name: string }[],
  builder: TableBuilder,
) {
  const spec = matrixSpecOf(config, indicators, data.series.bars.symbol, dataSources(data));
  const built = await buildCheckedMatrix(spec, data, builder);
  requireQuality(built.quality, { force: false });
  return built.matrix;
}

/** The volatility index of the day, said to be known when the day begins. */
async function indexKnownInTheMorning(): Promise<void> {
  const own = seriesOf(marketBars("hourly"));
  const levels = world.bars({ kind: "index", index: "VIX" }, "daily", WHOLE);
  const early = seriesOf({ ...levels, symbol: "VIX", availableAt: levels.start });
  await buildChecked({ ...barsOnly(own), others: [early] }, { ...CONFIG, cadence: "hourly" }, [{ name: "vix_level" }], buildTable);
}

/** A label of five bars that says it ends after one. */
const labelThatEndsEarly: TableBuilder = (spec, data) => {
  const table = buildTable(spec, data);
  const { end } = data.series.bars;
  const t1 = table.label.t1.map((time, row) => (Number.isNaN(time) ? Number.NaN : end[row + 1]!));
  return { ...table, label: { ...table.label, t1 } };
};

/** A fold that trains on every row before its test block, labels that reach into it included. */
async function fitUnpurged(): Promise<void> {
  const matrix = await buildChecked(barsOnly(seriesOf(marketBars("daily"))), CONFIG, [{ name: "ret" }], buildTable);
  const [fold] = walkForwardFolds(matrix, WalkForwardSchema.parse({}), 5).folds;
  const unpurged: Fold = { ...fold!, train: Int32Array.from({ length: fold!.testStart }, (_, row) => row) };
  fitFold(matrix, unpurged, LearnerSchema.parse({ algo: "prior" }), 3);
}

const COLUMNS = "the port that computes columns, in the build handler";
const DATA = "the data that a provider gives, in the build handler";

export const PLANTS: readonly Plant[] = [
  {
    name: "a feature shifted one bar into the future",
    through: COLUMNS,
    code: "LEAKAGE_DETECTED",
    names: ['"ret_1"'],
    grow: () => buildModel(seriesOf(marketBars("daily")), withColumn("ret_1", shiftedReturn)),
  },
  {
    name: "a z-score over the whole sample",
    through: COLUMNS,
    code: "LEAKAGE_DETECTED",
    names: ['"zscore_20"'],
    grow: () => buildModel(seriesOf(marketBars("daily")), withColumn("zscore_20", wholeSampleZScore)),
  },
  {
    name: "an unpurged overlapping label: its end is stated too early",
    through: "the builder of a table, in the build's own checks",
    code: "LEAKAGE_DETECTED",
    names: ['of "label"'],
    grow: () => buildChecked(barsOnly(seriesOf(marketBars("daily"))), CONFIG, [{ name: "ret" }], labelThatEndsEarly).then(() => undefined),
  },
  {
    name: "an unpurged overlapping label: the fold keeps it",
    through: "the fold that the fit is given",
    code: "LEAKAGE_DETECTED",
    names: ["training row", "test block"],
    grow: fitUnpurged,
  },
  {
    name: "a same-day end-of-day value in an hourly row",
    through: COLUMNS,
    code: "LEAKAGE_DETECTED",
    names: ['"ret_5"'],
    grow: () => buildModel(seriesOf(marketBars("hourly")), withColumn("ret_5", distanceToTodaysClose)),
  },
  {
    name: "a same-day end-of-day series that is said to be known in the morning",
    through: "another symbol's data, in the build's own checks",
    code: "QUALITY_FAILED",
    names: ["other_series", "known before they end"],
    grow: indexKnownInTheMorning,
  },
  {
    name: "a price adjusted for later splits and dividends",
    through: COLUMNS,
    code: "LEAKAGE_DETECTED",
    names: ['"natr_14"'],
    grow: () => buildModel(seriesOf(marketBars("daily")), withColumn("natr_14", adjustedForLaterActions)),
  },
  {
    name: "prices that their supplier adjusted for a later split",
    through: DATA,
    code: "QUALITY_FAILED",
    names: ["adjusted_twice"],
    grow: () => buildModel(adjustedBySupplier()),
  },
];

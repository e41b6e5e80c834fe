import { describe, expect, it } from "vitest";
import type { Bars } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { sessionDateOf } from "#lib/core/time.ts";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { prepareMatrix } from "#lib/matrix/build-matrix.ts";
import { buildTable, type TableBuilder } from "#lib/matrix/build-table.ts";
import type { LeakageReport } from "#lib/matrix/leakage.schema.ts";
import { checkLeakage } from "#lib/matrix/leakage.ts";
import { dataSources, type MatrixData } from "#lib/matrix/matrix-data.ts";
import { type MatrixConfig, type MatrixSpec, matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import { configOf } from "./fixtures.ts";
import { richData } from "./rich-data.ts";

const HOURLY = richData({ cadence: "hourly", sessions: 27, flowSessions: 26 });
const DAILY = richData({ cadence: "daily", sessions: 215, flowSessions: 27 });

/** All switches of the flow, and a label that reads a chain. */
const ALL_FEATURES: MatrixConfig["features"] = {
  flow: { flow_side: "inferred", signed: true, per_distance: true, totals: true, ratios: true, atm: true, distance_max: 3 },
  dealer: { mm_profit_dir_simple: true, divergence_score: true },
  time: { day_of_week: true },
  custom: { include: [], exclude: [] },
};
const PIN_DRIFT: Partial<MatrixConfig> = {
  cadence: "hourly",
  horizon: "intraday",
  features: ALL_FEATURES,
  label: { kind: "pin_drift", entry: "decision_close", drift_start: "14:00", drift_atr: 0.1, atr_window: 5, peak: "oi" },
};
const FIVE_DAYS: Partial<MatrixConfig> = {
  features: ALL_FEATURES,
  label: {
    kind: "forward_return",
    unit: "bars",
    task: "classify",
    entry: "next_open",
    horizon: 5,
    band: { kind: "trailing_sigma", k: 0.3, window: 40 },
  },
};

const specFor = (data: MatrixData, config: Partial<MatrixConfig>, entries: readonly IndicatorEntry[]): MatrixSpec =>
  matrixSpecOf(configOf(config), entries, "TEST", dataSources(data));

/** Columns of the whole registry that only know something where these data do not reach: minutes, or a year of sessions. */
const UNKNOWN_HOURLY = ["first15m_range_z_20", "vix_percentile_252", "trend_regime_200", "vol_regime_20_252"];
const UNKNOWN_HOURLY_CHAINS = ["iv_rank_52w_30", "iv_percentile_52w_30", "atm_iv_zscore_60_30"];
const UNKNOWN_DAILY = [
  "first15m_range_z_20",
  ...["opening_range_high_30", "opening_range_low_30", "opening_range_width_30", "opening_range_pos_30"],
  ...["returns_last_30m", "rsi_last_hour", "vol_regime_20_252", "atm_iv_open_delta_30"],
];

describe("checkLeakage on every kind of data", () => {
  it.each([
    ["hourly", HOURLY, PIN_DRIFT, [...UNKNOWN_HOURLY, ...UNKNOWN_HOURLY_CHAINS]],
    ["daily", DAILY, FIVE_DAYS, UNKNOWN_DAILY],
  ] as const)(
    "raises no alarm on the whole registry, all flow columns and a label, %s",
    async (_, data, config, unknown) => {
      const entries = [...INDICATORS.values()].map(({ name }) => ({ name }));
      const spec = specFor(data, config, entries);
      const { data: known, table } = prepareMatrix(spec, data);
      // What is unknown everywhere cannot leak: the proof is worth what the columns know.
      const silent = table.info.filter((__, i) => table.features[i]!.every(Number.isNaN)).map(({ name }) => name);
      expect(silent).toEqual(unknown);
      expect(table.label.y.some((value) => !Number.isNaN(value))).toBe(true);
      expect((await checkLeakage(spec, known, table)).leaks).toEqual([]);
    },
    60_000,
  );
});

/** A column made from the data as a builder sees them. */
type Peek = (data: MatrixData) => Float64Array;

const rowsOf = ({ series: { bars } }: MatrixData, value: (row: number, bars: Bars) => number | undefined): Float64Array =>
  bars.end.map((_, row) => value(row, bars) ?? Number.NaN);
const closeOfSession = (bars: Bars, date: number): number | undefined =>
  bars.close[bars.start.findIndex((start) => sessionDateOf(start) === date)];
const dateOf = ({ start }: Bars, row: number): number => sessionDateOf(start[row]!);

const PEEKS: Readonly<Record<string, Peek>> = {
  "the VIX close of the session, before it is published": (data) => {
    const vix = data.others.find(({ bars: { symbol } }) => symbol === "VIX")!.bars;
    return rowsOf(data, (row, bars) => closeOfSession(vix, dateOf(bars, row)));
  },
  "the benchmark's next bar": (data) => {
    const { close, end } = data.others.find(({ bars: { symbol } }) => symbol === "SPY")!.bars;
    return rowsOf(data, (row, bars) => close[end.findIndex((time) => time > bars.end[row]!)]);
  },
  "the chain that is quoted next": ({ chains, ...data }) =>
    rowsOf({ ...data, chains }, (row, bars) => chains!.snapshots.find(({ knownAt }) => knownAt > bars.end[row]!)?.openInterest[0]),
  "the chain's vega of the session's end": ({ chains, ...data }) =>
    rowsOf({ ...data, chains }, (row, bars) => chains!.snapshots.findLast(({ sessionDate }) => sessionDate === dateOf(bars, row))?.vega[0]),
  "the volatility that the store will know of this session": ({ ivHistory, ...data }) =>
    rowsOf({ ...data, ivHistory }, (row, bars) => {
      const { session, value, knownAt } = ivHistory!.byTenor.get("30:auto")!;
      return value[session.findIndex((date, i) => date >= dateOf(bars, row) && knownAt[i]! > bars.end[row]!)];
    }),
  "the flow of the next bar": ({ flow, ...data }) =>
    rowsOf({ ...data, flow }, (row, bars) => flow!.cells.callVolume[flow!.cells.barStart.findIndex((start) => start > bars.start[row]!)]),
  "the strikes that are listed tomorrow": ({ flow, ...data }) =>
    rowsOf({ ...data, flow }, (row, bars) => flow!.listed!.get(NYSE.nextSession(dateOf(bars, row)))?.[0]),
  "the quote after the bar's end": ({ tape, ...data }) =>
    rowsOf({ ...data, tape }, (row, bars) => tape!.tape.quotes.bid[tape!.tape.quotes.ts.findIndex((time) => time > bars.end[row]!)]),
  "the trade after the bar's end": ({ tape, ...data }) =>
    rowsOf({ ...data, tape }, (row, bars) => tape!.tape.trades.size[tape!.tape.trades.ts.findIndex((time) => time > bars.end[row]!)]),
  "tomorrow's closes of the universe": ({ universe, ...data }) =>
    rowsOf({ ...data, universe }, (row, bars) => closeOfSession(universe![1]!.series.bars, NYSE.nextSession(dateOf(bars, row)))),
};

const ENTRIES: readonly IndicatorEntry[] = [{ name: "sma", window: 3 }];

async function checkWith(build: TableBuilder): Promise<LeakageReport> {
  const spec = specFor(HOURLY, { cadence: "hourly" }, ENTRIES);
  const { data, table } = prepareMatrix(spec, HOURLY, build);
  return checkLeakage(spec, data, table, build);
}

describe("checkLeakage on a planted leak", () => {
  it.each(Object.keys(PEEKS))("catches %s and names the column alone", async (name) => {
    const build: TableBuilder = (spec, data) => {
      const table = buildTable(spec, data);
      const info = { name: "peek", indicator: "planted", version: 1, unit: "ratio" };
      return { ...table, info: [...table.info, info], features: [...table.features, PEEKS[name]!(data)] };
    };
    const report = await checkWith(build);
    expect(report.leaks.map(({ column, indicator }) => ({ column, indicator }))).toEqual([{ column: "peek", indicator: "planted" }]);
  });

  it("catches a label that reads a bar beyond the end that it states", async () => {
    const report = await checkWith((spec, data) => {
      const table = buildTable(spec, data);
      const { close } = data.series.bars;
      const retFwd = table.label.retFwd.map((value, row) => (Number.isNaN(value) ? value : close[row + 3]! / close[row]! - 1));
      return { ...table, label: { ...table.label, retFwd } };
    });
    expect(report.leaks.map(({ column, indicator }) => ({ column, indicator }))).toEqual([{ column: "ret_fwd", indicator: "label" }]);
  });
});

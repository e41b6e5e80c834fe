import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createIndicatorInputs, type IndicatorInputs } from "#lib/indicators/inputs.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";

/** Columns of one indicator on bars that only have the given fields; open = close, volume = 1 where they have none. */
function columnsOf(entry: IndicatorEntry, bars: { high?: number[]; low?: number[]; close: number[]; volume?: number[] }) {
  const { close, high = close, low = close, volume = close.map(() => 1) } = bars;
  const inputs: IndicatorInputs = createIndicatorInputs({
    length: close.length,
    open: Float64Array.from(close),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
    volume: Float64Array.from(volume),
    sessionDate: Float64Array.from(close, (_, i) => 20_240_000 + i),
    barsPerYear: 252,
  });
  const plan = planIndicators([entry]);
  return Object.fromEntries(computePlan(plan, inputs).map((series, c) => [plan.columns[c]!.name, [...series]]));
}

const known = (series: readonly number[] | undefined): number[] => series!.filter((value) => !Number.isNaN(value));
const rounded = (series: readonly number[] | undefined, digits: number): number[] =>
  known(series).map((value) => Number(value.toFixed(digits)));

// The series of the Tulip indicator tests.
const TULIP = {
  high: [82.15, 81.89, 83.03, 83.3, 83.85, 83.9, 83.33, 84.3, 84.84, 85.0, 85.9, 86.58, 86.98, 88.0, 87.87],
  low: [81.29, 80.64, 81.31, 82.65, 83.07, 83.11, 82.49, 82.3, 84.15, 84.11, 84.03, 85.39, 85.76, 87.17, 87.01],
  close: [81.59, 81.06, 82.87, 83.0, 83.61, 83.15, 82.84, 83.99, 84.55, 84.36, 85.53, 86.54, 86.89, 87.77, 87.29],
};

describe("published series", () => {
  it("rsi agrees with the StockCharts spreadsheet for RSI-14", () => {
    const close = [
      44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328, 45.614, 46.282, 46.282,
      46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521, 45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672,
      43.4205, 42.6628, 43.1314,
    ];
    const expected = [
      70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87, 45.46, 37.3, 33.08, 37.77,
    ];
    expect(rounded(columnsOf({ name: "rsi", window: 14 }, { close })["rsi_14"], 2)).toEqual(expected);
  });

  it("rsi agrees with Tulip for RSI-5: Wilder's average, not an EMA of span 5 (72.48) nor a simple mean (87.66)", () => {
    const expected = [72.034, 64.927, 75.936, 79.796, 74.713, 83.033, 87.478, 88.755, 91.483, 78.498];
    const rsi = known(columnsOf({ name: "rsi", window: 5 }, TULIP)["rsi_5"]);
    expect(rsi.length).toBe(expected.length);
    for (const [i, value] of rsi.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(6e-4);
  });

  it("true_range agrees with Tulip from its second bar: the first bar has no previous close", () => {
    const expected = [1.25, 1.97, 0.65, 0.85, 0.79, 0.84, 2.0, 0.85, 0.89, 1.87, 1.19, 1.22, 1.11, 0.86];
    expect(rounded(columnsOf({ name: "true_range" }, TULIP)["true_range"], 6)).toEqual(expected);
  });

  it("atr is seeded from bar 1, as TA-Lib's", () => {
    const expected = [1.102, 1.0496, 1.2397, 1.1617, 1.1074, 1.2599, 1.2459, 1.2407, 1.2146, 1.1437];
    expect(rounded(columnsOf({ name: "atr", window: 5 }, TULIP)["atr_5"], 4)).toEqual(expected);
  });

  it("adx is seeded as TA-Lib's, not with Wilder's n-bar sum (43.7145 first) nor as Tulip's (41.3838 first)", () => {
    const { adx_5, plus_di_5, minus_di_5 } = columnsOf({ name: "adx", window: 5 }, TULIP);
    expect(rounded(adx_5, 4)).toEqual([42.5268, 48.0125, 53.791, 59.0852, 64.5705, 66.7782]);
    expect(plus_di_5!.at(-1)).toBeCloseTo(42.9812, 4);
    expect(minus_di_5!.at(-1)).toBeCloseTo(5.9698, 4);
    expect(plus_di_5!.findIndex((value) => !Number.isNaN(value))).toBe(5);
    expect(adx_5!.findIndex((value) => !Number.isNaN(value))).toBe(9);
  });
});

type Table = Readonly<Record<string, readonly number[]>>;

/** Numeric columns of a CSV file; an empty cell is NaN. */
function readTable(path: string): Table {
  const [header, ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
  const names = header!.split(",");
  const rows = lines.map((line) => line.split(","));
  return Object.fromEntries(
    names.map((name, c) => [name, rows.map((row) => (row[c] === "" || row[c] === undefined ? Number.NaN : Number(row[c])))]),
  );
}

const RESULTS = ["sma", "ema", "macd", "rsi", "stoch", "bb", "atr", "tr", "adx", "obv"];
const files = ["reference/skender/quotes/default.csv", ...RESULTS.map((name) => `reference/skender/results/${name}.standard.csv`)];

describeWithShared("the Skender reference, 502 daily bars", files, () => {
  const quotes = () => readTable(sharedPath("reference/skender/quotes/default.csv")) as never;
  const reference = (name: string) => readTable(sharedPath(`reference/skender/results/${name}.standard.csv`));

  /** Same places known, same values to 1e-8 relative. @param from - first bar compared */
  function mustEqual(actual: readonly number[] | undefined, expected: readonly number[] | undefined, from = 0): void {
    expect(actual!.length).toBe(502);
    expect(expected!.length).toBe(502);
    let compared = 0;
    for (let i = from; i < 502; i++) {
      expect(Number.isNaN(actual![i]!), `known at ${i}`).toBe(Number.isNaN(expected![i]!));
      if (Number.isNaN(expected![i]!)) continue;
      compared += 1;
      expect(Math.abs(actual![i]! - expected![i]!), `bar ${i}: ${actual![i]}, reference ${expected![i]}`).toBeLessThanOrEqual(
        1e-8 * Math.max(Math.abs(expected![i]!), 1e-2),
      );
    }
    expect(compared).toBeGreaterThan(100);
  }

  it("sma", () => mustEqual(columnsOf({ name: "sma", window: 20 }, quotes())["sma_20"], reference("sma")["sma"]));
  it("ema", () => mustEqual(columnsOf({ name: "ema", window: 20 }, quotes())["ema_20"], reference("ema")["ema"]));
  it("rsi", () => mustEqual(columnsOf({ name: "rsi", window: 14 }, quotes())["rsi_14"], reference("rsi")["rsi"]));
  it("true_range", () => mustEqual(columnsOf({ name: "true_range" }, quotes())["true_range"], reference("tr")["tr"]));

  it("macd, each average seeded by its own first window", () => {
    const columns = columnsOf({ name: "macd" }, quotes());
    const expected = reference("macd");
    mustEqual(columns["macd_12_26_9"], expected["macd"]);
    mustEqual(columns["macd_signal_12_26_9"], expected["signal"]);
    mustEqual(columns["macd_hist_12_26_9"], expected["histogram"]);
  });

  it("atr and natr", () => {
    mustEqual(columnsOf({ name: "atr", window: 14 }, quotes())["atr_14"], reference("atr")["atr"]);
    mustEqual(columnsOf({ name: "natr", window: 14 }, quotes())["natr_14"], reference("atr")["atrp"]);
  });

  it("bollinger_bands and zscore; their width is ours", () => {
    const columns = columnsOf({ name: "bollinger_bands", window: 20, num_std: 2 }, quotes());
    const expected = reference("bb");
    mustEqual(columns["bb_mid_20_2"], expected["sma"]);
    mustEqual(columns["bb_upper_20_2"], expected["upperBand"]);
    mustEqual(columns["bb_lower_20_2"], expected["lowerBand"]);
    mustEqual(columns["bb_pctb_20_2"], expected["percentB"]);
    mustEqual(columns["bb_width_20_2"], expected["width"]);
    mustEqual(columnsOf({ name: "zscore", window: 20 }, quotes())["zscore_20"], expected["zScore"]);
  });

  it("stochastic: its oscillator is our smoothed %K, its signal our %D", () => {
    const columns = columnsOf({ name: "stochastic", k: 14, d: 3, smooth: 3 }, quotes());
    mustEqual(columns["stoch_k_14_3_3"], reference("stoch")["oscillator"]);
    mustEqual(columns["stoch_d_14_3_3"], reference("stoch")["signal"]);
  });

  it("obv, but for the start: the reference begins at 0, TA-Lib and we with the first volume", () => {
    const { volume } = quotes() as Table;
    const shifted = reference("obv")["obv"]!.map((value) => value + volume![0]!);
    expect(columnsOf({ name: "obv" }, quotes())["obv"]).toEqual(shifted);
  });

  it("adx once the seeds are forgotten: the reference sums n changes at first, TA-Lib and we n - 1", () => {
    const { plus_di_14, minus_di_14, adx_14 } = columnsOf({ name: "adx", window: 14 }, quotes());
    const expected = reference("adx");
    mustEqual(plus_di_14, expected["pdi"], 320);
    mustEqual(minus_di_14, expected["mdi"], 320);
    mustEqual(adx_14, expected["adx"], 370);
    expect(adx_14!.findIndex((value) => !Number.isNaN(value))).toBe(expected["adx"]!.findIndex((value) => !Number.isNaN(value)));
    expect(Math.abs(adx_14![27]! - expected["adx"]![27]!)).toBeLessThan(3);
  });
});

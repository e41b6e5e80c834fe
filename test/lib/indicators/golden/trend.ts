import { expect } from "vitest";
import { columnsOf, type Golden, known, mustEqual, quotes, reference, rounded, skender, TULIP } from "./golden.ts";
import { spots } from "./spots.ts";
import { talibTrend } from "./talib.ts";

const SUMS = "the reference sums n changes at first, TA-Lib and we n - 1; compared once the seeds are forgotten";

export const trendGolden: readonly Golden[] = [
  skender("sma", "sma", () => mustEqual(columnsOf({ name: "sma", window: 20 }, quotes())["sma_20"], reference("sma")["sma"])),
  skender("ema", "ema", () => mustEqual(columnsOf({ name: "ema", window: 20 }, quotes())["ema_20"], reference("ema")["ema"])),
  skender("ema_slope", "ema", skenderEmaSlope),
  skender("dist_to_ema", "ema", skenderDistance),
  skender(
    "macd",
    "macd",
    skenderMacd,
    "the reference seeds each average by its own first window, TA-Lib and we both at one bar; compared once the seeds are forgotten",
  ),
  { indicator: "macd", against: "TA-Lib's seeds, worked out by hand", check: macdByHand },
  {
    indicator: "adx",
    against: "TA-Lib's seed, not Wilder's n-bar sum (43.7145 first) nor Tulip's (41.3838 first), on Tulip's bars",
    check: talibAdx,
  },
  skender("adx", "adx", skenderAdx, "the reference sums n changes at first, TA-Lib and we n - 1; compared once the seeds are forgotten"),
  skender("dx", "adx", () => mustEqual(columnsOf({ name: "dx", window: 14 }, quotes())["dx_14"], reference("adx")["dx"], 320), SUMS),
  skender(
    "adxr",
    "adx",
    skenderAdxr,
    "the reference looks 14 bars back as Wilder does, TA-Lib and we 13: compared with its ADX at both places",
  ),
  ...talibTrend,
  spots(
    "the reference's unit test, five digits",
    { name: "alligator" },
    {
      alligator_jaw_13_8: "20 213.81269, 21 213.79287, 99 225.60571, 501 260.98953",
      alligator_teeth_8_5: "12 213.69938, 13 213.80008, 99 226.12157, 501 253.53576",
      alligator_lips_5_3: "7 213.635, 8 213.749, 99 226.35353, 501 244.29591",
    },
    { start: true, digits: 5 },
  ),
  spots(
    "the reference's unit test",
    { name: "ichimoku", tenkan: 9, kijun: 26, senkou: 52 },
    {
      ichimoku_tenkan_9_26_52: "51 224.465, 249 257.15, 475 265.575, 501 241.26",
      ichimoku_kijun_9_26_52: "51 221.94, 249 253.085, 475 263.965, 501 251.505",
      ichimoku_span_a_9_26_52: "51 214.8325, 249 246.3125, 475 274.9475, 501 264.77",
      ichimoku_span_b_9_26_52: "249 241.685, 475 274.95, 501 269.82",
    },
    { start: false },
  ),
  spots(
    "the reference's unit test, four digits",
    { name: "choppiness", window: 14 },
    { choppiness_14: "14 69.9967, 249 41.8499, 501 38.6526" },
    { start: true, digits: 4 },
  ),
  spots(
    "ta 0.11.0 (Python), UlcerIndex",
    { name: "ulcer_index", window: 14 },
    { ulcer_index_14: "26 0.49172350564, 100 0.688568063089, 250 0.286625254772, 501 8.52001829214" },
    { start: true, differs: "the reference's own, 5.7255 at the last bar, starts every drawdown in the last window" },
  ),
  spots(
    "ta 0.11.0 (Python), STCIndicator",
    { name: "schaff_trend_cycle", cycle: 9, fast: 12, slow: 26 },
    { stc_9_12_26: "400 10.3751852665, 450 22.9708504132, 490 9.70402565782, 501 88.1269715844" },
    { start: false, differs: "it seeds its averages with the first value; compared once the seeds are forgotten" },
  ),
  spots(
    "mean squares of log returns and their fit by numpy 2.4.6, polyfit",
    { name: "hurst", window: 100 },
    { hurst_100: "99 0.502589875771, 100 0.504229763573, 250 0.541431659597, 501 0.470512570428" },
    { start: true },
  ),
  { indicator: "hurst", against: "a steady drift, whose moves add up: 1", check: driftingHurst },
];

function talibAdx(): void {
  const { adx_5, plus_di_5, minus_di_5 } = columnsOf({ name: "adx", window: 5 }, TULIP);
  expect(rounded(adx_5, 4)).toEqual([42.5268, 48.0125, 53.791, 59.0852, 64.5705, 66.7782]);
  expect(plus_di_5!.at(-1)).toBeCloseTo(42.9812, 4);
  expect(minus_di_5!.at(-1)).toBeCloseTo(5.9698, 4);
  expect(plus_di_5!.findIndex((value) => !Number.isNaN(value))).toBe(5);
  expect(adx_5!.findIndex((value) => !Number.isNaN(value))).toBe(9);
}

function skenderAdx(): void {
  const { plus_di_14, minus_di_14, adx_14 } = columnsOf({ name: "adx", window: 14 }, quotes());
  const expected = reference("adx");
  mustEqual(plus_di_14, expected["pdi"], 320);
  mustEqual(minus_di_14, expected["mdi"], 320);
  mustEqual(adx_14, expected["adx"], 370);
  expect(adx_14!.findIndex((value) => !Number.isNaN(value))).toBe(expected["adx"]!.findIndex((value) => !Number.isNaN(value)));
  expect(Math.abs(adx_14![27]! - expected["adx"]![27]!)).toBeLessThan(3);
}

function skenderMacd(): void {
  const columns = columnsOf({ name: "macd" }, quotes());
  const expected = reference("macd");
  mustEqual(columns["macd_12_26_9"], expected["macd"], 200);
  mustEqual(columns["macd_signal_12_26_9"], expected["signal"], 200);
  mustEqual(columns["macd_hist_12_26_9"], expected["histogram"], 200);
  expect(Math.abs(columns["macd_12_26_9"]![33]! - expected["macd"]![33]!)).toBeGreaterThan(0.01);
}

/**
 * Closes 10, 11, 13, 12, 14, 17, spans 2, 4 and 2. Bar 3: slow = (10 + 11 + 13 + 12) / 4 = 11.5, fast = (13 + 12) / 2 = 12.5. Bar 4:
 * slow = 11.5 + 0.4 x 2.5 = 12.5, fast = 12.5 + 2/3 x 1.5 = 13.5; the signal is the mean of 1 and 1. Bar 5: slow = 12.5 + 0.4 x 4.5 = 14.3,
 * fast = 13.5 + 2/3 x 3.5 = 15.8333, line 1.53333, signal = 1 + 2/3 x 0.53333.
 */
function macdByHand(): void {
  const columns = columnsOf({ name: "macd", fast: 2, slow: 4, signal: 2 }, { close: [10, 11, 13, 12, 14, 17] });
  expect(columns["macd_2_4_2"]!.slice(0, 4)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  expect(rounded(columns["macd_2_4_2"], 6)).toEqual([1, 1.533333]);
  expect(rounded(columns["macd_signal_2_4_2"], 6)).toEqual([1, 1.355556]);
  expect(rounded(columns["macd_hist_2_4_2"], 6)).toEqual([0, 0.177778]);
}

function skenderAdxr(): void {
  const { adx } = reference("adx");
  const expected = adx!.map((value, i) => (value + (adx![i - 13] ?? Number.NaN)) / 2);
  mustEqual(columnsOf({ name: "adxr", window: 14 }, quotes())["adxr_14"], expected, 390);
}

function skenderEmaSlope(): void {
  const { ema } = reference("ema");
  const expected = ema!.map((value, i) => (value / (ema![i - 5] ?? Number.NaN) - 1) / 5);
  mustEqual(columnsOf({ name: "ema_slope", window: 20, period: 5 }, quotes())["ema_slope_20_5"], expected);
}

function skenderDistance(): void {
  const { close } = quotes();
  const expected = reference("ema")["ema"]!.map((value, i) => close[i]! / value - 1);
  mustEqual(columnsOf({ name: "dist_to_ema", window: 20 }, quotes())["dist_ema20_norm"], expected);
}

function driftingHurst(): void {
  const close = Array.from({ length: 40 }, (_, i) => 100 * 1.01 ** i);
  const values = known(columnsOf({ name: "hurst", window: 20 }, { close })["hurst_20"]);
  expect(values.length).toBe(21);
  for (const value of values) expect(value).toBeCloseTo(1, 9);
}

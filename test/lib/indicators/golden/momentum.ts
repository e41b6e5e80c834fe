import { expect } from "vitest";
import { columnsOf, type Golden, known, mustEqual, quotes, reference, rounded, skender, TULIP } from "./golden.ts";
import { spots } from "./spots.ts";
import { talibMomentum } from "./talib.ts";

export const momentumGolden: readonly Golden[] = [
  skender("rsi", "rsi", () => mustEqual(columnsOf({ name: "rsi", window: 14 }, quotes())["rsi_14"], reference("rsi")["rsi"])),
  { indicator: "rsi", against: "the StockCharts spreadsheet for RSI-14", check: stockChartsRsi },
  {
    indicator: "rsi",
    against: "Tulip for RSI-5: Wilder's average, not an EMA of span 5 (72.48) nor a simple mean (87.66)",
    check: tulipRsi,
  },
  skender("stochastic", "stoch", skenderStochastic, "the reference gives %K two bars before the first %D, TA-Lib and we withhold it"),
  ...talibMomentum,
  spots(
    "log returns of TA-Lib 0.8.1 over pandas 3.1.1 rolling(63).std() times the square root of the horizon",
    { name: "momentum_ladder" },
    {
      momentum_ladder_5_63: "63 0.0716885478805, 100 1.2804381716, 250 -0.339100774315, 501 1.12737658456",
      momentum_ladder_20_63: "63 -0.112156437689, 100 0.682159301372, 250 0.76242651145, 501 -1.29072640144",
      momentum_ladder_63_63: "63 1.4673058114, 100 0.599158130829, 250 2.3316479341, 501 -1.22815112878",
    },
    { start: true },
  ),
  spots(
    "ta 0.11.0 (Python), KSTIndicator",
    { name: "kst" },
    {
      kst_10_15_20_30_10_10_10_15: "44 37.9033278325, 100 12.870054992, 250 30.7743295771, 501 -73.9889533059",
      kst_signal_10_15_20_30_10_10_10_15_9: "60 17.431967684, 100 14.3434388474, 250 31.0231712096, 501 -51.6778593505",
    },
    { start: false },
  ),
  spots(
    "Tulip Indicators 0.8.4, fisher(10)",
    { name: "fisher_transform", window: 10 },
    {
      fisher_transform_10: "9 0.102385251036, 100 1.69178082189, 250 1.201701189, 501 -1.28761485796",
      fisher_trigger_10: "10 0.102385251036, 100 1.22961521878, 250 1.34963513988, 501 -2.0071061529",
    },
    { start: true },
  ),
  spots(
    "the reference's unit test, four digits",
    { name: "fisher_transform", window: 10 },
    {
      fisher_transform_10: "149 1.0349, 249 1.3496, 501 -1.2876",
      fisher_trigger_10: "149 0.7351, 249 1.4408, 501 -2.0071",
    },
    { start: false, digits: 4, differs: "it starts from a window that still grows; compared once that is forgotten" },
  ),
  spots(
    "the reference's unit test, four digits",
    { name: "connors_rsi" },
    { connors_rsi_3_2_100: "501 74.7662" },
    { start: false, digits: 4 },
  ),
  spots(
    "the reference's unit test, four digits",
    { name: "connors_rsi", window: 14, streak: 20, rank: 10 },
    { connors_rsi_14_20_10: "501 61.6053" },
    { start: false, digits: 4 },
  ),
  spots(
    "pandas-ta-classic 0.8.32, rvgi(10, 4)",
    { name: "rvi", window: 10 },
    {
      rvi_10: "12 0.12385385809, 100 0.0929047432379, 250 -0.288810965891, 501 -0.168419357066",
      rvi_signal_10: "15 0.0604386743839, 100 0.0567135613134, 250 -0.243672723778, 501 -0.303363464304",
    },
    { start: true },
  ),
];

function stockChartsRsi(): void {
  const close = [
    44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328, 45.614, 46.282, 46.282,
    46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521, 45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672,
    43.4205, 42.6628, 43.1314,
  ];
  const expected = [
    70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87, 45.46, 37.3, 33.08, 37.77,
  ];
  expect(rounded(columnsOf({ name: "rsi", window: 14 }, { close })["rsi_14"], 2)).toEqual(expected);
}

function tulipRsi(): void {
  const expected = [72.034, 64.927, 75.936, 79.796, 74.713, 83.033, 87.478, 88.755, 91.483, 78.498];
  const rsi = known(columnsOf({ name: "rsi", window: 5 }, TULIP)["rsi_5"]);
  expect(rsi.length).toBe(expected.length);
  for (const [i, value] of rsi.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(6e-4);
}

function skenderStochastic(): void {
  const columns = columnsOf({ name: "stochastic", k: 14, d: 3, smooth: 3 }, quotes());
  mustEqual(columns["stoch_k_14_3_3"], reference("stoch")["oscillator"], 17);
  mustEqual(columns["stoch_d_14_3_3"], reference("stoch")["signal"]);
}

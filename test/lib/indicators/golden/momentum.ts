import { expect } from "vitest";
import { columnsOf, type Golden, known, mustEqual, quotes, reference, rounded, skender, TULIP } from "./golden.ts";

export const momentumGolden: readonly Golden[] = [
  skender("rsi", "rsi", () => mustEqual(columnsOf({ name: "rsi", window: 14 }, quotes())["rsi_14"], reference("rsi")["rsi"])),
  { indicator: "rsi", against: "the StockCharts spreadsheet for RSI-14", check: stockChartsRsi },
  {
    indicator: "rsi",
    against: "Tulip for RSI-5: Wilder's average, not an EMA of span 5 (72.48) nor a simple mean (87.66)",
    check: tulipRsi,
  },
  skender("stochastic", "stoch", () => {
    const columns = columnsOf({ name: "stochastic", k: 14, d: 3, smooth: 3 }, quotes());
    mustEqual(columns["stoch_k_14_3_3"], reference("stoch")["oscillator"]);
    mustEqual(columns["stoch_d_14_3_3"], reference("stoch")["signal"]);
  }),
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

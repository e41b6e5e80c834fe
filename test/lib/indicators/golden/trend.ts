import { expect } from "vitest";
import { columnsOf, type Golden, mustEqual, quotes, reference, rounded, skender, TULIP } from "./golden.ts";

export const trendGolden: readonly Golden[] = [
  skender("sma", "sma", () => mustEqual(columnsOf({ name: "sma", window: 20 }, quotes())["sma_20"], reference("sma")["sma"])),
  skender("ema", "ema", () => mustEqual(columnsOf({ name: "ema", window: 20 }, quotes())["ema_20"], reference("ema")["ema"])),
  skender("macd", "macd", () => {
    const columns = columnsOf({ name: "macd" }, quotes());
    const expected = reference("macd");
    mustEqual(columns["macd_12_26_9"], expected["macd"]);
    mustEqual(columns["macd_signal_12_26_9"], expected["signal"]);
    mustEqual(columns["macd_hist_12_26_9"], expected["histogram"]);
  }),
  {
    indicator: "adx",
    against: "TA-Lib's seed, not Wilder's n-bar sum (43.7145 first) nor Tulip's (41.3838 first), on Tulip's bars",
    check: talibAdx,
  },
  skender("adx", "adx", skenderAdx, "the reference sums n changes at first, TA-Lib and we n - 1; compared once the seeds are forgotten"),
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

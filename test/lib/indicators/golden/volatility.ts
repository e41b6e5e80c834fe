import { expect } from "vitest";
import { columnsOf, type Golden, mustEqual, quotes, reference, rounded, skender, TULIP } from "./golden.ts";

export const volatilityGolden: readonly Golden[] = [
  skender("true_range", "tr", () => mustEqual(columnsOf({ name: "true_range" }, quotes())["true_range"], reference("tr")["tr"])),
  {
    indicator: "true_range",
    against: "Tulip",
    differs: "from its second bar: the first bar has no previous close",
    check: tulipTrueRange,
  },
  skender("atr", "atr", () => mustEqual(columnsOf({ name: "atr", window: 14 }, quotes())["atr_14"], reference("atr")["atr"])),
  { indicator: "atr", against: "TA-Lib's seed from bar 1, on Tulip's bars", check: talibAtr },
  skender("natr", "atr", () => mustEqual(columnsOf({ name: "natr", window: 14 }, quotes())["natr_14"], reference("atr")["atrp"])),
  skender("bollinger_bands", "bb", () => {
    const columns = columnsOf({ name: "bollinger_bands", window: 20, num_std: 2 }, quotes());
    const expected = reference("bb");
    mustEqual(columns["bb_mid_20_2"], expected["sma"]);
    mustEqual(columns["bb_upper_20_2"], expected["upperBand"]);
    mustEqual(columns["bb_lower_20_2"], expected["lowerBand"]);
    mustEqual(columns["bb_pctb_20_2"], expected["percentB"]);
    mustEqual(columns["bb_width_20_2"], expected["width"]);
  }),
  skender("zscore", "bb", () => mustEqual(columnsOf({ name: "zscore", window: 20 }, quotes())["zscore_20"], reference("bb")["zScore"])),
];

function tulipTrueRange(): void {
  const expected = [1.25, 1.97, 0.65, 0.85, 0.79, 0.84, 2.0, 0.85, 0.89, 1.87, 1.19, 1.22, 1.11, 0.86];
  expect(rounded(columnsOf({ name: "true_range" }, TULIP)["true_range"], 6)).toEqual(expected);
}

function talibAtr(): void {
  const expected = [1.102, 1.0496, 1.2397, 1.1617, 1.1074, 1.2599, 1.2459, 1.2407, 1.2146, 1.1437];
  expect(rounded(columnsOf({ name: "atr", window: 5 }, TULIP)["atr_5"], 4)).toEqual(expected);
}

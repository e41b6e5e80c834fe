import { expect } from "vitest";
import { columnsOf, firstKnown, type Golden, mustEqual, mustEqualAt, onQuotes, quotes, reference, skender } from "./golden.ts";

/** On daily bars the value of a row is that of the bar before. */
const shifted = (series: readonly number[]): number[] => [Number.NaN, ...series.slice(0, -1)];
const SHIFTED = "shifted by a session: what was known at the open";

export const dailyGolden: readonly Golden[] = [
  skender(
    "daily_rsi",
    "rsi",
    () => mustEqual(columnsOf({ name: "daily_rsi", window: 14 }, quotes())["rsi_14_d"], shifted(reference("rsi")["rsi"]!)),
    SHIFTED,
  ),
  skender(
    "daily_ema",
    "ema",
    () => mustEqual(columnsOf({ name: "daily_ema", window: 20 }, quotes())["ema_20_d"], shifted(reference("ema")["ema"]!)),
    SHIFTED,
  ),
  skender("daily_dist_to_ema", "ema", distance, SHIFTED),
  skender(
    "daily_atr",
    "atr",
    () => mustEqual(columnsOf({ name: "daily_atr", window: 14 }, quotes())["atr_14_d"], shifted(reference("atr")["atr"]!)),
    SHIFTED,
  ),
  onQuotes("daily_vol", "pandas 3.1.1, log returns, rolling(20).std() x sqrt(252)", pandasVolatility, SHIFTED),
];

function pandasVolatility(): void {
  const volatility = columnsOf({ name: "daily_vol", window: 20 }, quotes())["close_vol_20_d"];
  expect(firstKnown(volatility)).toBe(21);
  mustEqualAt(volatility, [
    [21, 0.0610964677027725],
    [61, 0.07014873797816217],
    [250, 0.05954119634277179],
  ]);
}

function distance(): void {
  const { close } = quotes();
  const expected = shifted(reference("ema")["ema"]!.map((ema, i) => close[i]! - ema));
  mustEqual(columnsOf({ name: "daily_dist_to_ema", window: 20, normalize: false }, quotes())["dist_ema20_d"], expected);
}

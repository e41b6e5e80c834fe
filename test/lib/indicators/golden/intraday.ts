import { expect } from "vitest";
import { createIndicatorInputs } from "#lib/indicators/inputs.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import { sharedPath } from "../../../support/shared-data.ts";
import { type Golden, mustAgreeAt, readTable } from "./golden.ts";

const MINUTES = "reference/skender/quotes/intraday.csv";

export const intradayGolden: readonly Golden[] = [
  onMinutes("vwap", "the published checks of skender vwap on 2020-12-15", (columns) => checkVwap(columns["vwap"]!)),
  onMinutes("intraday_vwap", "the published checks of skender vwap, its middle", (columns) => checkVwap(columns["intraday_vwap"]!)),
  onMinutes(
    "close_vs_vwap",
    "the published checks of skender vwap",
    (columns, close) => checkVwap(columns["close_vs_vwap_ratio"]!.map((ratio, i) => close[i]! / (1 + ratio))),
    "a distance here, an average there",
  ),
];

function checkVwap(vwap: number[]): void {
  expect(vwap.filter((value) => !Number.isNaN(value)).length).toBe(391);
  mustAgreeAt(vwap, [
    [0, "367.4800"],
    [1, "367.4223"],
    [369, "367.9494"],
    [390, "368.1804"],
  ]);
}

/** The reference's 391 one-minute bars of 2020-12-15; its last one, at 16:00, counts as the same session. */
function onMinutes(
  indicator: string,
  against: string,
  check: (columns: Record<string, number[]>, close: readonly number[]) => void,
  differs?: string,
): Golden {
  const run = (): void => {
    const table = readTable(sharedPath(MINUTES));
    const [open, high, low, close, volume] = ["open", "high", "low", "close", "volume"].map((name) =>
      Float64Array.from(table[name]!.slice(0, 391)),
    );
    const first = Date.parse("2020-12-15T09:30:00-05:00");
    const barStart = Float64Array.from({ length: 391 }, (_, i) => first + i * 60_000);
    const inputs = createIndicatorInputs({
      length: 391,
      open: open!,
      high: high!,
      low: low!,
      close: close!,
      volume: volume!,
      barStart,
      barEnd: barStart.map((start) => start + 60_000),
      sessionDate: new Float64Array(391).fill(20201215),
      scale: new Float64Array(391).fill(1),
      barsPerYear: 252 * 390,
    });
    const plan = planIndicators([{ name: indicator }]);
    check(Object.fromEntries(computePlan(plan, inputs).map((series, c) => [plan.columns[c]!.name, [...series]])), [...close!]);
  };
  return { indicator, against, files: [MINUTES], check: run, ...(differs === undefined ? {} : { differs }) };
}

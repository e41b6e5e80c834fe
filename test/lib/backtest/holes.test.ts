import { describe, expect, it } from "vitest";
import { evaluateVariant } from "#lib/backtest/evaluate-variant.ts";
import { buildTape } from "#lib/backtest/tape.ts";
import { dateOfDayNumber, dayNumberOf } from "#lib/core/time.ts";
import { contextOf, matrixOf, predictionsOf, randomBars, variantOf } from "./support.ts";

const ROWS = 400;
/** Last row before the hole: 2025-02-21. The next session in the data is 2026-02-23. */
const LAST_BEFORE = 299;
const HOLD = 3;

const whole = matrixOf(randomBars(ROWS, "holes"), {
  label: { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: HOLD, band: { kind: "none" } },
});
const holed = {
  ...whole,
  sessionDate: whole.sessionDate.map((date, row) => (row > LAST_BEFORE ? dateOfDayNumber(dayNumberOf(date) + 364) : date)),
};

/** Decision rows that open a trade when every row wants one and positions may overlap. */
function decisions(matrix: typeof whole): number[] {
  const up = Array.from({ length: ROWS }, () => 0.7);
  const slice = Array.from({ length: 100 }, () => 0.6);
  const context = contextOf(
    matrix,
    predictionsOf(
      up,
      [
        [120, 260],
        [260, 400],
      ],
      slice,
    ),
    { longestHoldBars: HOLD },
  );
  const { trades } = evaluateVariant(context, variantOf({ hold_bars: HOLD }));
  return [...trades.decisionRow.subarray(0, trades.count)];
}

describe("a hole in the data", () => {
  it("is crossed by no trade, while trades before and after it stay", () => {
    const crossing = (row: number): boolean => row <= LAST_BEFORE && row + HOLD > LAST_BEFORE;
    expect(decisions(whole).some(crossing)).toBe(true);
    const found = decisions(holed);
    expect(found.some(crossing)).toBe(false);
    expect(found.some((row) => row < LAST_BEFORE) && found.some((row) => row > LAST_BEFORE)).toBe(true);
  });

  it("has no return across it", () => {
    const tape = buildTape(holed);
    expect(tape.sessionReturn[LAST_BEFORE + 1]).toBeNaN();
    expect(tape.sessionReturn[LAST_BEFORE]).not.toBeNaN();
    expect(buildTape(whole).sessionReturn[LAST_BEFORE + 1]).not.toBeNaN();
  });
});

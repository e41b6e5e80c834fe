import { describe, expect, it } from "vitest";
import { evaluateOrders, selectOrders } from "#lib/backtest/evaluate-variant.ts";
import { laterOrders } from "#lib/backtest/robustness/later-entry.ts";
import { contextOf, matrixOf, predictionsOf, randomBars, variantOf } from "../support.ts";

const ROWS = 60;
const at = (rows: readonly number[]) => Array.from({ length: ROWS }, (_, row) => (rows.includes(row) ? 0.9 : 0.5));
const params = variantOf({ threshold: 0.6, hold_bars: 3 });

describe("laterOrders", () => {
  it("enters at the later open, holds as long, and belongs to the fold that decided", () => {
    const matrix = matrixOf(randomBars(ROWS, "later"));
    const blocks = [
      [20, 40],
      [40, 60],
    ] as const;
    const context = contextOf(matrix, predictionsOf(at([25, 39]), blocks), { longestHoldBars: 3 });
    const selected = selectOrders(context, params);
    for (const bars of [1, 2]) {
      const { trades } = evaluateOrders(context, params, laterOrders(context, selected, bars, 3));
      expect(trades.count).toBe(2);
      expect([...trades.entryRow.subarray(0, 2)]).toEqual([26 + bars, 40 + bars]);
      expect([...trades.exitRow.subarray(0, 2)]).toEqual([28 + bars, 42 + bars]);
      expect(trades.entryPrice[0]).toBe(matrix.open[26 + bars]);
      expect([...trades.fold.subarray(0, 2)]).toEqual([0, 0]);
    }
  });

  it("leaves out what no longer fits before the end of the data", () => {
    const matrix = matrixOf(randomBars(ROWS, "end"));
    // 57 is the first row that may not decide.
    const context = contextOf(matrix, predictionsOf(at([54, 56]), [[20, 60]]), { longestHoldBars: 3 });
    const selected = selectOrders(context, params);
    const sides = (bars: number) =>
      [...laterOrders(context, selected, bars, 3).orders.side].flatMap((side, row) => (side === 0 ? [] : row));
    expect(sides(1)).toEqual([55]);
    expect(sides(2)).toEqual([56]);
  });

  it("does not move a decision into another session where trades end in theirs", () => {
    const matrix = matrixOf(randomBars(ROWS, "sessions"), { barsPerSession: 6 });
    // Row 28 is the fifth bar of its session, row 24 the first.
    const context = contextOf(matrix, predictionsOf(at([24, 28]), [[12, 60]]), { sessionBound: true });
    const own = variantOf({ threshold: 0.6 });
    const selected = selectOrders(context, own);
    const sides = (bars: number) =>
      [...laterOrders(context, selected, bars, 1).orders.side].flatMap((side, row) => (side === 0 ? [] : row));
    expect(sides(1)).toEqual([25, 29]);
    expect(sides(2)).toEqual([26]);
  });

  it("moves what closes a position by as many bars, and carries sizes along", () => {
    const matrix = matrixOf(randomBars(ROWS, "close"));
    const up = Array.from({ length: ROWS }, (_, row) => (row === 25 ? 0.9 : row === 30 ? 0.1 : 0.5));
    const context = contextOf(matrix, predictionsOf(up, [[20, 60]]), { sides: { long: true, short: false } });
    const { orders } = laterOrders(context, selectOrders(context, params), 2, 3);
    expect([...orders.close!].flatMap((close, row) => (close === 0 ? [] : row))).toEqual([32]);
    const sized = { orders: { ...orders, size: new Float64Array(ROWS).fill(0.25) }, selected: 1 };
    expect(laterOrders(context, sized, 1, 3).orders.size![28]).toBe(0.25);
  });
});

import { describe, expect, it } from "vitest";
import { evaluatePaths, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import { ListedBarSchema, ListedTradeSchema } from "#lib/backtest/trade-list.schema.ts";
import { listedBars, listedTrades } from "#lib/backtest/trade-list.ts";
import { type Bar, inputOf, matrixOf, policyOf, predictionsOf, variantOf } from "./support.ts";

// Weekdays from Monday 2024-01-01; the model wants to buy on rows 2 and 5 only.
const BARS = [100, 101, 102, 103, 104, 105, 106, 107, 108, 109].map((open): Bar => [open, open + 1, open - 1, open + 0.5]);
const matrix = matrixOf(BARS);
const scores = BARS.map((_, row) => (row === 2 || row === 5 ? 0.9 : 0.5));
const prepared = preparePaths(inputOf(matrix, predictionsOf(scores, [[0, 10]]), { policy: policyOf({ slippage_bps: 0 }) }));
const { evaluation, path } = evaluatePaths(prepared, variantOf({ threshold: 0.6, hold_bars: 1 }));
const { tape } = prepared.contexts[path]!;

describe("listedTrades", () => {
  const trades = listedTrades(evaluation, tape, matrix.info.symbols);

  it("names side, bars, prices and return of each trade, in the order of opening", () => {
    expect(trades.map(({ trade, side, entry_price, exit_price }) => [trade, side, entry_price, exit_price])).toEqual([
      [1, "long", 103, 103.5],
      [2, "long", 106, 106.5],
    ]);
    expect(trades[0]!.net_return).toBeCloseTo(0.5 / 103, 12);
    expect(trades.map(({ exit, stop, target, contract, ambiguous }) => [exit, stop, target, contract, ambiguous])).toEqual([
      ["label_end", null, null, null, false],
      ["label_end", null, null, null, false],
    ]);
    for (const trade of trades) expect(ListedTradeSchema.parse(trade)).toEqual(trade);
  });

  it("names bars by the very times that the list of bars has", () => {
    const times = listedBars(tape, 0).map(({ time }) => time);
    expect(trades.map(({ entry_bar, exit_bar }) => [times.indexOf(entry_bar), times.indexOf(exit_bar)])).toEqual([
      [3, 3],
      [6, 6],
    ]);
  });
});

describe("listedBars", () => {
  it("lists the bars of the wanted sessions, both ends included", () => {
    const all = listedBars(tape, 0);
    expect(all.map(({ session }) => session)).toEqual([
      "2024-01-01",
      "2024-01-02",
      "2024-01-03",
      "2024-01-04",
      "2024-01-05",
      "2024-01-08",
      "2024-01-09",
      "2024-01-10",
      "2024-01-11",
      "2024-01-12",
    ]);
    expect(listedBars(tape, 0, { from: "2024-01-05", to: "2024-01-09" })).toEqual(all.slice(4, 7));
    expect(all[4]).toMatchObject({ open: 104, high: 105, low: 103, close: 104.5 });
    for (const bar of all) expect(ListedBarSchema.parse(bar)).toEqual(bar);
  });

  it("has none of a symbol that the tape has not", () => {
    expect(listedBars(tape, 1)).toEqual([]);
  });
});

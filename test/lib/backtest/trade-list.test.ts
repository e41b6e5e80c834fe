import { describe, expect, it } from "vitest";
import { evaluatePaths, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import { ListedBarSchema, ListedTradeSchema } from "#lib/backtest/trade-list.schema.ts";
import { listedBars, listedTrades } from "#lib/backtest/trade-list.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { Policy } from "#lib/policies/policy.schema.ts";
import { type Bar, inputOf, matrixOf, policyOf, predictionsOf, variantOf } from "./support.ts";

// Weekdays from Monday 2024-01-01; the model wants to buy on rows 2 and 5 only.
const BARS = [100, 101, 102, 103, 104, 105, 106, 107, 108, 109].map((open): Bar => [open, open + 1, open - 1, open + 0.5]);
const scores = BARS.map((_, row) => (row === 2 || row === 5 ? 0.9 : 0.5));
const matrix = matrixOf(BARS);
const { evaluation, tape } = evaluated(matrix, policyOf({ slippage_bps: 0 }));

function evaluated(of: Matrix, policy: Policy) {
  const prepared = preparePaths(inputOf(of, predictionsOf(scores, [[0, 10]]), { policy }));
  const { evaluation: found, path } = evaluatePaths(prepared, variantOf({ threshold: 0.6, hold_bars: 1 }));
  return { evaluation: found, tape: prepared.contexts[path]!.tape };
}

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

  it("names the bar that opens with the entry where one bar begins as the one that decided ends", () => {
    const hourly = matrixOf(BARS, { barsPerSession: 5 });
    const { evaluation: found, tape: hours } = evaluated(hourly, policyOf({ slippage_bps: 0 }));
    const [first] = listedTrades(found, hours, hourly.info.symbols);
    expect(first).toMatchObject({
      decided_at: "2024-01-01T17:30:00.000Z",
      entered_at: "2024-01-01T17:30:00.000Z",
      entry_bar: "2024-01-01T17:30:00.000Z",
      exit_bar: "2024-01-01T17:30:00.000Z",
      left_at: "2024-01-01T18:30:00.000Z",
      entry_price: 103,
    });
  });

  it("names the bar that decided where the entry is its close", () => {
    const atClose = matrixOf(BARS, { label: { kind: "next_bar_direction", entry: "decision_close", band: { kind: "none" } } });
    const policy = policyOf({ slippage_bps: 0, brackets: { enabled: false, entry_mode: "decision_close" } });
    const { evaluation: found, tape: days } = evaluated(atClose, policy);
    const times = listedBars(days, 0).map(({ time }) => time);
    const [first] = listedTrades(found, days, atClose.info.symbols);
    expect([times.indexOf(first!.entry_bar), times.indexOf(first!.exit_bar), first!.entry_price]).toEqual([2, 3, 102.5]);
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

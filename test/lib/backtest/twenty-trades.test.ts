import { describe, expect, it } from "vitest";
import type { Brackets, ExecutionTerms } from "#lib/backtest/execution.ts";
import { EXIT_KINDS, type ExitKind } from "#lib/backtest/exit-kinds.ts";
import { simulate } from "#lib/backtest/simulate.ts";
import { buildTape } from "#lib/backtest/tape.ts";
import { type Bar, FREE_TERMS, matrixOf } from "./support.ts";

/**
 * Twenty trades of one account, worked by hand. It starts with 100,000.00 dollars, puts all of its equity into each trade, decides on
 * daily closes, enters at the next open and holds 4 bars.
 *
 * Stop 5 % from the entry, target twice as far: 95 and 110 around 100, 105 and 90 for a short. Time stop 4 days (5,760 minutes) after
 * the entry: a trade that enters on a Monday ends on Thursday before it, one that enters on a Thursday meets it on Monday.
 *
 * Each side costs 10 bp of slippage and 5 bp of commission, shorts 365 bp a year, which is 1 bp for each day from entry to exit. So with
 * E = entry (1 + 0.001 side) and X = exit (1 - 0.001 side):
 *
 *   return = side (X / E - 1) - 0.0005 - 0.0005 X / E - 0.0001 days of a short
 *
 * Trade 1: E = 100.1, X = 102.897, X / E = 1.027942...; 0.027942 - 0.0005 - 0.000514 = 0.026928: 2,692.81 dollars.
 * Trade 10: E = 99.9, X = 97.097, X / E = 0.971942...; 0.028058 - 0.0005 - 0.000486 - 3 x 0.0001 = 0.026772.
 */
const TERMS: ExecutionTerms = {
  ...FREE_TERMS,
  holdBars: 4,
  slippageBps: 10,
  commissionBps: 5,
  borrowBpsPerYear: 365,
  brackets: {
    mode: "percent",
    atrPeriod: 14,
    stop: 0.05,
    target: 2,
    timeStopMinutes: 5760,
    timeStopBars: null,
    minRr: 1,
    regimeAdjust: false,
  } satisfies Brackets,
};

const NONE = Number.NaN;
const F: Bar = [100, 100, 100, 100];

interface Trade {
  readonly what: string;
  readonly side: 1 | -1;
  /** The bars from the entry on. */
  readonly bars: readonly Bar[];
  /** Whether it is decided on a Wednesday, so that it enters on Thursday; else on Friday for Monday. */
  readonly wednesday?: true;
  /** Bars after the decision at whose close the opposite signal is seen. */
  readonly opposite?: number;
  /** Price, bars from the decision to the exit, kind; null = the order is not filled. */
  readonly exit: readonly [price: number, bars: number, kind: ExitKind] | null;
  readonly entry?: number;
  readonly ambiguous?: true;
  /** Return of the trade, and equity in dollars after it. */
  readonly net: number;
  readonly equity: number;
}

// biome-ignore format: a table
const TRADES: readonly Trade[] = [
  { what: "1 label end", side: 1, bars: [[100, 102, 99, 101], [101, 103, 100, 102], [102, 104, 101, 103], [103, 104, 102, 103]], exit: [103, 4, "label_end"], net: 0.02692809, equity: 102_692.81 },
  { what: "2 stop", side: 1, bars: [[100, 101, 98, 99], [99, 99, 94, 96], F, F], exit: [95, 2, "stop"], net: -0.05287215, equity: 97_263.22 },
  { what: "3 target", side: 1, bars: [[100, 104, 99, 103], [103, 105, 102, 104], [104, 111, 103, 108], F], exit: [110, 3, "target"], net: 0.0967533, equity: 106_673.76 },
  { what: "4 the entry bar counts: stop, touched exactly", side: 1, bars: [[100, 101, 95, 99], F, F, F], exit: [95, 1, "stop"], net: -0.05287215, equity: 101_033.68 },
  { what: "5 the entry bar counts: target, touched exactly", side: 1, bars: [[100, 110, 99, 99], F, F, F], exit: [110, 1, "target"], net: 0.0967533, equity: 110_809.03 },
  { what: "6 both in one bar: the stop first", side: 1, bars: [[100, 101, 99, 100], [100, 111, 94, 105], F, F], exit: [95, 2, "stop"], ambiguous: true, net: -0.05287215, equity: 104_950.32 },
  { what: "7 gap through the stop, at the open", side: 1, bars: [[100, 101, 99, 100], [100, 101, 99, 100], [92, 93, 91, 92], F], exit: [92, 3, "stop"], net: -0.08279724, equity: 96_260.72 },
  { what: "8 gap through the target, at the open", side: 1, bars: [[100, 101, 99, 100], [112, 113, 90, 112], F, F], exit: [112, 2, "target"], net: 0.11670336, equity: 107_494.67 },
  { what: "9 time stop", side: 1, wednesday: true, bars: [[100, 101, 99, 100], [100, 102, 99, 101], [101, 103, 100, 102], F], exit: [102, 3, "time_stop"], net: 0.01695306, equity: 109_317.03 },
  { what: "10 short, label end", side: -1, bars: [[100, 101, 98, 99], [99, 100, 97, 98], [98, 99, 96, 97], [97, 98, 96, 97]], exit: [97, 4, "label_end"], net: 0.02677209, equity: 112_243.68 },
  { what: "11 short, stop", side: -1, bars: [[100, 102, 99, 101], [101, 106, 100, 104], F, F], exit: [105, 2, "stop"], net: -0.05322815, equity: 106_269.15 },
  { what: "12 short, target", side: -1, bars: [[100, 101, 96, 97], [97, 98, 95, 96], [96, 97, 89, 91], F], exit: [90, 3, "target"], net: 0.0970473, equity: 116_582.29 },
  { what: "13 short, gap through the stop", side: -1, bars: [[100, 101, 99, 100], [100, 101, 99, 100], [100, 101, 99, 100], [108, 109, 107, 108]], exit: [108, 4, "stop"], net: -0.08350324, equity: 106_847.29 },
  { what: "14 short, time stop after a weekend: 4 days of borrow", side: -1, wednesday: true, bars: [[100, 101, 99, 100], [100, 101, 98, 99], [99, 100, 97, 98], F], exit: [98, 3, "time_stop"], net: 0.01664706, equity: 108_625.98 },
  { what: "15 opposite signal on Tuesday: out at Wednesday's open", side: 1, opposite: 2, bars: [[100, 102, 99, 101], [101, 103, 100, 102], [101.5, 103, 101, 102], F], exit: [101.5, 3, "opposite_signal"], net: 0.01196554, equity: 109_925.75 },
  { what: "16 over a fold's edge: under the fold that opened it", side: 1, bars: [[100, 102, 99, 101], [101, 103, 100, 102], [102, 104, 101, 103], [103, 105, 102, 104]], exit: [104, 4, "label_end"], net: 0.03690312, equity: 113_982.35 },
  { what: "17 no close where the label ends: at the next one", side: 1, bars: [[100, 101, 99, 100], [100, 101, 98, 99], [99, 100, 98, 99], [99, 100, 98, NONE], [99, 100, 98, 99]], exit: [99, 5, "label_end"], net: -0.01297203, equity: 112_503.77 },
  { what: "18 the entry gaps to 103: its stop is 97.85", side: 1, entry: 103, bars: [[103, 104, 98, 103], [103, 103.5, 97, 98], F, F], exit: [97.85, 2, "stop"], net: -0.05287215, equity: 106_555.45 },
  { what: "19 short, both in the entry bar", side: -1, bars: [[100, 106, 89, 95], F, F, F], exit: [105, 1, "stop"], ambiguous: true, net: -0.05312815, equity: 100_894.36 },
  { what: "no open: the order is not filled", side: 1, bars: [[NONE, 101, 99, 100], F, F, F], exit: null, net: 0, equity: 100_894.36 },
  { what: "20 the data end", side: 1, bars: [[100, 101, 99, 100], [100, 102, 99, 101]], exit: [101, 2, "end_of_data"], net: 0.00697803, equity: 101_598.4 },
];

/** Rows of a week: decisions fall on Friday (4) or Wednesday (2) of the week before the entry, or of the same. */
function laidOut() {
  const bars: Bar[] = [F, F, F, F, F];
  const decisions: number[] = [];
  for (const { bars: own, wednesday } of TRADES) {
    if (wednesday) bars.push(F, F, F);
    decisions.push(bars.length - 1);
    bars.push(...own);
    // The week's last bar, unless the trade has used it; after a Wednesday's trade, the rest of its second week.
    if (own.length >= 4) while (bars.length % 5 !== 0) bars.push(F);
  }
  const rows = bars.length;
  const side = new Int8Array(rows);
  const close = new Uint8Array(rows);
  const fold = new Int8Array(rows);
  for (const [i, { side: wanted, opposite }] of TRADES.entries()) {
    side[decisions[i]!] = wanted;
    if (opposite !== undefined) close[decisions[i]! + opposite] = 1;
  }
  // Fold 1 begins with the bar after the decision of trade 16.
  fold.fill(1, decisions[15]! + 1);
  return { bars, decisions, orders: { side, size: null, fold, close } };
}

describe("twenty trades worked by hand", () => {
  const { bars, decisions, orders } = laidOut();
  const { trades, counts, dailyReturns, finalEquity } = simulate(buildTape(matrixOf(bars)), TERMS, orders, { start: 0, end: bars.length });
  const filled = TRADES.map((trade, i) => ({ trade, decision: decisions[i]! })).filter(({ trade }) => trade.exit !== null);

  it("are twenty, with every way to end that shares have", () => {
    expect([filled.length, trades.count]).toEqual([20, 20]);
    expect(counts).toMatchObject({ candidates: 21, filled: 20, unfilled: 1, ambiguousBars: 2, refusedMinRr: 0, refusedUnknown: 0 });
    const kinds = new Set(Array.from({ length: 20 }, (_, i) => EXIT_KINDS[trades.exitKind[i]!]));
    // Delistings need a universe, expiries an option.
    expect(kinds).toEqual(new Set(EXIT_KINDS.filter((kind) => kind !== "delisted" && kind !== "expiry")));
  });

  it.each(filled.map((item, i) => [item.trade.what, item, i] as const))("%s", (_, { trade, decision }, i) => {
    const [price, after, kind] = trade.exit!;
    expect([trades.decisionRow[i], trades.entryRow[i], trades.entryPrice[i]]).toEqual([decision, decision + 1, trade.entry ?? 100]);
    expect([trades.exitPrice[i], trades.exitRow[i]! - decision, EXIT_KINDS[trades.exitKind[i]!]]).toEqual([
      expect.closeTo(price, 9),
      after,
      kind,
    ]);
    expect([trades.side[i], trades.ambiguous[i], trades.fold[i]]).toEqual([trade.side, trade.ambiguous ? 1 : 0, i > 15 ? 1 : 0]);
    expect(trades.netReturn[i]).toBeCloseTo(trade.net, 8);
    expect(100_000 * (trades.equity[i]! + trades.pnl[i]!)).toBeCloseTo(trade.equity, 2);
  });

  it("are marked at every close: the days of trade 1 are 101, 102 and 103 of E = 100.1, and the exit's costs", () => {
    const day = (from: number, to: number) => to / from - 1;
    // Monday: the position at 101 / 100.1, less the entry's commission; Thursday: the exit at 102.897, less its commission.
    const marks = [101 / 100.1 - 0.0005, 102 / 100.1 - 0.0005, 103 / 100.1 - 0.0005, (102.897 / 100.1) * 0.9995 - 0.0005];
    expect(Array.from(dailyReturns.slice(5, 9))).toEqual(
      marks.map((mark, i) => expect.closeTo(i === 0 ? mark - 1 : day(marks[i - 1]!, mark), 12)),
    );
  });

  it("leave 101,598.40 dollars, which is the sum of what they earned", () => {
    const earned = Array.from(trades.pnl.slice(0, 20)).reduce((sum, value) => sum + value, 0);
    expect(100_000 * finalEquity).toBeCloseTo(101_598.4, 2);
    expect(100_000 * (1 + earned)).toBeCloseTo(101_598.4, 2);
    expect(100_000 * dailyReturns.reduce((equity, value) => equity * (1 + value), 1)).toBeCloseTo(101_598.4, 2);
  });
});

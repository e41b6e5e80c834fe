import { describe, expect, it } from "vitest";
import type { Brackets, ExecutionTerms } from "#lib/backtest/execution.ts";
import { EXIT_KINDS, type ExitKind } from "#lib/backtest/exit-kinds.ts";
import { type Simulation, simulate } from "#lib/backtest/simulate.ts";
import { buildTape } from "#lib/backtest/tape.ts";
import { type Bar, FREE_TERMS, matrixOf } from "./support.ts";

/** Stop 5 % from the entry, target twice as far. */
const BRACKETS: Brackets = {
  mode: "percent",
  atrPeriod: 14,
  stop: 0.05,
  target: 2,
  timeStopMinutes: null,
  timeStopBars: null,
  minRr: 1,
  regimeAdjust: false,
};
const FLAT: Bar = [100, 100, 100, 100];

interface Case {
  readonly name: string;
  readonly side: 1 | -1;
  /** Three bars after the decision bar, which closes at 100. */
  readonly bars: readonly [Bar, Bar, Bar];
  /** Entry price, exit price, bars from the decision to the exit, kind; worked by hand. */
  readonly nextOpen: readonly [number, number, number, ExitKind];
  readonly decisionClose: readonly [number, number, number, ExitKind];
  readonly ambiguous?: boolean;
}

const same = (...exit: Case["nextOpen"]) => ({ nextOpen: exit, decisionClose: exit });
// biome-ignore format: a table
const CASES: readonly Case[] = [
  { name: "label end", side: 1, bars: [[100, 102, 99, 101], [101, 103, 100, 102], [102, 104, 101, 103]], ...same(100, 103, 3, "label_end") },
  { name: "stop", side: 1, bars: [[100, 101, 98, 99], [99, 99, 94, 96], FLAT], ...same(100, 95, 2, "stop") },
  { name: "target", side: 1, bars: [[100, 104, 99, 103], [103, 111, 102, 108], FLAT], ...same(100, 110, 2, "target") },
  { name: "stop touched exactly", side: 1, bars: [[100, 101, 95, 99], FLAT, FLAT], ...same(100, 95, 1, "stop") },
  { name: "target touched exactly", side: 1, bars: [[100, 110, 99, 99], FLAT, FLAT], ...same(100, 110, 1, "target") },
  { name: "both touched: the stop is taken", side: 1, bars: [[100, 101, 99, 100], [100, 111, 94, 105], FLAT], ...same(100, 95, 2, "stop"), ambiguous: true },
  { name: "gap through the stop fills at the open", side: 1, bars: [[100, 101, 99, 100], [92, 93, 91, 92], FLAT], ...same(100, 92, 2, "stop") },
  { name: "gap through the target fills at the open", side: 1, bars: [[100, 101, 99, 100], [112, 113, 90, 112], FLAT], ...same(100, 112, 2, "target") },
  { name: "stop on the first bar", side: 1, bars: [[100, 101, 94, 99], FLAT, FLAT], ...same(100, 95, 1, "stop") },
  { name: "short, label end", side: -1, bars: [[100, 101, 98, 99], [99, 100, 97, 98], [98, 99, 96, 97]], ...same(100, 97, 3, "label_end") },
  { name: "short stop", side: -1, bars: [[100, 102, 99, 101], [101, 106, 100, 104], FLAT], ...same(100, 105, 2, "stop") },
  { name: "short target", side: -1, bars: [[100, 101, 96, 97], [97, 98, 89, 91], FLAT], ...same(100, 90, 2, "target") },
  { name: "short, both touched", side: -1, bars: [[100, 106, 89, 95], FLAT, FLAT], ...same(100, 105, 1, "stop"), ambiguous: true },
  { name: "short, gap through the stop", side: -1, bars: [[100, 101, 99, 100], [108, 109, 107, 108], FLAT], ...same(100, 108, 2, "stop") },
  // The entry gaps to 103: the levels move with it to 97.85 and 113.3; from the close they stay 95 and 110.
  { name: "entry gap", side: 1, bars: [[103, 104, 98, 103], [103, 103.5, 97, 98], [98, 99, 96, 97]], nextOpen: [103, 97.85, 2, "stop"], decisionClose: [100, 97, 3, "label_end"] },
  // Held from the close, a first bar that opens at 94 is a gap; entered at that open it is the entry price.
  { name: "gap before the first bar", side: 1, bars: [[94, 96, 93, 95], [95, 97, 94, 96], [96, 98, 95, 97]], nextOpen: [94, 97, 3, "label_end"], decisionClose: [100, 94, 1, "stop"] },
];

/** Each case is six bars: the decision bar, its three bars and two flat ones. */
const BLOCK = 6;
const bars = CASES.flatMap(({ bars: own }) => [FLAT, ...own, FLAT, FLAT]);
const tape = buildTape(matrixOf(bars));
const orders = (fold = (block: number): number => block) => {
  const side = new Int8Array(bars.length);
  const folds = new Int8Array(bars.length);
  for (const [block, { side: wanted }] of CASES.entries()) {
    side[block * BLOCK] = wanted;
    folds.fill(fold(block), block * BLOCK, (block + 1) * BLOCK);
  }
  return { side, size: null, fold: folds };
};
const run = (terms: Partial<ExecutionTerms>, own = orders()): Simulation =>
  simulate(tape, { ...FREE_TERMS, brackets: BRACKETS, ...terms }, own, { start: 0, end: bars.length });

const found = ({ trades }: Simulation, i: number) => [
  trades.entryPrice[i],
  Math.round(trades.exitPrice[i]! * 1e9) / 1e9,
  trades.exitRow[i]! - trades.decisionRow[i]!,
  EXIT_KINDS[trades.exitKind[i]!],
];

describe("golden tape", () => {
  const nextOpen = run({});
  const decisionClose = run({ entry: "decision_close" });

  it.each(CASES.map((item, i) => [item.name, item, i] as const))("next_open: %s", (_, item, i) => {
    expect(found(nextOpen, i)).toEqual(item.nextOpen);
    expect(nextOpen.trades.entryRow[i]).toBe(i * BLOCK + 1);
    expect(nextOpen.trades.ambiguous[i]).toBe(item.ambiguous ? 1 : 0);
  });

  it.each(CASES.map((item, i) => [item.name, item, i] as const))("decision_close: %s", (_, item, i) => {
    expect(found(decisionClose, i)).toEqual(item.decisionClose);
    expect(decisionClose.trades.entryRow[i]).toBe(i * BLOCK);
  });

  it("counts ambiguous bars and fills", () => {
    expect(nextOpen.counts).toMatchObject({ candidates: 16, filled: 16, ambiguousBars: 2, unfilled: 0, refusedMinRr: 0 });
  });

  it("compounds the trades: equity is the product of price ratios, shorts as 2 - ratio", () => {
    const longs = 1.03 * 0.95 * 1.1 * 0.95 * 1.1 * 0.95 * 0.92 * 1.12 * 0.95;
    const shorts = 1.03 * 0.95 * 1.1 * 0.95 * 0.92;
    expect(nextOpen.finalEquity).toBeCloseTo(longs * shorts * (97.85 / 103) * (97 / 94), 12);
  });

  it("marks a position at every close and leaves idle sessions at 0", () => {
    // Block 0: entry at 100, closes 101, 102, 103.
    expect([...nextOpen.dailyReturns.slice(0, 6)].map((value) => value.toFixed(9))).toEqual(
      [0, 0.01, 102 / 101 - 1, 103 / 102 - 1, 0, 0].map((value) => value.toFixed(9)),
    );
  });

  it("pays slippage and commission on both sides", () => {
    // Entry 100 x 1.001 = 100.1, exit 103 x 0.999 = 102.897, 5 bp of 1 and of 102.897 / 100.1.
    const { trades } = run({ slippageBps: 10, commissionBps: 5 });
    expect(trades.entryFill[0]).toBeCloseTo(100.1, 12);
    expect(trades.exitFill[0]).toBeCloseTo(102.897, 12);
    expect(trades.netReturn[0]).toBeCloseTo(102.897 / 100.1 - 1 - 0.0005 - (0.0005 * 102.897) / 100.1, 12);
    expect(trades.slippageCost[0]).toBeCloseTo((0.1 + 0.103) / 100.1, 12);
    expect(trades.cost[0]).toBeCloseTo((0.1 + 0.103) / 100.1 + 0.0005 + (0.0005 * 102.897) / 100.1, 12);
  });

  it("charges shorts borrow by calendar days, and longs none", () => {
    // 365 bp a year are 1 bp a day. Block 9 decides on row 54, a Friday (weekday 4 of its week): it enters on
    // Monday and leaves on Wednesday, 2 days; from the close it is held over the weekend too, 5 days.
    const open = run({ borrowBpsPerYear: 365 });
    const close = run({ borrowBpsPerYear: 365, entry: "decision_close" });
    expect(open.trades.netReturn[9]).toBeCloseTo(0.03 - 0.0002, 12);
    expect(close.trades.netReturn[9]).toBeCloseTo(0.03 - 0.0005, 12);
    expect(open.trades.netReturn[0]).toBeCloseTo(0.03, 12);
  });

  it("shortens a trade by a time stop in bars and in minutes", () => {
    const inBars = run({ brackets: { ...BRACKETS, timeStopBars: 2 } });
    expect(found(inBars, 0)).toEqual([100, 102, 2, "time_stop"]);
    // A session of 6.5 hours after the entry at its open: the first close is 390 minutes later.
    const inMinutes = run({ brackets: { ...BRACKETS, timeStopMinutes: 390 } });
    expect(found(inMinutes, 0)).toEqual([100, 101, 1, "time_stop"]);
    expect(found(run({ brackets: { ...BRACKETS, timeStopBars: 9 } }), 0)).toEqual([100, 103, 3, "label_end"]);
  });

  it("lets a position cross a fold's edge and counts it to the opening fold", () => {
    const own = orders();
    own.fold.fill(7, 2, BLOCK);
    const { trades } = run({}, own);
    expect([trades.fold[0], trades.exitRow[0]]).toEqual([0, 3]);
  });

  it("refuses a trade whose target is nearer than min_rr stops", () => {
    const refused = run({ brackets: { ...BRACKETS, minRr: 2.5 } });
    expect([refused.trades.count, refused.counts.candidates, refused.counts.refusedMinRr]).toEqual([0, 16, 16]);
  });

  it("takes ATR distances from the decision bar", () => {
    // True ranges 2, 3, 3 over rows 1 to 3: ATR(3) = 8/3 at row 3. Stop 1 ATR below the entry at row 4's open, 100.
    const atr: Brackets = { ...BRACKETS, mode: "atr", atrPeriod: 3, stop: 1, target: 3 };
    const rows: Bar[] = [FLAT, [100, 101, 99, 100], [100, 102, 99, 100], [100, 101, 98, 100], [100, 150, 98, 100], FLAT, FLAT];
    const own = { side: Int8Array.of(0, 0, 0, 1, 0, 0, 0), size: null, fold: new Int8Array(7) };
    const { trades } = simulate(buildTape(matrixOf(rows)), { ...FREE_TERMS, brackets: atr }, own, { start: 0, end: 7 });
    expect(trades.stop[0]).toBeCloseTo(100 - 8 / 3, 12);
    expect(trades.target[0]).toBeCloseTo(108, 12);
    const early = { ...own, side: Int8Array.of(1, 0, 0, 0, 0, 0, 0) };
    const unknown = simulate(buildTape(matrixOf(rows)), { ...FREE_TERMS, brackets: atr }, early, { start: 0, end: 7 });
    expect([unknown.trades.count, unknown.counts.refusedUnknown]).toEqual([0, 1]);
  });

  it("fills a limit at the decision's close or better, or not at all", () => {
    const rows: Bar[] = [FLAT, [101, 102, 99.5, 101], FLAT, FLAT, FLAT, [101, 102, 100.5, 101], FLAT, FLAT];
    const own = { side: Int8Array.of(1, 0, 0, 0, 1, 0, 0, 0), size: null, fold: new Int8Array(8) };
    const result = simulate(buildTape(matrixOf(rows)), { ...FREE_TERMS, holdBars: 2, orderType: "limit", slippageBps: 10 }, own, {
      start: 0,
      end: 8,
    });
    expect(result.counts).toMatchObject({ candidates: 2, filled: 1, unfilled: 1 });
    expect(result.trades.entryFill[0]).toBe(100);
    const buffered = simulate(
      buildTape(matrixOf(rows)),
      { ...FREE_TERMS, holdBars: 2, orderType: "limit_buffer", limitBufferBps: 60 },
      own,
      { start: 0, end: 8 },
    );
    expect([...buffered.trades.entryFill.slice(0, 2)]).toEqual([100.6, 100.6]);
  });

  it("never takes a target that the bar met before its limit was filled", () => {
    // Opens at 120, above the target of 110, and falls to the limit: the fill at 100 comes later than the high.
    const rows: Bar[] = [FLAT, [120, 121, 99, 101], [102, 103, 101, 102], FLAT];
    const own = { side: Int8Array.of(1, 0, 0, 0), size: null, fold: new Int8Array(4) };
    const { trades } = simulate(buildTape(matrixOf(rows)), { ...FREE_TERMS, holdBars: 2, brackets: BRACKETS, orderType: "limit" }, own, {
      start: 0,
      end: 4,
    });
    expect([trades.entryPrice[0], trades.exitPrice[0], trades.exitRow[0]]).toEqual([100, 102, 2]);
  });
});

describe("golden tape, closed by the opposite signal", () => {
  interface Closed {
    readonly name: string;
    readonly side: 1 | -1;
    /** Bars after the decision bar, which closes at 100. */
    readonly bars: readonly [Bar, Bar, Bar];
    /** Bars after the decision bar at whose close the opposite signal is seen. */
    readonly signalAt: readonly number[];
    readonly nextOpen: readonly [number, number, number, ExitKind];
    readonly decisionClose: readonly [number, number, number, ExitKind];
  }
  const UP: Closed["bars"] = [
    [100, 102, 99, 101],
    [101.5, 103, 100, 102],
    [102.5, 104, 101, 103],
  ];
  // biome-ignore format: a table
  const CLOSED: readonly Closed[] = [
    // Seen at the close of 101: out at the next open, or at that close.
    { name: "long", side: 1, bars: UP, signalAt: [1], nextOpen: [100, 101.5, 2, "opposite_signal"], decisionClose: [100, 101, 1, "opposite_signal"] },
    { name: "long, a bar later", side: 1, bars: UP, signalAt: [2], nextOpen: [100, 102.5, 3, "opposite_signal"], decisionClose: [100, 102, 2, "opposite_signal"] },
    { name: "short", side: -1, bars: UP, signalAt: [1], nextOpen: [100, 101.5, 2, "opposite_signal"], decisionClose: [100, 101, 1, "opposite_signal"] },
    // The label ends at the close at which the signal is seen: nothing is left to close.
    { name: "at the label's end", side: 1, bars: UP, signalAt: [3], nextOpen: [100, 103, 3, "label_end"], decisionClose: [100, 103, 3, "label_end"] },
    { name: "again and again", side: 1, bars: UP, signalAt: [1, 2, 3], nextOpen: [100, 101.5, 2, "opposite_signal"], decisionClose: [100, 101, 1, "opposite_signal"] },
    // The stop at 95 comes in the bar at whose close the signal is seen: it was first.
    { name: "after the stop", side: 1, bars: [[100, 101, 94, 99], FLAT, FLAT], signalAt: [1], nextOpen: [100, 95, 1, "stop"], decisionClose: [100, 95, 1, "stop"] },
    // Out at the open of 99, before the bar falls to the stop.
    { name: "before the stop", side: 1, bars: [[100, 101, 99, 100], [99, 99, 90, 91], FLAT], signalAt: [1], nextOpen: [100, 99, 2, "opposite_signal"], decisionClose: [100, 100, 1, "opposite_signal"] },
    // The open gaps through the stop: the same price, and the order to leave came first.
    { name: "at a gap through the stop", side: 1, bars: [[100, 101, 99, 100], [92, 93, 91, 92], FLAT], signalAt: [1], nextOpen: [100, 92, 2, "opposite_signal"], decisionClose: [100, 100, 1, "opposite_signal"] },
    // No price at the next open: it leaves at the first one that is known.
    { name: "past an unknown open", side: 1, bars: [[100, 101, 99, 100], [Number.NaN, 101, 99, 100], [98, 99, 97, 98]], signalAt: [1], nextOpen: [100, 98, 3, "opposite_signal"], decisionClose: [100, 100, 1, "opposite_signal"] },
  ];
  const closedTape = buildTape(matrixOf(CLOSED.flatMap(({ bars: own }) => [FLAT, ...own, FLAT, FLAT])));
  const rows = CLOSED.length * BLOCK;
  const closedOrders = () => {
    const side = new Int8Array(rows);
    const close = new Uint8Array(rows);
    for (const [block, { side: wanted, signalAt }] of CLOSED.entries()) {
      side[block * BLOCK] = wanted;
      for (const bar of signalAt) close[block * BLOCK + bar] = 1;
    }
    return { side, size: null, fold: new Int8Array(rows), close };
  };
  const runClosed = (terms: Partial<ExecutionTerms> = {}, own: Parameters<typeof simulate>[2] = closedOrders()): Simulation =>
    simulate(closedTape, { ...FREE_TERMS, brackets: BRACKETS, ...terms }, own, { start: 0, end: rows });

  it.each(CLOSED.map((item, i) => [item.name, item, i] as const))("next_open: %s", (_, item, i) => {
    expect(found(runClosed(), i)).toEqual(item.nextOpen);
  });

  it.each(CLOSED.map((item, i) => [item.name, item, i] as const))("decision_close: %s", (_, item, i) => {
    expect(found(runClosed({ entry: "decision_close" }), i)).toEqual(item.decisionClose);
  });

  it("leaves at the time of that price", () => {
    const [open, close] = [runClosed().trades, runClosed({ entry: "decision_close" }).trades];
    expect(open.exitMs[0]).toBe(closedTape.barStart[2]);
    expect(close.exitMs[0]).toBe(closedTape.ts[1]);
  });

  it("pays the costs of any exit", () => {
    // Entry 100 x 1.001, exit 101.5 x 0.999 = 101.3985, 5 bp of each side's notional.
    const { trades } = runClosed({ slippageBps: 10, commissionBps: 5 });
    expect(trades.exitFill[0]).toBeCloseTo(101.3985, 12);
    expect(trades.netReturn[0]).toBeCloseTo(101.3985 / 100.1 - 1 - 0.0005 - (0.0005 * 101.3985) / 100.1, 12);
    // A short held from Thursday's open (row 13) to Friday's pays a day of 1 bp.
    const borrowed = runClosed({ borrowBpsPerYear: 365 }).trades;
    expect(borrowed.netReturn[2]).toBeCloseTo(-0.015 - 0.0001, 12);
  });

  it("opens nothing: where no position is open, a close does nothing", () => {
    const own = closedOrders();
    const nothing = runClosed({}, { ...own, side: new Int8Array(rows) });
    expect([nothing.trades.count, nothing.counts.candidates, nothing.finalEquity]).toEqual([0, 0, 1]);
  });

  it("closes every open position, and frees the account for the next", () => {
    const side = Int8Array.of(1, 1, 0, 1, 0, 0, 0);
    const close = Uint8Array.of(0, 0, 1, 0, 0, 0, 0);
    const steady = buildTape(matrixOf(new Array(7).fill(FLAT)));
    const { trades } = simulate(
      steady,
      { ...FREE_TERMS, maxPositions: 2, capitalShare: 0.5 },
      { side, size: null, fold: new Int8Array(7), close },
      { start: 0, end: 7 },
    );
    expect([...trades.decisionRow.slice(0, trades.count)]).toEqual([0, 1, 3]);
    expect([...trades.exitRow.slice(0, trades.count)]).toEqual([3, 3, 6]);
  });

  it("has not lived through the bar at whose open it left", () => {
    // Entered at the open of row 1 and left at that of row 2: one bar of seven.
    const steady = buildTape(matrixOf(new Array(7).fill(FLAT)));
    const own = { side: Int8Array.of(1, 0, 0, 0, 0, 0, 0), size: null, fold: new Int8Array(7), close: Uint8Array.of(0, 1, 0, 0, 0, 0, 0) };
    expect(simulate(steady, FREE_TERMS, own, { start: 0, end: 7 }).exposure).toBeCloseTo(1 / 7, 12);
    expect(simulate(steady, { ...FREE_TERMS, entry: "decision_close" }, own, { start: 0, end: 7 }).exposure).toBeCloseTo(1 / 7, 12);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExecutionTerms } from "#lib/backtest/execution.ts";
import { simulate } from "#lib/backtest/simulate.ts";
import { buildTape } from "#lib/backtest/tape.ts";
import { createTradeKernel, OPPOSITE_SIGNAL, type TradeKernel } from "#lib/backtest/trade-kernel.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { type Bar, FREE_TERMS, matrixOf, randomBars } from "./support.ts";

const ROWS = 160;
const bars = randomBars(ROWS, "kernel", 0, 0.02);
const side = Int8Array.from({ length: ROWS }, (_, row) => (row % 3 === 0 ? 1 : row % 7 === 0 ? -1 : 0));
const TERMS: ExecutionTerms = {
  ...FREE_TERMS,
  maxPositions: 3,
  capitalShare: 1 / 3,
  slippageBps: 5,
  borrowBpsPerYear: 100,
  brackets: { mode: "atr", atrPeriod: 5, stop: 1, target: 1.5, timeStopMinutes: null, timeStopBars: 2, minRr: 1, regimeAdjust: false },
};
const orders = { side, size: null, fold: new Int8Array(ROWS) };

/** The first rows of a matrix: what a live account has seen. */
const upTo = (rows: number): Matrix => matrixOf(bars.slice(0, rows));

/** Lives through one row of a tape of one symbol, as an account does. */
const step = (kernel: TradeKernel, row: number, wanted: number, close = false): void => {
  kernel.begin(row);
  kernel.pass(row, close);
  if (wanted !== 0) kernel.decide(row, wanted, 1, 0);
};

describe("createTradeKernel", () => {
  it("trades live, on a tape that ends at the current bar, what the backtest trades on the whole", () => {
    const whole = simulate(buildTape(matrixOf(bars)), TERMS, orders, { start: 0, end: ROWS }).trades;
    for (const rows of [40, 97, 159]) {
      const kernel = createTradeKernel(buildTape(upTo(rows)), TERMS);
      for (let row = 0; row < rows; row++) step(kernel, row, side[row]!);
      const seen = kernel.trades;
      expect(seen.count).toBeGreaterThan(10);
      for (let i = 0; i < seen.count; i++) {
        expect([seen.decisionRow[i], seen.entryFill[i], seen.stop[i], seen.notional[i]]).toEqual([
          whole.decisionRow[i],
          whole.entryFill[i],
          whole.stop[i],
          whole.notional[i],
        ]);
        if (seen.exitRow[i]! >= 0) expect([seen.exitRow[i], seen.pnl[i]]).toEqual([whole.exitRow[i], whole.pnl[i]]);
      }
      expect(kernel.openPositions()).toBe([...seen.exitRow.slice(0, seen.count)].filter((row) => row < 0).length);
    }
  });

  it("holds no more positions than allowed and risks a share of equity with each", () => {
    const { trades } = simulate(buildTape(matrixOf(bars)), { ...TERMS, brackets: null, holdBars: 9 }, orders, { start: 0, end: ROWS });
    for (let row = 0; row < ROWS; row++) {
      let open = 0;
      for (let i = 0; i < trades.count; i++) if (trades.entryRow[i]! <= row && trades.exitRow[i]! > row) open++;
      expect(open).toBeLessThanOrEqual(3);
    }
    for (let i = 0; i < trades.count; i++) expect(trades.notional[i]! / trades.equity[i]!).toBeCloseTo(1 / 3, 12);
  });

  it("scales down to the volatility target, never up, and waits until volatility is known", () => {
    const calm = randomBars(200, "calm", 0, 0.002);
    const wild = randomBars(200, "wild", 0, 0.04);
    const sized = (own: readonly Bar[], at: number) => {
      const tape = buildTape(matrixOf(own));
      const only = Int8Array.from({ length: 200 }, (_, row) => (row === at ? 1 : 0));
      const terms = { ...FREE_TERMS, volatilityTarget: 0.1 };
      const { trades, counts } = simulate(tape, terms, { side: only, size: null, fold: new Int8Array(200) }, { start: 0, end: 200 });
      return { size: trades.count === 1 ? trades.size[0]! : null, counts, volatility: tape.volatility()[at]! };
    };
    expect(sized(calm, 100).size).toBe(1);
    const { size, volatility } = sized(wild, 100);
    expect(size).toBeCloseTo(0.1 / volatility, 12);
    expect(volatility).toBeGreaterThan(0.4);
    // 60 returns need 61 sessions: known at row 60's close, not at row 59's.
    expect([sized(wild, 59).size, sized(wild, 59).counts.refusedUnknown]).toEqual([null, 1]);
    expect(sized(wild, 60).size).not.toBeNull();
  });

  it("waits for a known price: no fill at an unknown open, no exit at an unknown close", () => {
    const flat: Bar = [100, 100, 100, 100];
    const gap: Bar = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
    const run = (own: readonly Bar[]) =>
      simulate(
        buildTape(matrixOf(own)),
        { ...FREE_TERMS, holdBars: 2 },
        { side: Int8Array.from(own, (_, row) => (row === 0 ? 1 : 0)), size: null, fold: new Int8Array(own.length) },
        { start: 0, end: own.length },
      );
    expect(run([flat, gap, flat, flat]).counts).toMatchObject({ candidates: 1, filled: 0, unfilled: 1 });
    const late = run([flat, flat, gap, [101, 101, 101, 101], flat]);
    expect([late.trades.exitRow[0], late.trades.exitPrice[0]]).toEqual([3, 101]);
    expect([...late.dailyReturns.slice(0, 3)]).toEqual([0, 0, 0]);
  });

  it("multiplies ATR distances by the volatility regime, and refuses where the regime is unknown", () => {
    const regime = Float64Array.from({ length: ROWS }, (_, row) => (row < 80 ? 2 : Number.NaN));
    const tape = buildTape(matrixOf(bars, { features: { vol_regime: regime } }));
    const adjusted = { ...TERMS, brackets: { ...TERMS.brackets!, regimeAdjust: true } };
    const { trades, counts } = simulate(tape, adjusted, orders, { start: 0, end: ROWS });
    for (let i = 0; i < trades.count; i++) {
      const row = trades.decisionRow[i]!;
      expect(row).toBeLessThan(80);
      expect(Math.abs(trades.stop[i]! - trades.entryPrice[i]!)).toBeCloseTo(1.25 * tape.atr(5)[row]!, 9);
    }
    expect(counts.refusedUnknown).toBeGreaterThan(20);
  });

  it("ends an account that is gone: its returns are -1 and then 0", () => {
    const rows: Bar[] = [
      [100, 100, 100, 100],
      [100, 100, 100, 100],
      [250, 260, 240, 250],
      [250, 250, 250, 250],
      [250, 250, 250, 250],
      [250, 250, 250, 250],
    ];
    const own = { side: Int8Array.of(-1, 0, 0, 0, 1, 0), size: null, fold: new Int8Array(6) };
    const { dailyReturns, trades } = simulate(buildTape(matrixOf(rows)), { ...FREE_TERMS, holdBars: 2 }, own, { start: 0, end: 6 });
    expect([...dailyReturns]).toEqual([0, 0, -1, 0, 0, 0]);
    expect(trades.count).toBe(1);
  });

  it("only ever shortens a hold by an opposite signal, and decides nothing that it would not have decided", () => {
    const run = fc.record({
      seed: fc.nat(1000),
      hold: fc.integer({ min: 1, max: 12 }),
      every: fc.integer({ min: 2, max: 9 }),
      positions: fc.integer({ min: 1, max: 3 }),
      atClose: fc.boolean(),
      bracketed: fc.boolean(),
    });
    fc.assert(
      fc.property(run, ({ seed, hold, every, positions, atClose, bracketed }) => {
        const tape = buildTape(matrixOf(randomBars(ROWS, seed, 0, 0.02)));
        const terms: ExecutionTerms = {
          ...TERMS,
          entry: atClose ? "decision_close" : "next_open",
          holdBars: hold,
          maxPositions: positions,
          brackets: bracketed ? TERMS.brackets : null,
        };
        const long = Int8Array.from({ length: ROWS }, (_, row) => (row % 3 === 0 ? 1 : 0));
        const close = Uint8Array.from({ length: ROWS }, (_, row) => (long[row] === 0 && row % every === 1 ? 1 : 0));
        const plain = { side: long, size: null, fold: new Int8Array(ROWS) };
        const range = { start: 0, end: ROWS };
        const without = simulate(tape, terms, plain, range).trades;
        const closed = simulate(tape, terms, { ...plain, close }, range).trades;
        const own = new Map(Array.from({ length: without.count }, (_, i) => [without.decisionRow[i]!, without.exitRow[i]!]));
        for (let i = 0; i < closed.count; i++) {
          const decision = closed.decisionRow[i]!;
          expect(long[decision]).toBe(1);
          expect(closed.side[i]).toBe(1);
          expect(closed.exitRow[i]!).toBeLessThanOrEqual(Math.min(decision + hold, ROWS - 1));
          if (own.has(decision)) expect(closed.exitRow[i]!).toBeLessThanOrEqual(own.get(decision)!);
          if (closed.exitKind[i] !== OPPOSITE_SIGNAL) continue;
          // The signal was seen one bar before the open, or at the close itself, while the trade was open.
          const seen = closed.exitRow[i]! - (atClose ? 0 : 1);
          expect(close[seen]).toBe(1);
          expect(closed.exitPrice[i]).toBe((atClose ? tape.close : tape.open)[closed.exitRow[i]!]);
          expect(seen).toBeGreaterThan(decision);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("trades live on opposite signals what the backtest trades on the whole", () => {
    const long = side.map((wanted) => Math.max(wanted, 0));
    const close = Uint8Array.from({ length: ROWS }, (_, row) => (long[row] === 0 && row % 4 === 1 ? 1 : 0));
    const terms = { ...TERMS, holdBars: 8 };
    const whole = simulate(buildTape(matrixOf(bars)), terms, { ...orders, side: long, close }, { start: 0, end: ROWS }).trades;
    const live = createTradeKernel(buildTape(upTo(100)), terms);
    for (let row = 0; row < 100; row++) step(live, row, long[row]!, close[row] === 1);
    expect(live.trades.count).toBeGreaterThan(10);
    expect([...live.trades.exitKind.slice(0, live.trades.count)]).toContain(OPPOSITE_SIGNAL);
    for (let i = 0; i < live.trades.count; i++) {
      expect(live.trades.decisionRow[i]).toBe(whole.decisionRow[i]);
      if (live.trades.exitRow[i]! >= 0) expect([live.trades.exitRow[i], live.trades.pnl[i]]).toEqual([whole.exitRow[i], whole.pnl[i]]);
    }
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { causalCuts } from "#lib/backtest/causal-cut.ts";
import type { ExecutionTerms } from "#lib/backtest/execution.ts";
import { EXIT_KINDS } from "#lib/backtest/exit-kinds.ts";
import { type Orders, simulate } from "#lib/backtest/simulate.ts";
import { buildTape, type Tape } from "#lib/backtest/tape.ts";
import { createRng } from "#lib/core/rng.ts";
import type { UniverseStay } from "#lib/matrix/matrix.ts";
import { type Bar, FREE_TERMS, matrixOf, randomBars } from "./support.ts";
import { randomUniverse, stackedOf } from "./universe-support.ts";

const flat = (price: number): Bar => [price, price, price, price];
/** A symbol whose bars open and close at the same price each. */
const steady = (...prices: readonly number[]) => matrixOf(prices.map(flat));
const stay = (to: number | null, delistingReturn: number | null = null): UniverseStay => ({ from: null, to, delistingReturn });

interface Wish {
  readonly symbol: number;
  readonly bar: number;
  readonly side?: 1 | -1;
  readonly rank?: number;
  readonly close?: boolean;
}

/** Orders at the bars of symbols. */
function ordersOf(tape: Tape, wishes: readonly Wish[]): Orders {
  const side = new Int8Array(tape.rows);
  const rank = new Float64Array(tape.rows);
  const close = new Uint8Array(tape.rows);
  for (const wish of wishes) {
    const row = [...tape.symbol.keys()].find((at) => tape.symbol[at] === wish.symbol && tape.bar[at] === wish.bar)!;
    if (wish.close) close[row] = 1;
    else side[row] = wish.side ?? 1;
    rank[row] = wish.rank ?? 0;
  }
  return { side, size: null, fold: new Int8Array(tape.rows), rank, close };
}
const run = (tape: Tape, wishes: readonly Wish[], terms: Partial<ExecutionTerms> = {}) =>
  simulate(tape, { ...FREE_TERMS, ...terms }, ordersOf(tape, wishes), { start: 0, end: tape.rows });

/** [symbol, time of decision, time of entry, time of exit, exit price, kind] of each trade. */
const story = (tape: Tape, { trades }: ReturnType<typeof run>) =>
  Array.from({ length: trades.count }, (_, i) => [
    tape.symbol[trades.entryRow[i]!],
    tape.time[trades.decisionRow[i]!],
    tape.time[trades.entryRow[i]!],
    tape.time[trades.exitRow[i]!],
    trades.exitPrice[i],
    EXIT_KINDS[trades.exitKind[i]!],
  ]);

describe("one account over many symbols", () => {
  const three = buildTape(stackedOf([steady(10, 10, 11, 12, 13, 14), steady(20, 20, 20, 20, 20, 20), steady(30, 30, 29, 28, 27, 26)]));

  it("gives the free places of a moment to the more confident, and of equal ones to the earlier symbol", () => {
    const all = (ranks: readonly number[]): Wish[] => ranks.map((rank, symbol) => ({ symbol, bar: 0, rank }));
    const chosen = (ranks: readonly number[], places: number) =>
      story(three, run(three, all(ranks), { maxPositions: places })).map(([symbol]) => symbol);
    expect(chosen([0.6, 0.9, 0.7], 1)).toEqual([1]);
    expect(chosen([0.6, 0.9, 0.7], 2).sort()).toEqual([1, 2]);
    expect(chosen([0.8, 0.7, 0.8], 1)).toEqual([0]);
    expect(chosen([0.8, 0.8, 0.8], 2).sort()).toEqual([0, 1]);
  });

  it("holds each position by its own symbol's bars and prices, out of one equity", () => {
    const both = run(
      three,
      [
        { symbol: 0, bar: 0 },
        { symbol: 2, bar: 0, side: -1 },
      ],
      { maxPositions: 2, capitalShare: 0.5 },
    );
    // Both enter at time 1 and leave at time 3: 10 to 12, and short 30 to 28. Half the equity of 1 each.
    expect(story(three, both)).toEqual([
      [0, 0, 1, 3, 12, "label_end"],
      [2, 0, 1, 3, 28, "label_end"],
    ]);
    expect(both.finalEquity).toBeCloseTo(1 + 0.5 * (12 / 10 - 1) + 0.5 * (2 / 30), 12);
    // Marked at every close: 11 and 29 after two sessions.
    expect(1 + both.dailyReturns[2]!).toBeCloseTo(1 + 0.5 * (11 / 10 - 1) + 0.5 * (1 / 30), 12);
    expect(both.exposure).toBeCloseTo((2 * 3 * 0.5) / 6, 12);
    expect(both.netExposure).toBeCloseTo(0, 12);
  });

  it("counts cooldown and daily cap over the account; what is decided in one moment is one decision", () => {
    const wishes: Wish[] = [0, 1, 2].flatMap((symbol) => [0, 1].map((bar) => ({ symbol, bar, rank: -symbol })));
    const terms = { maxPositions: 9, capitalShare: 0.1 };
    const decided = (extra: Partial<ExecutionTerms>) =>
      story(three, run(three, wishes, { ...terms, ...extra })).map(([symbol, at]) => [at, symbol]);
    expect(decided({})).toHaveLength(6);
    expect(decided({ maxTradesPerDay: 2 })).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    // A session is a day apart: a cooldown of two days leaves the first moment only, with all three symbols.
    expect(decided({ cooldownMinutes: 2 * 24 * 60 })).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ]);
  });

  it("closes by the opposite signal of a symbol what is open in that symbol only", () => {
    const wishes: Wish[] = [
      { symbol: 0, bar: 0 },
      { symbol: 1, bar: 0 },
      { symbol: 0, bar: 1, close: true },
    ];
    expect(story(three, run(three, wishes, { maxPositions: 2, capitalShare: 0.5 }))).toEqual([
      [0, 0, 1, 2, 11, "opposite_signal"],
      [1, 0, 1, 3, 20, "label_end"],
    ]);
  });

  it("fills nothing and knows no new price where a symbol's bar is missing", () => {
    // Symbol 0 lacks times 1 and 3: the order of time 0 fills with its next bar, at 11, and the hold counts its own bars.
    const holed = buildTape(
      stackedOf(
        [steady(10, 10, 11, 12, 13, 14, 15), steady(20, 20, 20, 20, 20, 20, 20)],
        (symbol, row) => symbol === 1 || (row !== 1 && row !== 3),
      ),
    );
    const result = run(holed, [{ symbol: 0, bar: 0 }]);
    expect(story(holed, result)).toEqual([[0, 0, 2, 5, 14, "label_end"]]);
    // Time 3 has no price of symbol 0: the mark stays at 11.
    expect([...result.dailyReturns].map((value) => Math.round(1e9 * value) / 1e9)).toEqual([0, 0, 0, 0, 0.181818182, 0.076923077, 0]);
  });

  it("ends what it holds of a member that left at the member's last close, and of a delisted one at what holders got", () => {
    // Sessions 2024-01-01 to 2024-01-08. Symbol 0 has bars of the first three and belongs up to then.
    const prices = [steady(10, 10, 12, 12, 12, 12), steady(20, 20, 20, 20, 20, 20)];
    const tape = (end: UniverseStay) => buildTape(stackedOf(prices, (symbol, row) => symbol === 1 || row < 3, [[end], [stay(null)]]));
    const wishes: Wish[] = [
      { symbol: 0, bar: 0 },
      { symbol: 0, bar: 2 },
      { symbol: 1, bar: 3 },
    ];
    const left = run(tape(stay(20240104)), wishes, { slippageBps: 10, maxPositions: 2 });
    expect(story(tape(stay(20240104)), left)).toEqual([
      [0, 0, 1, 2, 12, "end_of_data"],
      [1, 3, 4, 5, 20, "end_of_data"],
    ]);
    expect(left.counts.unfilled).toBe(1);

    const gone = run(tape(stay(20240104, -0.25)), wishes, { slippageBps: 10, maxPositions: 2 });
    expect(story(tape(stay(20240104, -0.25)), gone)[0]).toEqual([0, 0, 1, 2, 9, "delisted"]);
    // In at 10 x 1.001; paid out 12 x 0.75 without a trade, in the session after the last.
    expect(gone.trades.netReturn[0]).toBeCloseTo(9 / 10.01 - 1, 12);
    expect([gone.dailyReturns[2]! > 0, gone.dailyReturns[3]]).toEqual([true, expect.closeTo(9 / 12 - 1, 9)]);
    // The bars go on after another date than the membership's end: nobody knows what holders got then.
    expect(story(tape(stay(20240108, -0.25)), run(tape(stay(20240108, -0.25)), wishes))[0]!.at(-1)).toBe("end_of_data");
  });

  it("gives a symbol up that misses more sessions than a feed may", () => {
    const prices = [steady(...new Array(14).fill(10)), steady(...new Array(14).fill(20))];
    const tape = buildTape(stackedOf(prices, (symbol, row) => symbol === 1 || row < 3));
    const { trades } = run(
      tape,
      [
        { symbol: 0, bar: 1 },
        { symbol: 1, bar: 8 },
        { symbol: 1, bar: 9 },
      ],
      { holdBars: 3 },
    );
    // The place is free again six missed sessions after the last bar: with the decision of time 9, not of time 8.
    expect(story(tape, { trades } as never)).toEqual([
      [0, 1, 2, 2, 10, "end_of_data"],
      [1, 9, 10, 12, 20, "label_end"],
    ]);
  });

  it("measures it against the universe, equally weighted among the members that have a return", () => {
    const prices = [steady(10, 11, 11, 11), steady(20, 20, 19, 19), steady(5, 5, 5, 10)];
    const tape = buildTape(
      stackedOf(prices, (symbol, row) => !(symbol === 0 && row > 1) && !(symbol === 2 && row < 2), [
        [stay(20240103, -0.5)],
        [stay(null)],
        [stay(null)],
      ]),
    );
    // Session 1: +10 % and 0. Session 2: delisted -50 %, -5 %; the new member has no return yet. Session 3: 0 and +100 %.
    expect(tape.sessionReturn[0]).toBeNaN();
    expect([...tape.sessionReturn.slice(1)].map((value) => Math.round(1e9 * value) / 1e9)).toEqual([0.05, -0.275, 0.5]);
  });

  it("knows averages of each symbol by its own bars", () => {
    const matrices = [matrixOf(randomBars(120, "a")), matrixOf(randomBars(120, "b"))];
    const tape = buildTape(stackedOf(matrices, (symbol, row) => symbol === 0 || row >= 30));
    const own = buildTape(matrices[0]!);
    const rows = [...tape.symbol.keys()].filter((row) => tape.symbol[row] === 0);
    for (const name of ["volatility", "dollarVolume"] as const) expect(rows.map((row) => tape[name]()[row])).toEqual([...own[name]()]);
    expect(rows.map((row) => tape.atr(14)[row])).toEqual([...own.atr(14)]);
    expect([tape.rowAhead(rows[5]!, 3), tape.rowAhead(rows.at(-1)!, 1)]).toEqual([rows[8], -1]);
  });

  it("is the account of one symbol where the universe has one, whatever the terms", () => {
    const spec = fc.record({
      seed: fc.nat(1000),
      hold: fc.integer({ min: 1, max: 8 }),
      positions: fc.integer({ min: 1, max: 3 }),
      atClose: fc.boolean(),
    });
    fc.assert(
      fc.property(spec, ({ seed, hold, positions, atClose }) => {
        const alone = matrixOf(randomBars(80, seed, 0, 0.02));
        const idle = matrixOf(randomBars(80, `${seed}:idle`, 0, 0.02));
        const side = Int8Array.from({ length: 80 }, (_, row) => (row % 3 === 0 ? 1 : row % 7 === 0 ? -1 : 0));
        const terms: Partial<ExecutionTerms> = {
          holdBars: hold,
          maxPositions: positions,
          capitalShare: 1 / positions,
          slippageBps: 4,
          borrowBpsPerYear: 200,
          entry: atClose ? "decision_close" : "next_open",
          brackets: {
            mode: "atr",
            atrPeriod: 5,
            stop: 1,
            target: 2,
            timeStopMinutes: null,
            timeStopBars: 4,
            minRr: 1,
            regimeAdjust: false,
          },
        };
        const tape = buildTape(alone);
        const own = simulate(tape, { ...FREE_TERMS, ...terms }, { side, size: null, fold: new Int8Array(80) }, { start: 0, end: 80 });
        const two = buildTape(stackedOf([alone, idle]));
        const doubled = Int8Array.from({ length: 160 }, (_, row) => (two.symbol[row] === 0 ? side[two.bar[row]!]! : 0));
        const all = simulate(
          two,
          { ...FREE_TERMS, ...terms },
          { side: doubled, size: null, fold: new Int8Array(160) },
          { start: 0, end: 160 },
        );
        expect(all.dailyReturns).toEqual(own.dailyReturns);
        for (const name of ["pnl", "entryMs", "exitMs", "exitKind", "notional"] as const)
          expect([...all.trades[name].slice(0, all.trades.count)]).toEqual([...own.trades[name].slice(0, own.trades.count)]);
        expect([all.exposure, all.netExposure, all.counts]).toEqual([own.exposure, own.netExposure, own.counts]);
      }),
      { numRuns: 40 },
    );
  });

  it("never holds more than its places, and never trades a bar that is not there", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 4 }), (seed, places) => {
        const tape = buildTape(randomUniverse(4, 60, seed, { missing: 0.2 }));
        const rng = createRng(`wishes:${seed}`);
        const side = Int8Array.from({ length: tape.rows }, () => (rng.uniform() < 0.3 ? (rng.uniform() < 0.5 ? 1 : -1) : 0));
        const rank = Float64Array.from({ length: tape.rows }, () => rng.uniform());
        const terms = { ...FREE_TERMS, maxPositions: places, capitalShare: 1 / places };
        const { trades } = simulate(tape, terms, { side, rank, size: null, fold: new Int8Array(tape.rows) }, { start: 0, end: tape.rows });
        for (let time = 0; time < tape.axis.times.length; time++) {
          let open = 0;
          for (let i = 0; i < trades.count; i++)
            if (tape.time[trades.entryRow[i]!]! <= time && tape.time[trades.exitRow[i]!]! > time) open++;
          expect(open).toBeLessThanOrEqual(places);
        }
        for (let i = 0; i < trades.count; i++) {
          const [decision, entry, exit] = [trades.decisionRow[i]!, trades.entryRow[i]!, trades.exitRow[i]!];
          expect(tape.symbol[entry]).toBe(tape.symbol[decision]);
          expect(tape.symbol[exit]).toBe(tape.symbol[decision]);
          expect(tape.bar[entry]).toBe(tape.bar[decision]! + 1);
          expect([trades.entryPrice[i], trades.exitPrice[i]]).toEqual([tape.open[entry], tape.close[exit]]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("causalCuts", () => {
  it("ranks the symbols of a moment among earlier moments only: the order of the symbols changes nothing", () => {
    const rng = createRng("cuts");
    const reference = Float64Array.from({ length: 70 }, () => rng.uniform());
    const ts = Float64Array.from({ length: 90 }, (_, i) => Math.floor(i / 3));
    const values = Float64Array.from({ length: 90 }, () => rng.uniform());
    const cuts = causalCuts(reference, values, 0.2, ts);
    for (let i = 0; i < 90; i += 3) expect(new Set(cuts.slice(i, i + 3)).size).toBe(1);
    const turned = values.map((_, i) => values[3 * Math.floor(i / 3) + 2 - (i % 3)]!);
    expect(causalCuts(reference, turned, 0.2, ts)).toEqual(cuts);
    // With times of their own, each value would be ranked among those of its moment too.
    expect(causalCuts(reference, values, 0.2)).not.toEqual(cuts);
  });
});

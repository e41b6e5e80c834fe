import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExecutionTerms } from "#lib/backtest/execution.ts";
import { EXIT_KINDS } from "#lib/backtest/exit-kinds.ts";
import { QUOTED, REPRICED, TRADED } from "#lib/backtest/options/contract-prices.ts";
import type { UnderlyingMinutes } from "#lib/backtest/options/contract-tape.ts";
import { createLongOptions, type OptionTerms } from "#lib/backtest/options/long-options.ts";
import { rawScaleOf } from "#lib/backtest/options/option-evaluation.ts";
import { simulate } from "#lib/backtest/simulate.ts";
import { buildTape } from "#lib/backtest/tape.ts";
import { createRng } from "#lib/core/rng.ts";
import { type Bar, FREE_TERMS, matrixOf, randomBars } from "../support.ts";
import { contractTapeOf, PLAIN_OPTIONS, type TestChoice, type TestContract } from "./support.ts";

/** Six bars an hour long; the second session is Tuesday 2024-01-02 and its rows are 6 to 11. */
const PER_SESSION = 6;
const DAY = 20240102;
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Row 6 opens at 9:30 New York and decides at 10:30. */
const OPEN = Date.UTC(2024, 0, 2, 14, 30);
const at = (hours: number, minutes = 0): number => OPEN + hours * HOUR + minutes * MINUTE;
const CLOSE = at(6, 30);
const FLAT: Bar = [100, 100, 100, 100];

/** Premium up to 2 % of capital: 200 dollars. */
const TERMS: ExecutionTerms = { ...FREE_TERMS, capitalShare: 0.02, sessionBound: true };

interface Story {
  /** Bars of rows 7 to 11; others are flat at 100. */
  readonly bars?: readonly Bar[];
  readonly side?: 1 | -1;
  readonly contract?: Partial<TestContract>;
  readonly known?: TestChoice;
  readonly terms?: Partial<ExecutionTerms>;
  readonly options?: Partial<OptionTerms>;
  readonly minutes?: UnderlyingMinutes;
  readonly factor?: Float64Array;
}

/** One decision at row 6 on one contract; what became of it, in dollars. */
function trade(story: Story = {}) {
  const { side = 1 } = story;
  const bars = Array.from({ length: 2 * PER_SESSION }, (_, row) => story.bars?.[row - 7] ?? FLAT);
  const matrix = matrixOf(bars, { barsPerSession: PER_SESSION, ...(story.factor ? { factor: story.factor } : {}) });
  const tape = buildTape(matrix);
  const contract: TestContract = {
    strike: 100,
    expiry: DAY,
    right: side,
    prices: [1, 2, 3, 4, 5, 6].map((hour) => [at(hour), 0.97, 1.03] as const),
    ...story.contract,
  };
  const contracts = contractTapeOf(matrix, [contract], story.known, story.minutes ?? null);
  const terms = { ...TERMS, ...story.terms };
  const options = createLongOptions({ tape, contracts, rawScale: rawScaleOf(matrix) }, terms, { ...PLAIN_OPTIONS, ...story.options });
  const sides = Int8Array.from(bars, (_, row) => (row === 6 ? side : 0));
  const result = simulate(
    tape,
    terms,
    { side: sides, size: null, fold: new Int8Array(bars.length) },
    { start: 0, end: bars.length },
    options,
  );
  const { trades: log, counts } = result;
  return {
    result,
    counts,
    unfilled: options.unfilled,
    columns: options.trades,
    filled: log.count,
    kind: log.count === 0 ? null : EXIT_KINDS[log.exitKind[0]!],
    exitRow: log.exitRow[0],
    entryFill: log.entryFill[0]!,
    exitFill: log.exitFill[0]!,
    contracts: options.trades.contracts[0],
    pnlUsd: log.pnl[0]! * 10_000,
    feesUsd: options.trades.fees[0],
    sources: [options.trades.entrySource[0], options.trades.exitSource[0]],
    equityUsd: result.finalEquity * 10_000,
  };
}

const BRACKETS = {
  mode: "percent",
  atrPeriod: 14,
  stop: 0.02,
  target: 2,
  timeStopMinutes: null,
  timeStopBars: null,
  minRr: 1,
  regimeAdjust: false,
} as const;
/** Minutes of the bar that begins `hour` hours after the open: flat, but for one of them. */
const minutesWith = (hour: number, minute: number, high: number, low: number, flat = 100): UnderlyingMinutes => {
  const length = 60;
  return {
    endMs: Float64Array.from({ length }, (_, i) => at(hour, i + 1)),
    high: Float64Array.from({ length }, (_, i) => (i === minute ? high : flat)),
    low: Float64Array.from({ length }, (_, i) => (i === minute ? low : flat)),
  };
};

describe("createLongOptions", () => {
  it("buys .97 at 1.03 for 1.04 and sells it for .96: a round trip costs 8.00, with fees 9.30", () => {
    const free = trade({ options: { feePerContract: 0 } });
    expect([free.entryFill, free.exitFill, free.contracts]).toEqual([1.04, 0.96, 1]);
    expect(free.pnlUsd).toBeCloseTo(-8, 9);
    const one = trade();
    expect(one.pnlUsd).toBeCloseTo(-9.3, 9);
    expect(one.feesUsd).toBeCloseTo(1.3, 12);
    expect([one.kind, one.exitRow, ...one.sources]).toEqual(["label_end", 9, QUOTED, QUOTED]);
    expect(one.equityUsd).toBeCloseTo(9990.7, 9);
  });

  it("buys a put where the model sells, and gains when the underlying falls", () => {
    const quotes = [
      [at(1), 0.97, 1.03],
      [at(4), 3.95, 4.05],
    ] as const;
    const put = trade({ side: -1, contract: { prices: quotes } });
    // Bought at 1.04, sold at 3.94: 290 dollars less 1.30.
    expect(put.entryFill).toBeCloseTo(1.04, 12);
    expect(put.exitFill).toBeCloseTo(3.94, 12);
    expect(put.pnlUsd).toBeCloseTo(288.7, 9);
    expect(put.result.trades.side[0]).toBe(-1);
  });

  it("pays the quote of the entry, whatever the decision saw", () => {
    // Seen at .97 to 1.03; one minute into the entry bar is the first quote, and it is dearer.
    const late = trade({
      contract: {
        prices: [
          [at(1, 1), 1.17, 1.23],
          [at(4), 0.97, 1.03],
        ],
      },
    });
    expect(late.entryFill).toBeCloseTo(1.24, 12);
    expect(late.columns.spreadPct[0]).toBeCloseTo(5, 9);
  });

  it("buys as many whole contracts as the premium at risk allows, at the fill and with the fee", () => {
    // 1,000 dollars: 9 x 104.65 = 941.85.
    expect(trade({ terms: { capitalShare: 0.1 } }).contracts).toBe(9);
    expect(trade({ terms: { capitalShare: 0.1 }, options: { maxContracts: 5 } }).contracts).toBe(5);
    expect(trade({ terms: { capitalShare: 0.01047 } }).contracts).toBe(1);
    const poor = trade({ terms: { capitalShare: 0.0104 } });
    expect([poor.filled, poor.unfilled, poor.counts.candidates, poor.counts.unfilled]).toEqual([
      0,
      { capital_below_one_contract: 1 },
      1,
      1,
    ]);
  });

  it.each([
    ["oi_below_min", { openInterest: 99 }, { minOpenInterest: 100 }],
    ["oi_below_min", { openInterest: Number.NaN }, { minOpenInterest: 100 }],
    ["volume_below_min", { volume: 49 }, { minVolume: 50 }],
    ["iv_below_min", { iv: 0.19 }, { minVolatility: 0.2 }],
    // .97 at 1.03 is 6 % wide.
    ["spread_above_max", {}, { maxSpreadPct: 5.9 }],
    ["spread_above_max", { bid: Number.NaN, ask: Number.NaN, last: 1 }, { maxSpreadPct: 50 }],
    ["no_price", { bid: Number.NaN, ask: Number.NaN }, {}],
    ["no_chain", { choice: 1 }, {}],
    ["no_expiry", { choice: 2 }, {}],
    ["no_strike", { choice: 3 }, {}],
    ["no_delta_in_band", { choice: 4 }, {}],
  ] as const)("leaves a candidate unfilled: %s", (reason, known, options) => {
    const refused = trade({ known, options });
    expect([refused.filled, refused.unfilled, refused.counts.candidates]).toEqual([0, { [reason]: 1 }, 1]);
    expect(refused.equityUsd).toBe(10_000);
  });

  it.each([
    ["open interest", { openInterest: 100 }, { minOpenInterest: 100 }],
    ["volume", { volume: 50 }, { minVolume: 50 }],
    ["volatility", { iv: 0.2 }, { minVolatility: 0.2 }],
    ["spread", {}, { maxSpreadPct: 6.0001 }],
  ] as const)("fills a candidate that just meets its limit of %s", (_, known, options) => {
    expect(trade({ known, options }).filled).toBe(1);
  });

  it("does not trade across a split: the contract would change its terms", () => {
    const factor = Float64Array.from({ length: 12 }, (_, row) => (row < 8 ? 1 : 2));
    expect(trade({ factor }).unfilled).toEqual({ split_within_hold: 1 });
    const dividend = Float64Array.from({ length: 12 }, (_, row) => (row < 8 ? 1 : 1.01));
    expect(trade({ factor: dividend }).filled).toBe(1);
  });

  describe("expiry", () => {
    /** Held to 16:00: the last bar of the session ends then. */
    const held = (close: number, right: 1 | -1 = 1) => {
      const bars = Array.from({ length: 6 }, (): Bar => [close, close, close, close]);
      const matrix = matrixOf([...Array.from({ length: 6 }, () => FLAT), FLAT, ...bars.slice(1)], { barsPerSession: PER_SESSION });
      // The session's last bar ends at its close.
      matrix.ts[11] = CLOSE;
      const tape = buildTape(matrix);
      const contract: TestContract = {
        strike: 100,
        expiry: DAY,
        right,
        prices: [
          [at(1), 0.97, 1.03],
          [CLOSE, 3.9, 4.3],
        ],
      };
      const terms = { ...TERMS, holdBars: 5 };
      const options = createLongOptions(
        { tape, contracts: contractTapeOf(matrix, [contract]), rawScale: rawScaleOf(matrix) },
        terms,
        PLAIN_OPTIONS,
      );
      const side = Int8Array.from({ length: 12 }, (_, row) => (row === 6 ? right : 0));
      const { trades, finalEquity } = simulate(tape, terms, { side, size: null, fold: new Int8Array(12) }, { start: 0, end: 12 }, options);
      return {
        kind: EXIT_KINDS[trades.exitKind[0]!],
        fill: trades.exitFill[0],
        pnl: trades.pnl[0]! * 10_000,
        equity: finalEquity * 10_000,
      };
    };

    it("settles in the money at intrinsic value: no spread, no slippage, no fee", () => {
      const { kind, fill, pnl, equity } = held(104);
      expect([kind, fill]).toEqual(["expiry", 4]);
      // 400 less 104 less 0.65.
      expect(pnl).toBeCloseTo(295.35, 9);
      expect(equity).toBeCloseTo(10_295.35, 9);
      expect(held(96, -1)).toMatchObject({ kind: "expiry", fill: 4 });
    });

    it("is worth nothing out of the money, and loses what was paid", () => {
      const { kind, fill, pnl } = held(99);
      expect([kind, fill]).toEqual(["expiry", 0]);
      expect(pnl).toBeCloseTo(-104.65, 9);
    });

    it("settles when it comes before the exit, and on the price before it where the bar of the expiry is missing", () => {
      // Held over night; the contract ended at 16:00, half an hour after the last bar.
      const bars = Array.from({ length: 18 }, (_, row): Bar => (row === 11 ? [103, 103, 103, 103] : row > 11 ? [90, 90, 90, 90] : FLAT));
      const matrix = matrixOf(bars, { barsPerSession: PER_SESSION });
      const tape = buildTape(matrix);
      const contracts = contractTapeOf(matrix, [{ strike: 100, expiry: DAY, right: 1, prices: [[at(1), 0.97, 1.03]] }]);
      const terms = { ...TERMS, sessionBound: false, holdBars: 9, brackets: BRACKETS };
      const options = createLongOptions({ tape, contracts, rawScale: rawScaleOf(matrix) }, terms, PLAIN_OPTIONS);
      const side = Int8Array.from({ length: 18 }, (_, row) => (row === 6 ? 1 : 0));
      const { trades } = simulate(tape, terms, { side, size: null, fold: new Int8Array(18) }, { start: 0, end: 18 }, options);
      expect([EXIT_KINDS[trades.exitKind[0]!], trades.exitRow[0], trades.exitFill[0]]).toEqual(["expiry", 12, 3]);
    });

    it("refuses a contract that has ended when it would be bought", () => {
      expect(trade({ contract: { expiry: 20231229 } }).unfilled).toEqual({ expired_at_entry: 1 });
    });
  });

  describe("exits on the underlying's bars", () => {
    const terms = { brackets: BRACKETS };

    it("sells at the stop at the price of the minute in which it was touched", () => {
      // The bar from 11:30 falls to 97 in its 21st minute; the contract trades at .50 in it. The bar's end knows better, but later.
      const stopped = trade({
        terms,
        bars: [FLAT, [100, 100, 97, 99]],
        minutes: minutesWith(2, 20, 100, 97),
        contract: {
          prices: [
            [at(1), 0.97, 1.03],
            [at(2, 21), 0.5],
            [at(3), 0.8, 0.86],
          ],
        },
      });
      expect([stopped.kind, stopped.exitRow, stopped.sources[1]]).toEqual(["stop", 8, TRADED]);
      // A tenth of .50 is a nickel: .50 - .025 - .01.
      expect(stopped.exitFill).toBeCloseTo(0.465, 12);
    });

    it("takes the stop where a bar touches stop and target, and the target where it touches that alone", () => {
      const both = trade({ terms, bars: [FLAT, [100, 105, 97, 99]] });
      expect([both.kind, both.counts.ambiguousBars]).toEqual(["stop", 1]);
      const target = trade({
        terms,
        bars: [FLAT, [100, 105, 100, 101]],
        minutes: minutesWith(2, 5, 105, 100),
        contract: {
          prices: [
            [at(1), 0.97, 1.03],
            [at(2, 6), 4.2],
            [at(3), 1.3, 1.4],
          ],
        },
      });
      expect([target.kind, target.sources[1]]).toEqual(["target", TRADED]);
      // 4.20 - .21 - .01.
      expect(target.exitFill).toBeCloseTo(3.98, 12);
    });

    it("mirrors the levels for puts", () => {
      const up = trade({ terms, side: -1, bars: [FLAT, [100, 103, 100, 101]] });
      const down = trade({ terms, side: -1, bars: [FLAT, [100, 100, 95, 99]] });
      expect([up.kind, down.kind]).toEqual(["stop", "target"]);
    });

    it("reprices at the level where nobody knows the minute, and says so", () => {
      const stopped = trade({ terms, bars: [FLAT, [100, 100, 97, 99]] });
      expect([stopped.kind, stopped.sources[1]]).toEqual(["stop", REPRICED]);
      // 1.00 at 10:30 with 5.5 hours left and 100 at 100 implies 0.1001 x sqrt(1 / T); at 98 with 4 hours left little is left.
      expect(stopped.columns.exitMid[0]).toBeGreaterThan(0.1);
      expect(stopped.columns.exitMid[0]).toBeLessThan(0.3);
    });

    it("fills a gap through the stop at the first price after the open", () => {
      const gapped = trade({
        terms,
        bars: [FLAT, [96, 96, 95, 96]],
        contract: {
          prices: [
            [at(1), 0.97, 1.03],
            [at(2), 0.1, 0.14],
          ],
        },
      });
      expect(gapped.kind).toBe("stop");
      expect(gapped.exitFill).toBeCloseTo(0.09, 12);
    });

    it("leaves at the time stop", () => {
      const timed = trade({ terms: { brackets: { ...BRACKETS, stop: null, target: null, timeStopBars: 2 } } });
      expect([timed.kind, timed.exitRow]).toEqual(["time_stop", 8]);
      expect(timed.pnlUsd).toBeCloseTo(-9.3, 9);
    });

    it("buys at a limit of the underlying at the price of the minute in which it was reached", () => {
      const limit = trade({
        terms: { orderType: "limit" },
        bars: [[101, 101, 99, 100], FLAT, FLAT],
        minutes: minutesWith(1, 9, 101, 99, 101),
        contract: {
          prices: [
            [at(1), 1.5, 1.6],
            [at(1, 10), 0.9],
            [at(4), 0.97, 1.03],
          ],
        },
      });
      expect([limit.filled, limit.sources[0]]).toEqual([1, TRADED]);
      // .90 + .045 + .01.
      expect(limit.entryFill).toBeCloseTo(0.955, 12);
      const missed = trade({ terms: { orderType: "limit" }, bars: [[101, 102, 100.5, 101]] });
      expect([missed.filled, missed.counts.unfilled]).toEqual([0, 1]);
    });
  });

  it("trades at a modelled spread where there is a trade and no quote, and at a model's price where there is neither", () => {
    const traded = trade({
      contract: {
        prices: [
          [at(1, 1), 1],
          [at(4), 1],
        ],
      },
    });
    expect(traded.sources).toEqual([TRADED, TRADED]);
    // A tenth of 1.00: half is .05, and a cent more.
    expect([traded.entryFill, traded.exitFill]).toEqual([1.06, 0.94]);
    expect(traded.columns.spreadPct[0]).toBeNaN();
    const blind = trade({ contract: { prices: [] } });
    expect(blind.sources).toEqual([REPRICED, REPRICED]);
    // Nothing has moved since the decision's 1.00 but time: bought at 1.00 + .05 + .01.
    expect(blind.entryFill).toBeCloseTo(1.06, 9);
    // Three of 5.5 hours later an at-the-money option is worth sqrt(2.5 / 5.5) of it.
    expect(blind.columns.exitMid[0]).toBeCloseTo(Math.sqrt(2.5 / 5.5), 3);
    expect(blind.columns.repricedMarks[0]).toBe(1);
  });

  it("does not take a quote for the present that is older than a quarter of an hour", () => {
    expect(
      trade({
        contract: {
          prices: [
            [at(1), 0.97, 1.03],
            [at(3, 45), 0.97, 1.03],
          ],
        },
      }).sources[1],
    ).toBe(QUOTED);
    expect(
      trade({
        contract: {
          prices: [
            [at(1), 0.97, 1.03],
            [at(3, 44), 0.97, 1.03],
          ],
        },
      }).sources[1],
    ).toBe(REPRICED);
  });

  it("marks the account at the middle of the quote at every close", () => {
    const quotes = [
      [at(1), 0.97, 1.03],
      [at(2), 1.95, 2.05],
      [at(3), 2.95, 3.05],
      [at(4), 0.97, 1.03],
    ] as const;
    const { result } = trade({ contract: { prices: quotes } });
    const equity = result.barReturns!.map((value) => 1 + value);
    // Row 7: 100 dollars more than the middle of the entry, less 4 of half spread and slippage and 0.65; row 8: 100 more.
    expect(10_000 * equity[7]!).toBeCloseTo(10_095.35, 9);
    expect(10_000 * equity[7]! * equity[8]!).toBeCloseTo(10_195.35, 9);
    expect(10_000 * equity[7]! * equity[8]! * equity[9]!).toBeCloseTo(9990.7, 9);
  });

  it("reads nothing that comes after the bar it is in", () => {
    const early = trade();
    const later = trade({
      contract: { prices: [...[1, 2, 3, 4].map((hour) => [at(hour), 0.97, 1.03] as const), [at(5), 50, 51], [at(6), 60, 61]] },
    });
    expect([later.pnlUsd, later.equityUsd]).toEqual([early.pnlUsd, early.equityUsd]);
  });

  it("halves or doubles spread and slippage, not the fee", () => {
    expect(trade({ options: { slippageFactor: 0.5 } }).entryFill).toBeCloseTo(1.02, 12);
    expect(trade({ options: { slippageFactor: 2 } }).exitFill).toBeCloseTo(0.92, 12);
    expect(trade({ options: { slippageFactor: 2 } }).feesUsd).toBeCloseTo(1.3, 12);
  });

  it("sells what nobody bids for at nothing, without a fee", () => {
    const dead = trade({
      contract: {
        prices: [
          [at(1), 0.97, 1.03],
          [at(4), 0, 0.01],
        ],
      },
    });
    expect([dead.exitFill, dead.feesUsd]).toEqual([0, 0.65]);
    expect(dead.pnlUsd).toBeCloseTo(-104.65, 9);
  });

  it("keeps the account to the cent: what equity gains is what the trades earned, on any tape", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 4 }), fc.boolean(), (seed, maxPositions, bracketed) => {
        const rows = 20 * PER_SESSION;
        const matrix = matrixOf(randomBars(rows, `options/${seed}`, 0, 0.006), { barsPerSession: PER_SESSION });
        const tape = buildTape(matrix);
        const rng = createRng(`options/${seed}/quotes`);
        const sessions = [...new Set(matrix.sessionDate)];
        // One call and one put that expire in the middle of the tape, quoted, traded or unknown at each moment.
        const expiry = sessions[10]!;
        const contracts = ([1, -1] as const).map(
          (right): TestContract => ({
            strike: 100,
            expiry,
            right,
            prices: Array.from(matrix.ts).flatMap((ms): TestContract["prices"][number][] => {
              const mid = Math.round(rng.uniform() * 400) / 100;
              const draw = rng.uniform();
              if (draw < 0.2) return [];
              return [draw < 0.4 ? [ms, mid + 0.01] : [ms, mid, mid + Math.round(rng.uniform() * 20) / 100 + 0.01]];
            }),
          }),
        );
        const terms: ExecutionTerms = {
          ...TERMS,
          sessionBound: false,
          holdBars: 7,
          capitalShare: 0.1,
          maxPositions,
          brackets: bracketed ? BRACKETS : null,
        };
        const options = createLongOptions(
          { tape, contracts: contractTapeOf(matrix, contracts), rawScale: rawScaleOf(matrix) },
          terms,
          PLAIN_OPTIONS,
        );
        const side = Int8Array.from({ length: rows }, () => Math.floor(3 * rng.uniform()) - 1);
        const { trades, finalEquity, dailyReturns, counts } = simulate(
          tape,
          terms,
          { side, size: null, fold: new Int8Array(rows) },
          { start: 0, end: rows },
          options,
        );
        let earned = 0;
        let gross = 0;
        let costs = 0;
        let cents = 0;
        for (let i = 0; i < trades.count; i++) {
          const { entryMid, exitMid, contracts: held, fees } = options.trades;
          earned += trades.pnl[i]! * 10_000;
          gross += 100 * held[i]! * (exitMid[i]! - entryMid[i]!);
          costs += trades.costs[i]! * 10_000;
          cents += 100 * held[i]! * (trades.exitFill[i]! - trades.entryFill[i]!) - fees[i]!;
          expect(trades.notional[i]! / trades.equity[i]!).toBeLessThanOrEqual(0.1 + 1e-9);
        }
        const gained = (finalEquity - 1) * 10_000;
        expect(gained).toBeCloseTo(earned, 6);
        expect(gained).toBeCloseTo(gross - costs, 6);
        expect(gained).toBeCloseTo(cents, 6);
        expect(dailyReturns.reduce((equity, value) => equity * (1 + value), 1)).toBeCloseTo(finalEquity, 9);
        expect(trades.count + counts.unfilled + counts.refusedUnknown + counts.refusedMinRr).toBeLessThanOrEqual(counts.candidates);
        const reasons = Object.values(options.unfilled).reduce((sum, count) => sum + count, 0);
        expect(reasons).toBe(counts.unfilled);
      }),
      { numRuns: 60 },
    );
  });
});

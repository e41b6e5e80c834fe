import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExecutionTerms } from "#lib/backtest/execution.ts";
import { EXIT_KINDS } from "#lib/backtest/exit-kinds.ts";
import { simulate } from "#lib/backtest/simulate.ts";
import { buildTape } from "#lib/backtest/tape.ts";
import { createRng } from "#lib/core/rng.ts";
import type { UniverseStay } from "#lib/matrix/matrix.ts";
import { FREE_TERMS } from "./support.ts";
import { randomUniverse } from "./universe-support.ts";

const START_USD = 1_000_000;
const ROWS = 70;
const HALF_A_CENT = 0.005;

const account = fc.record({
  seed: fc.nat(100_000),
  symbols: fc.integer({ min: 1, max: 4 }),
  missing: fc.constantFrom(0, 0.15),
  barsPerSession: fc.constantFrom(1, 7),
  hold: fc.integer({ min: 1, max: 9 }),
  positions: fc.integer({ min: 1, max: 5 }),
  slippageBps: fc.nat(40),
  commissionBps: fc.nat(20),
  borrowBpsPerYear: fc.nat(900),
  order: fc.constantFrom("market" as const, "limit" as const, "limit_buffer" as const),
  way: fc.constantFrom("next_open" as const, "decision_close" as const, "session_close" as const, "overnight" as const),
  stop: fc.option(fc.double({ min: 0.005, max: 0.05, noNaN: true })),
  barriers: fc.option(fc.constantFrom("close" as const, "high_low" as const)),
  sized: fc.boolean(),
  delisted: fc.option(fc.double({ min: -1, max: 0.5, noNaN: true })),
});

type Account = (typeof account extends fc.Arbitrary<infer T> ? T : never) & object;

function termsOf({ hold, positions, slippageBps, commissionBps, borrowBpsPerYear, order, way, stop, barriers }: Account): ExecutionTerms {
  return {
    ...FREE_TERMS,
    entry: way === "decision_close" || way === "overnight" ? "decision_close" : "next_open",
    trade:
      way === "session_close"
        ? { kind: "session_close", sessions: hold % 3 }
        : way === "overnight"
          ? { kind: "overnight" }
          : { kind: "bars" },
    fillsAtSessionClose: way === "overnight",
    barriers: barriers === null ? null : { up: 1, down: 1.5, touch: barriers },
    orderType: order,
    limitBufferBps: 15,
    holdBars: hold,
    maxPositions: positions,
    capitalShare: 1 / positions,
    slippageBps,
    commissionBps,
    borrowBpsPerYear,
    brackets:
      stop === null
        ? null
        : { mode: "percent", atrPeriod: 14, stop, target: 1.5, timeStopMinutes: null, timeStopBars: 4, minRr: 1, regimeAdjust: false },
  };
}

/** A random life of an account over one symbol or several, some of which leave or are delisted. */
function live(spec: Account) {
  const rng = createRng(`account:${spec.seed}`);
  const stays = Array.from({ length: spec.symbols }, (_, symbol): UniverseStay[] =>
    symbol === 1 && spec.delisted !== null
      ? [{ from: null, to: 20240206, delistingReturn: spec.delisted }]
      : [{ from: null, to: null, delistingReturn: null }],
  );
  const whole = randomUniverse(spec.symbols, ROWS, spec.seed, { missing: spec.missing, stays, barsPerSession: spec.barsPerSession });
  const matrix = { ...whole, labelUnit: whole.ts.map(() => 0.01 + 0.03 * rng.uniform()) };
  const tape = buildTape(matrix);
  const side = Int8Array.from({ length: tape.rows }, () => (rng.uniform() < 0.4 ? (rng.uniform() < 0.5 ? 1 : -1) : 0));
  const size = spec.sized ? Float64Array.from({ length: tape.rows }, () => rng.uniform()) : null;
  const rank = Float64Array.from({ length: tape.rows }, () => rng.uniform());
  const close = Uint8Array.from({ length: tape.rows }, () => (rng.uniform() < 0.05 ? 1 : 0));
  const result = simulate(tape, termsOf(spec), { side, size, rank, close, fold: new Int8Array(tape.rows) }, { start: 0, end: tape.rows });
  return { tape, ...result };
}

describe("the account, on random tapes of one symbol and of many", () => {
  it("changes by the sum of its trades' P&L, to the cent: what they earned before costs, less the costs", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(account, (spec) => {
        const { trades, finalEquity, dailyReturns } = live(spec);
        let earned = 0;
        let gross = 0;
        let costs = 0;
        for (let i = 0; i < trades.count; i++) {
          kinds.add(EXIT_KINDS[trades.exitKind[i]!]!);
          const quantity = trades.notional[i]! / trades.entryFill[i]!;
          gross += trades.side[i]! * quantity * (trades.exitPrice[i]! - trades.entryPrice[i]!);
          costs += trades.costs[i]!;
          earned += trades.pnl[i]!;
          expect(trades.costs[i]!).toBeGreaterThanOrEqual(-1e-15);
          expect(trades.exitMs[i]!).toBeGreaterThanOrEqual(trades.entryMs[i]!);
        }
        const change = START_USD * (finalEquity - 1);
        expect(Math.abs(change - START_USD * earned)).toBeLessThan(HALF_A_CENT);
        expect(Math.abs(change - START_USD * (gross - costs))).toBeLessThan(HALF_A_CENT);
        // An account that lost everything has no returns after that.
        if (finalEquity <= 0) return;
        const compounded = dailyReturns.reduce((equity, value) => equity * (1 + value), START_USD);
        expect(Math.abs(compounded - START_USD * finalEquity)).toBeLessThan(HALF_A_CENT);
      }),
      { numRuns: 400 },
    );
    // The tapes meet every way to end that shares have, so the identity was tried on all of them.
    expect([...kinds].sort()).toEqual(EXIT_KINDS.filter((kind) => kind !== "expiry").toSorted());
  });

  it("owns at each session's close what its trades are worth there: marks add up to the same equity", () => {
    fc.assert(
      fc.property(account, (spec) => {
        // Without costs of any kind the equity is 1 + the marked gains of all trades.
        const { tape, trades, dailyReturns } = live({
          ...spec,
          slippageBps: 0,
          commissionBps: 0,
          borrowBpsPerYear: 0,
          delisted: null,
          missing: 0,
        });
        let equity = 1;
        for (let session = 0; session < tape.sessions; session++) {
          equity *= 1 + dailyReturns[session]!;
          const now = tape.sessionLastRow[session]!;
          let owned = 1;
          for (let i = 0; i < trades.count; i++) {
            const [entry, exit] = [trades.entryRow[i]!, trades.exitRow[i]!];
            if (tape.time[entry]! > tape.time[now]!) continue;
            const quantity = trades.notional[i]! / trades.entryFill[i]!;
            const closed = tape.time[exit]! <= tape.time[now]!;
            // Every symbol has a bar at the session's last time.
            const own = closed ? trades.exitPrice[i]! : tape.close[rowOf(tape, entry, now)]!;
            owned += trades.side[i]! * quantity * (own - trades.entryPrice[i]!);
          }
          expect(Math.abs(START_USD * (equity - owned))).toBeLessThan(HALF_A_CENT);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** The row of an entry's symbol at another row's time. */
function rowOf(tape: ReturnType<typeof buildTape>, entry: number, now: number): number {
  const time = tape.time[now]!;
  for (let row = tape.axis.start[time]!; row < tape.axis.start[time + 1]!; row++) if (tape.symbol[row] === tape.symbol[entry]) return row;
  return -1;
}

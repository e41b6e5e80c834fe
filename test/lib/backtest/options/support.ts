import type { ContractTape, UnderlyingMinutes } from "#lib/backtest/options/contract-tape.ts";
import type { OptionTerms } from "#lib/backtest/options/long-options.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";

export interface TestContract {
  readonly strike: number;
  /** 20240102 */
  readonly expiry: number;
  readonly right: 1 | -1;
  /** Observations: moment, then bid and ask, or one traded price. */
  readonly prices: readonly (readonly [ms: number, bid: number, ask: number] | readonly [ms: number, traded: number])[];
}

export interface TestChoice {
  readonly choice?: number;
  readonly bid?: number;
  readonly ask?: number;
  readonly last?: number;
  readonly iv?: number;
  readonly delta?: number;
  readonly openInterest?: number;
  readonly volume?: number;
}

/** A contract tape in which every decision chooses the first contract of its right, with the same facts. */
export function contractTapeOf(
  matrix: Matrix,
  contracts: readonly TestContract[],
  known: TestChoice = {},
  minutes: UnderlyingMinutes | null = null,
): ContractTape {
  const size = matrix.rows * 2;
  const filled = (value: number): Float64Array => new Float64Array(size).fill(value);
  const observations = contracts.flatMap(({ prices }) => prices.toSorted((a, b) => a[0] - b[0]));
  const first = new Float64Array(contracts.length + 1);
  for (const [i, { prices }] of contracts.entries()) first[i + 1] = first[i]! + prices.length;
  const quotes = (place: 1 | 2): Float64Array => Float64Array.from(observations, (one) => (one.length === 3 ? one[place] : Number.NaN));
  return {
    schemaVersion: 1,
    symbol: "TEST",
    matrixSha: matrix.info.matrixSha,
    terms: { targetDelta: 0.35, weeklyOk: true },
    rules: [{ dteTarget: 0, strike: "ATM" }],
    firstRow: 0,
    rows: matrix.rows,
    strike: Float64Array.from(contracts, ({ strike }) => strike),
    expiry: Float64Array.from(contracts, ({ expiry }) => expiry),
    right: Float64Array.from(contracts, ({ right }) => right),
    choices: {
      contract: Float64Array.from({ length: size }, (_, i) => contracts.findIndex(({ right }) => right === (i % 2 === 0 ? 1 : -1))),
      choice: filled(known.choice ?? 0),
      bid: filled(known.bid ?? 0.97),
      ask: filled(known.ask ?? 1.03),
      last: filled(known.last ?? Number.NaN),
      iv: filled(known.iv ?? 0.3),
      delta: filled(known.delta ?? 0.5),
      openInterest: filled(known.openInterest ?? 1000),
      volume: filled(known.volume ?? 500),
    },
    prices: {
      first,
      ms: Float64Array.from(observations, ([ms]) => ms),
      bid: quotes(1),
      ask: quotes(2),
      traded: Float64Array.from(observations, (one) => (one.length === 2 ? one[1] : Number.NaN)),
    },
    minutes,
    sources: [{ role: "chains", facts: { provider: "test", fingerprint: "f".repeat(64), stamps: [] } }],
  };
}

/** 10,000 dollars, 65 cents a contract and side, no filter. */
export const PLAIN_OPTIONS: OptionTerms = {
  minOpenInterest: 0,
  minVolume: 0,
  minVolatility: 0,
  maxSpreadPct: null,
  feePerContract: 0.65,
  slippageFactor: 1,
  maxContracts: null,
  capitalUsd: 10_000,
  rule: 0,
};

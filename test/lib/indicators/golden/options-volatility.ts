import { expect } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain, OptionRight } from "#lib/core/option-data.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { normalQuantile } from "#lib/metrics/normal.ts";
import { yearsToExpiry } from "#lib/options/expiry-time.ts";
import { ivHistoriesOf } from "../../../support/iv-history.ts";
import { pair, type TestContract } from "../../options/chain/build-chain.ts";
import { closingChain, columnsOnDays } from "./day-bars.ts";
import type { Golden } from "./golden.ts";

const DOCUMENT = "statistics.md 13";

export const optionsVolatilityGolden: readonly Golden[] = [
  { indicator: "atm_iv", against: DOCUMENT, check: thirtyDays },
  { indicator: "atm_iv_eod", against: DOCUMENT, check: thirtyDaysOfTheDayBefore },
  { indicator: "iv_term_slope", against: DOCUMENT, check: termSlope },
  { indicator: "iv_skew_25d", against: DOCUMENT, check: riskReversal },
  { indicator: "iv_butterfly_25d", against: `${DOCUMENT}, a currency's quotes`, check: butterfly },
  { indicator: "iv_rank_52w", against: DOCUMENT, check: rank },
  { indicator: "iv_percentile_52w", against: DOCUMENT, check: percentile },
];

const last = (entry: IndicatorEntry, sessions: readonly number[], chains: readonly OptionChain[]): number =>
  Object.values(columnsOnDays(entry, sessions, { chains, ivHistory: ivHistoriesOf(chains, [{ days: 0, source: "auto" }]) }))[0]!.at(-1)!;

const SESSION = 20240701;

/** Flat smiles: 18 % at 23 days, 20 % at 37, 21.5 % at 86, 22 % at 121. */
const termStructure = closingChain(
  SESSION,
  (
    [
      [20240724, 0.18],
      [20240807, 0.2],
      [20240925, 0.215],
      [20241030, 0.22],
    ] as const
  ).flatMap(([expiry, iv]) => [...pair(95, { expiry, iv }), ...pair(105, { expiry, iv })]),
);

function thirtyDays(): void {
  expect(last({ name: "atm_iv" }, [SESSION], [termStructure])).toBeCloseTo(0.1925789881, 10);
  expect(last({ name: "atm_iv", days: 90 }, [SESSION], [termStructure])).toBeCloseTo(0.2157757875, 10);
}

function thirtyDaysOfTheDayBefore(): void {
  const later = closingChain(20240702, pair(100, { expiry: 20240802, iv: 0.9 }));
  expect(last({ name: "atm_iv_eod" }, [SESSION, 20240702], [termStructure, later])).toBeCloseTo(0.1925789881, 10);
}

function termSlope(): void {
  expect(last({ name: "iv_term_slope" }, [SESSION], [termStructure])).toBeCloseTo(0.0231967994, 10);
}

const EXPIRY = 20240731;
const years = yearsToExpiry(NYSE.closeOf(SESSION), EXPIRY);

/** The contract that has this delta at this volatility, on a forward of 100. */
function withDelta(right: OptionRight, delta: number, iv: number): TestContract {
  const spread = iv * Math.sqrt(years);
  return { right, iv, expiry: EXPIRY, strike: 100 * Math.exp((spread * spread) / 2 - spread * right * normalQuantile(delta)) };
}

function riskReversal(): void {
  const puts = [
    [0.15, 0.235],
    [0.22, 0.224],
    [0.3, 0.214],
    [0.4, 0.205],
  ].map(([delta, iv]) => withDelta(-1, delta!, iv!));
  const calls = [
    [0.4, 0.19],
    [0.31, 0.183],
    [0.22, 0.178],
    [0.14, 0.176],
  ].map(([delta, iv]) => withDelta(1, delta!, iv!));
  const chain = closingChain(SESSION, [...puts, ...calls]);
  expect(last({ name: "iv_skew_25d", days: 0 }, [SESSION], [chain])).toBeCloseTo(-0.0405833333, 9);
}

/** Calls 9.21, puts 9.51, at the money 9.20: risk reversal -0.30, butterfly 0.16, in points. */
function butterfly(): void {
  const chain = closingChain(SESSION, [
    withDelta(-1, 0.1, 0.099),
    withDelta(-1, 0.25, 0.0951),
    ...pair(100, { iv: 0.092, expiry: EXPIRY }),
    withDelta(1, 0.25, 0.0921),
    withDelta(1, 0.1, 0.093),
  ]);
  expect(last({ name: "iv_butterfly_25d", days: 0 }, [SESSION], [chain])).toBeCloseTo(0.0016, 10);
  expect(last({ name: "iv_skew_25d", days: 0 }, [SESSION], [chain])).toBeCloseTo(-0.003, 10);
}

/** Past sessions whose volatilities at the money go through these again and again, then one more. */
function afterYear(past: readonly number[], now: number): { sessions: readonly number[]; chains: OptionChain[] } {
  const chainAt = (session: number, points: number): OptionChain => {
    const expiry = NYSE.addSessions(session, 20);
    const contracts = [...pair(95, { expiry, iv: points / 100 }), ...pair(105, { expiry, iv: points / 100 })];
    // A price that repeats session after session would be taken for a stale one.
    return closingChain(session, contracts, 100 + (NYSE.sessionIndex(session) % 2));
  };
  const history = Array.from({ length: 252 }, (_, k) => chainAt(NYSE.addSessions(SESSION, k - 252), past[k % past.length]!));
  return { sessions: [SESSION], chains: [...history, chainAt(SESSION, now)] };
}

const PAST = [14, 15, 13, 14, 14, 15, 20, 26, 34];

function rank(): void {
  const published = afterYear([30, 60], 45);
  expect(last({ name: "iv_rank_52w", days: 0 }, published.sessions, published.chains)).toBeCloseTo(50, 9);
  const worked = afterYear(PAST, 28);
  expect(last({ name: "iv_rank_52w", days: 0 }, worked.sessions, worked.chains)).toBeCloseTo(71.4285714286, 9);
}

function percentile(): void {
  const { sessions, chains } = afterYear(PAST, 28);
  expect(last({ name: "iv_percentile_52w", days: 0 }, sessions, chains)).toBeCloseTo(88.8888888889, 9);
}

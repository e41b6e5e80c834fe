import type { OptionChain, OptionRight } from "#lib/core/option-data.ts";
import { newYorkWallToUtc } from "#lib/core/time.ts";
import { lastMomentOf } from "#lib/options/expiry-time.ts";

/** One contract of a test's chain; what is not given is unknown. */
export interface TestContract {
  readonly expiry?: number;
  readonly strike: number;
  readonly right: OptionRight;
  readonly bid?: number;
  readonly ask?: number;
  readonly last?: number;
  readonly volume?: number;
  readonly openInterest?: number;
  readonly iv?: number;
  readonly delta?: number;
  readonly gamma?: number;
  readonly theta?: number;
  readonly vega?: number;
}

const FIELDS = ["bid", "ask", "last", "volume", "openInterest", "iv", "delta", "gamma", "theta", "vega"] as const;

/** Expiry of contracts that do not say theirs: 30 days after `CLOSE`, at its close. */
export const EXPIRY = 20240731;
/** 2024-07-01 16:00 in New York, exactly 30 days before the close of `EXPIRY`. */
export const CLOSE = newYorkWallToUtc(2024, 7, 1, 16, 0);
const SESSION = 20240701;

/** A moment that lies so many days before an expiry's last one. */
export const daysBefore = (expiry: number, days: number): number => lastMomentOf(expiry) - days * 86_400_000;

export function chainOf(
  contracts: readonly TestContract[],
  facts: Partial<Pick<OptionChain, "knownAt" | "sessionDate" | "underlyingPrice">> = {},
): OptionChain {
  const column = (of: (contract: TestContract) => number | undefined): Float64Array =>
    Float64Array.from(contracts, (contract) => of(contract) ?? Number.NaN);
  const fields = Object.fromEntries(FIELDS.map((name) => [name, column((contract) => contract[name])])) as Pick<
    OptionChain,
    (typeof FIELDS)[number]
  >;
  return {
    underlying: "SPY",
    sessionDate: SESSION,
    knownAt: CLOSE,
    underlyingPrice: 100,
    ...facts,
    length: contracts.length,
    strike: column(({ strike }) => strike),
    expiry: column(({ expiry = EXPIRY }) => expiry),
    right: Int8Array.from(contracts, ({ right }) => right),
    ...fields,
  };
}

/** A call and a put at one strike with the same fields. */
export const pair = (strike: number, fields: Omit<TestContract, "strike" | "right">): TestContract[] => [
  { strike, right: 1, ...fields },
  { strike, right: -1, ...fields },
];

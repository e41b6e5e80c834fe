import { NYSE } from "../../core/calendar.ts";
import type { OptionChain } from "../../core/option-data.ts";
import { type DateNumber, isCalendarDate } from "../../core/time.ts";
import { yearsToExpiry } from "../expiry-time.ts";
import { perChain } from "./per-chain.ts";

/** The contracts of one expiry, strikes ascending. */
export interface ExpirySlice {
  readonly expiry: DateNumber;
  /** Time left when the snapshot was known, years of 365 calendar days, above 0. */
  readonly years: number;
  readonly strikes: Float64Array;
  /** Where each strike's call and put stand in the chain's columns; -1 = not listed. */
  readonly calls: Int32Array;
  readonly puts: Int32Array;
}

/** Why the contracts of a chain cannot be told apart or placed in time. */
export type LayoutFault = "empty" | "no_moment" | "no_expiry" | "no_strike" | "duplicate_contract";

/** Which expiries a measure reads: the nearest one that is still alive, or all of them. */
export const EXPIRY_SCOPES = ["front", "all"] as const;
export type ExpiryScope = (typeof EXPIRY_SCOPES)[number];

export interface ChainLayout {
  readonly fault: LayoutFault | null;
  /** How many contracts have the fault. */
  readonly contracts: number;
  /** Expiries that were still alive, nearest first; empty when there is a fault. */
  readonly slices: readonly ExpirySlice[];
}

/** A chain's contracts by expiry and strike. Contracts that had expired when the snapshot was known are left out. */
export const chainLayout = perChain((chain): ChainLayout => {
  const { length, strike, expiry, right, knownAt } = chain;
  if (length === 0) return faulty("empty", 0);
  if (!Number.isFinite(knownAt)) return faulty("no_moment", length);
  const misplaced = count(length, (i) => !isExpiry(expiry[i]!));
  if (misplaced > 0) return faulty("no_expiry", misplaced);
  const unstruck = count(length, (i) => !(strike[i]! > 0 && strike[i]! < Number.POSITIVE_INFINITY));
  if (unstruck > 0) return faulty("no_strike", unstruck);

  const order = Int32Array.from({ length }, (_, i) => i).sort(
    (a, b) => expiry[a]! - expiry[b]! || strike[a]! - strike[b]! || right[b]! - right[a]!,
  );
  const twice = count(length - 1, (i) => {
    const [a, b] = [order[i]!, order[i + 1]!];
    return expiry[a] === expiry[b] && strike[a] === strike[b] && right[a] === right[b];
  });
  if (twice > 0) return faulty("duplicate_contract", twice);

  const slices: ExpirySlice[] = [];
  for (let start = 0; start < length; ) {
    const date = expiry[order[start]!]!;
    let end = start + 1;
    while (end < length && expiry[order[end]!] === date) end += 1;
    const years = yearsToExpiry(knownAt, date);
    if (years > 0) slices.push(sliceOf(chain, order.subarray(start, end), date, years));
    start = end;
  }
  return { fault: null, contracts: 0, slices };
});

/** The expiries that a measure reads; none when the chain's layout has a fault or everything has expired. */
export function slicesInScope(chain: OptionChain, scope: ExpiryScope): readonly ExpirySlice[] {
  const { slices } = chainLayout(chain);
  return scope === "all" ? slices : slices.slice(0, 1);
}

/** @param members - places of one expiry's contracts, by strike, calls first */
function sliceOf(chain: OptionChain, members: Int32Array, expiry: DateNumber, years: number): ExpirySlice {
  const strikes: number[] = [];
  const calls: number[] = [];
  const puts: number[] = [];
  for (const i of members) {
    if (chain.strike[i] !== strikes.at(-1)) {
      strikes.push(chain.strike[i]!);
      calls.push(-1);
      puts.push(-1);
    }
    if (chain.right[i] === 1) calls[calls.length - 1] = i;
    else puts[puts.length - 1] = i;
  }
  return { expiry, years, strikes: Float64Array.from(strikes), calls: Int32Array.from(calls), puts: Int32Array.from(puts) };
}

const faulty = (fault: LayoutFault, contracts: number): ChainLayout => ({ fault, contracts, slices: [] });

const isExpiry = (date: number): boolean =>
  Number.isInteger(date) &&
  date >= FIRST_EXPIRY &&
  date <= LAST_EXPIRY &&
  isCalendarDate(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100);

const FIRST_EXPIRY = NYSE.sessionAt(0);
const LAST_EXPIRY = 99991231;

function count(length: number, holds: (i: number) => boolean): number {
  let found = 0;
  for (let i = 0; i < length; i++) if (holds(i)) found += 1;
  return found;
}

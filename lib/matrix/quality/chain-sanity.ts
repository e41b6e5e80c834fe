import type { OptionChain } from "../../core/option-data.ts";
import { formatDate } from "../../core/time.ts";
import { type ChainFaultReason, chainFaults, chainRefusal, staleUnderlyings } from "../../options/chain/chain-checks.ts";
import { sourceVolatilities } from "../../options/chain/source-volatility.ts";
import { type Check, grade, percent, verdict, worse } from "./verdict.ts";

/** Share of unusable snapshots above which a build stops. */
const MOST_UNUSABLE = 0.05;
/** Share of a snapshot's contracts with a fault of their own above which it is named. */
const MANY_CONTRACTS = 0.25;
const STALE_SESSIONS = 3;
const MOST_ITEMS = 50;

/**
 * Beside a snapshot's own faults: `iv_without_price` volatilities with no quote or trade to check them by; of a session: `no_chain`
 * not one snapshot, `no_market` none with prices or volatilities and `no_open_interest` none with open interest, where others have it.
 */
type Reason = ChainFaultReason | "iv_without_price" | "no_chain" | "no_market" | "no_open_interest";

/**
 * Whether the option chains make sense. Unusable are snapshots that are refused as a whole and those whose underlying keeps one
 * price for three sessions or more (their price is not measured with); with hindsight the whole run is named. Suspect are snapshots with many bad contracts, or whose
 * volatilities contradict their prices so often that none is believed, or cannot be checked. Sessions whose chains are missing are
 * named too, but for the last one: its chains may be published after the last row.
 */
export const chainSanity: Check = ({ data, matrix }) => {
  const snapshots = data.chains?.snapshots;
  if (snapshots === undefined) return verdict("chain_sanity", "ok", "The matrix reads no option chains.");
  if (snapshots.length === 0)
    return verdict("chain_sanity", "fail", "There is not one option chain in the window. Widen it, or name a provider that has chains.", {
      snapshots: 0,
    });
  const stale = repeatedUnderlyings(snapshots);
  const unusable = new Map<string, Reason>();
  const suspect = new Map<string, Reason>();
  const reasons: Reason[] = [];
  let refused = 0;
  snapshots.forEach((chain, i) => {
    const reason = stale.has(i) ? "stale_underlying" : chainRefusal(chain, readFields(chain));
    const doubt = reason ?? faultyContracts(chain);
    if (doubt === null) return;
    if (reason !== null) refused += 1;
    reasons.push(doubt);
    const of = reason === null ? suspect : unusable;
    const day = formatDate(chain.sessionDate);
    if (!of.has(day)) of.set(day, doubt);
  });
  const missing = missingSessions(snapshots, [...new Set(matrix.sessionDate)].slice(0, -1), unusable);
  const share = refused / snapshots.length;
  const suspects = reasons.length - refused;
  const numbers = {
    snapshots: snapshots.length,
    unusable: refused,
    suspect: suspects,
    sessions_without: missing.length,
    ...countByReason(reasons),
  };
  // What cannot be used comes before what may be wrong.
  const items = [
    ...[...unusable].map(([day, reason]) => `${day} ${reason}`),
    ...missing,
    ...[...suspect].filter(([day]) => !unusable.has(day)).map(([day, reason]) => `${day} ${reason}`),
  ];
  if (items.length === 0) return verdict("chain_sanity", "ok", "Every session has option chains, and they make sense.", numbers);
  const status = worse("warn", grade(share, 0, MOST_UNUSABLE));
  const found = [
    refused > 0 && `${percent(share)} of "${snapshots.length}" option chains cannot be used`,
    missing.length > 0 && `"${missing.length}" sessions lack theirs`,
    suspects > 0 && `"${suspects}" chains are suspect`,
  ].filter((part) => part !== false);
  const advice =
    stale.size > 0
      ? "Where the underlying's price repeats, its market is an old one: from the third session on nothing that needs the price is measured."
      : "";
  const summary = `${found.join(", ")} (${items.slice(0, 4).join(", ")}${items.length > 4 ? ", ..." : ""}). ${advice} Correct or complete the data, or leave these sessions out.`;
  return verdict("chain_sanity", status, summary.replace("  ", " "), numbers, items.slice(0, MOST_ITEMS));
};

/** Every snapshot that repeats the price before it in a run of three sessions or more: also the second one, which only hindsight knows. */
function repeatedUnderlyings(snapshots: readonly OptionChain[]): ReadonlySet<number> {
  const certain = new Set(staleUnderlyings(snapshots, STALE_SESSIONS));
  const repeats = staleUnderlyings(snapshots, 2);
  return new Set(repeats.filter((i, k) => certain.has(i) || certain.has(repeats[k + 1] ?? -1)));
}

/** The sessions that lack a chain, or the kind of content that other sessions have, with the reason. @param named - left out */
function missingSessions(snapshots: readonly OptionChain[], sessions: readonly number[], named: ReadonlyMap<string, Reason>): string[] {
  const any = new Set(snapshots.map(({ sessionDate }) => sessionDate));
  const market = new Set(snapshots.filter(hasMarket).map(({ sessionDate }) => sessionDate));
  const interest = new Set(snapshots.filter(({ openInterest }) => isKnown(openInterest)).map(({ sessionDate }) => sessionDate));
  return sessions.flatMap((date) => {
    const day = formatDate(date);
    if (named.has(day)) return [];
    if (!any.has(date)) return [`${day} no_chain`];
    if (market.size > 0 && !market.has(date)) return [`${day} no_market`];
    return interest.size > 0 && !interest.has(date) ? [`${day} no_open_interest`] : [];
  });
}

const isKnown = (column: Float64Array): boolean => column.some((value) => !Number.isNaN(value));
const hasPrice = ({ ask, last }: OptionChain): boolean => isKnown(ask) || isKnown(last);
const hasMarket = (chain: OptionChain): boolean => isKnown(chain.iv) || hasPrice(chain);

/** What can be asked of a snapshot: a morning's has open interest alone. */
const readFields = ({ underlyingPrice, openInterest, volume }: OptionChain) => [
  ...(Number.isNaN(underlyingPrice) ? [] : (["spot"] as const)),
  ...(openInterest.every(Number.isNaN) ? [] : (["open_interest"] as const)),
  ...(volume.every(Number.isNaN) ? [] : (["volume"] as const)),
];

function faultyContracts(chain: OptionChain): Reason | null {
  if (sourceVolatilities(chain).refused) return "iv_contradicts_price";
  if (chain.iv.some((value) => value > 0) && !hasPrice(chain)) return "iv_without_price";
  return chainFaults(chain).find(({ contracts }) => contracts > MANY_CONTRACTS * chain.length)?.reason ?? null;
}

function countByReason(reasons: readonly Reason[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

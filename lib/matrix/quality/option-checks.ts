import type { OptionChain } from "../../core/option-data.ts";
import { formatDate } from "../../core/time.ts";
import { type ChainFaultReason, chainFaults, chainRefusal, staleUnderlyings } from "../../options/chain/chain-checks.ts";
import { type Check, grade, percent, verdict } from "./verdict.ts";

/** Shares of unusable snapshots above which a build stops. */
const MOST_UNUSABLE = 0.05;
/** Share of a snapshot's contracts with a fault of their own above which it is named. */
const MANY_CONTRACTS = 0.25;

/**
 * Whether the option chains make sense: snapshots that are junk, contradict themselves or repeat a stale price of the
 * underlying are never measured, and are named here with their session and reason.
 */
export const chainSanity: Check = ({ data }) => {
  const snapshots = data.chains?.snapshots;
  if (snapshots === undefined) return verdict("chain_sanity", "ok", "The matrix reads no option chains.");
  if (snapshots.length === 0)
    return verdict("chain_sanity", "fail", "There is not one option chain in the window. Widen it, or name a provider that has chains.", {
      snapshots: 0,
    });
  const stale = new Set(staleUnderlyings(snapshots));
  const found = new Map<string, ChainFaultReason>();
  let unusable = 0;
  let suspect = 0;
  snapshots.forEach((chain, i) => {
    const reason = stale.has(i) ? "stale_underlying" : chainRefusal(chain, readFields(chain));
    const partial = reason === null ? faultyContracts(chain) : null;
    if (reason !== null) unusable += 1;
    else if (partial !== null) suspect += 1;
    const worst = reason ?? partial;
    const day = formatDate(chain.sessionDate);
    if (worst !== null && !found.has(day)) found.set(day, worst);
  });
  const share = unusable / snapshots.length;
  const numbers = { snapshots: snapshots.length, unusable, suspect, ...countByReason([...found.values()]) };
  if (found.size === 0) return verdict("chain_sanity", "ok", "Every option chain makes sense.", numbers);
  const items = [...found].map(([day, reason]) => `${day} ${reason}`);
  const status = unusable === 0 ? "warn" : grade(share, 0, MOST_UNUSABLE);
  const summary = `${percent(share)} of "${snapshots.length}" option chains cannot be used, "${suspect}" more are suspect (${items.slice(0, 4).join(", ")}). Columns made from them are unknown there; complete or correct the data.`;
  return verdict("chain_sanity", status, summary, numbers, items.slice(0, 50));
};

/** Whether implied volatility is there: how many snapshots with a market have it, and what the others lack. */
export const ivPopulated: Check = ({ data, matrix }) => {
  const columns = matrix.info.features.flatMap(({ unit }, i) => (unit === "volatility" ? [matrix.features[i]!] : []));
  if (data.chains === null || columns.length === 0) return verdict("iv_populated", "ok", "The matrix has no implied volatility.");
  const known = columns.reduce((sum, column) => sum + column.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0), 0);
  const cells = columns.length * matrix.rows;
  const withIv = data.chains.snapshots.filter(({ iv }) => iv.some((value) => value > 0)).length;
  const withQuotes = data.chains.snapshots.filter(({ bid, ask }) => bid.some((value, i) => value > 0 && ask[i]! > 0)).length;
  const numbers = { snapshots: data.chains.snapshots.length, with_iv: withIv, with_quotes: withQuotes, known_share: known / cells };
  if (known > 0) {
    const share = known / cells;
    const status = share < 0.5 ? "warn" : "ok";
    return verdict("iv_populated", status, `${percent(share)} of the values of implied volatility are known.`, numbers);
  }
  const why =
    withIv === 0 && withQuotes === 0
      ? "the chains carry neither a volatility nor quotes to imply one from"
      : "no chain has the expiries and strikes that the columns need";
  return verdict(
    "iv_populated",
    "fail",
    `Implied volatility is unavailable: ${why}. Choose another provider, or leave these indicators out.`,
    numbers,
  );
};

/** Whether same-day flow is there on the rows. */
export const flowPresent: Check = ({ data, matrix }) => {
  const flow = matrix.info.features.flatMap(({ indicator }, i) => (indicator === "flow" ? [matrix.features[i]!] : []));
  if (data.flow === null || flow.length === 0) return verdict("flow_present", "ok", "The matrix has no option flow.");
  let without = 0;
  for (let row = 0; row < matrix.rows; row++) if (flow.every((column) => Number.isNaN(column[row]!))) without += 1;
  const share = without / matrix.rows;
  const numbers = { rows: matrix.rows, without, cells: data.flow.cells.length };
  if (without === 0) return verdict("flow_present", "ok", "Every row has same-day option flow.", numbers);
  const status = without === matrix.rows ? "fail" : "warn";
  const summary = `${percent(share)} of rows have no same-day option flow. Not every day had an expiry before 2022; check the provider's range.`;
  return verdict("flow_present", status, summary, numbers);
};

/** What can be asked of a snapshot: a morning's has open interest alone. */
const readFields = ({ underlyingPrice, openInterest }: OptionChain) => [
  ...(Number.isNaN(underlyingPrice) ? [] : (["spot"] as const)),
  ...(openInterest.every(Number.isNaN) ? [] : (["open_interest"] as const)),
];

function faultyContracts(chain: OptionChain): ChainFaultReason | null {
  const fault = chainFaults(chain).find(({ contracts }) => contracts > MANY_CONTRACTS * chain.length);
  return fault?.reason ?? null;
}

function countByReason(reasons: readonly ChainFaultReason[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

import type { OptionBars, OptionChain } from "../../core/option-data.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, formatDate, parseDate, sessionDateOf } from "../../core/time.ts";
import type { ChainSeries, ChainsRequest } from "../../ports/market-data.ts";
import { sameDaySnapshots } from "../options/same-day-snapshots.ts";
import { windowRange } from "../window.ts";
import type { CacheDeps } from "./cache-deps.ts";
import type { CacheKeys } from "./cache-keys.ts";
import { cachedChains, chainsFingerprint } from "./cached-chains.ts";
import { readSession } from "./cached-session.ts";
import { CHAIN_CODEC } from "./option-codecs.ts";

/**
 * The contracts of a window that expire in their own session, as they stood at each bar's end: past sessions from their minute bars,
 * with the session's own kept snapshot where there is one; the session under way as `cachedChains` has it. Rebuilding whole chains
 * would ask for every expiry of the coming weeks, contract by contract.
 *
 * @param optionBars - of the contracts that expire in that session
 * @throws DATA_UNAVAILABLE as `cachedChains`, and as the source for minute bars
 */
export async function sameDayChains(
  deps: CacheDeps,
  keys: CacheKeys,
  request: ChainsRequest,
  optionBars: (session: DateNumber) => Promise<OptionBars | undefined>,
): Promise<ChainSeries | undefined> {
  const { source, calendar, clock } = deps;
  const { symbol, window, cadence } = request;
  windowRange(window);
  const today = sessionDateOf(clock.now());
  const first = window.start === null ? null : parseDate(window.start);
  const end = window.end === null ? null : parseDate(window.end);
  // Without a start there is nothing to rebuild from, and the refusal says so.
  if (first === null || first >= today) return await cachedChains(deps, keys, request);

  const snapshots: OptionChain[] = [];
  for (const session of calendar.sessionsBetween(first, end === null || end > today ? today : end)) {
    const bars = await optionBars(session);
    if (bars !== undefined) snapshots.push(...sameDaySnapshots(bars, cadence));
    const stored = (await readSession(deps.artifacts, keys.session("option_chains", session), CHAIN_CODEC)).data;
    if (stored?.rebuilt === false) snapshots.push(stored.chain);
  }
  const reachesToday = end === null || end > today;
  const rest = reachesToday
    ? await cachedChains(deps, keys, { ...request, window: { start: formatDate(today), end: nextDay(today) } })
    : undefined;
  const all = [...snapshots, ...(rest?.snapshots ?? [])];
  if (all.length === 0) return undefined;
  const stamps = [...new Set([...(source.chainStamps ?? []), ...(snapshots.length > 0 ? (source.pastChainStamps ?? []) : [])])].sort();
  return {
    underlying: symbol,
    snapshots: all,
    facts: { provider: source.name, fingerprint: chainsFingerprint(all), stamps, simulation: null },
  };
}

const nextDay = (date: DateNumber): string => formatDate(dateOfDayNumber(dayNumberOf(date) + 1));

import { createHash } from "node:crypto";
import { canonicalJson } from "../../core/canonical-json.ts";
import { canonicalBytes } from "../../core/canonical-nan.ts";
import { mapConcurrently } from "../../core/map-concurrently.ts";
import type { OptionChain } from "../../core/option-data.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, parseDate, sessionDateOf } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ChainSeries, ChainsRequest } from "../../ports/market-data.ts";
import { isRefusal } from "../vendor-refusal.ts";
import { windowRange } from "../window.ts";
import type { CacheDeps } from "./cache-deps.ts";
import type { CacheKeys } from "./cache-keys.ts";
import { readSession, type StoredSession, storeSession } from "./cached-session.ts";
import { isComplete, isSettled } from "./completeness.ts";
import { CHAIN_CODEC, type SessionChain } from "./option-codecs.ts";

/** Sessions that are rebuilt at once: each contract is asked for over all of them. */
const SESSIONS_A_CALL = 21;
const WIDTH = 8;

/**
 * The chains of a window, one snapshot a session: from the cache, rebuilt by the vendor's history where it can be, and the
 * market of now for the session that is under way. A session's own last snapshot, taken after its close, is kept as its
 * history: it has the quotes and the open interest that cannot be had later.
 *
 * @returns undefined when there is no snapshot at all
 * @throws DATA_UNAVAILABLE when the window has no start
 */
export async function cachedChains(deps: CacheDeps, keys: CacheKeys, request: ChainsRequest): Promise<ChainSeries | undefined> {
  const { source, calendar, clock } = deps;
  const { symbol, window, cadence } = request;
  windowRange(window);
  if (window.start === null) throw needsStart(source.name, symbol);
  const now = clock.now();
  const tomorrow = dateOfDayNumber(dayNumberOf(sessionDateOf(now)) + 1);
  const end = window.end === null ? tomorrow : Math.min(parseDate(window.end), tomorrow);
  const begun = calendar.sessionsBetween(parseDate(window.start), end).filter((session) => calendar.openOf(session) <= now);
  const chains = await chainsOf(deps, keys, symbol, begun, now);
  if (chains.length === 0) return undefined;
  const snapshots = chains.map(({ chain }) => chain);
  const stamps = [
    ...(source.chainStamps ?? []),
    ...(chains.some(({ rebuilt }) => rebuilt) ? (source.pastChainStamps ?? []) : []),
    ...(cadence === "daily" ? [] : ["one_chain_a_session"]),
  ];
  const facts = { provider: source.name, fingerprint: chainsFingerprint(snapshots), stamps: stamps.toSorted(), simulation: null };
  return { underlying: symbol, snapshots, facts };
}

async function chainsOf(
  deps: CacheDeps,
  keys: CacheKeys,
  symbol: string,
  sessions: readonly DateNumber[],
  now: number,
): Promise<SessionChain[]> {
  const { artifacts, calendar, lease, source } = deps;
  const keyOf = (session: DateNumber): string => keys.session("option_chains", session);
  const stored = new Map<DateNumber, StoredSession<SessionChain>>();
  const read = async (which: readonly DateNumber[]): Promise<void> => {
    const found = await mapConcurrently(which, WIDTH, (session) => readSession(artifacts, keyOf(session), CHAIN_CODEC));
    for (const [i, session] of which.entries()) stored.set(session, found[i]!);
  };
  const missing = (): DateNumber[] => sessions.filter((session) => stored.get(session)?.data === undefined);
  const keep = async (session: DateNumber, data: SessionChain): Promise<void> => {
    const { found } = stored.get(session)!;
    const isHistory = isComplete(session, { now, knownTo: now, publishedAfterMs: 0, calendar });
    if (isHistory && (data.chain.length > 0 || isSettled(session, now)))
      await storeSession(artifacts, keyOf(session), CHAIN_CODEC, data, found);
    stored.set(session, { data, found });
  };

  await read(sessions);
  const today = sessionDateOf(now);
  if (missing().length > 0 && (source.pastChains !== undefined || missing().includes(today))) {
    await lease.hold(keys.lease("option_chains"), async (renew) => {
      // Another process may have fetched them while this one waited.
      await read(missing());
      const past = source.pastChains === undefined ? [] : missing().filter((session) => session < today);
      for (let at = 0; at < past.length; at += SESSIONS_A_CALL) {
        await renew();
        const call = past.slice(at, at + SESSIONS_A_CALL);
        const rebuilt = await source.pastChains!(symbol, call);
        for (const [i, session] of call.entries()) await keep(session, { chain: rebuilt[i]!, rebuilt: true });
      }
      const current = missing().includes(today) ? await askCurrent(deps, symbol, today) : undefined;
      if (current !== undefined) await keep(today, { chain: current, rebuilt: false });
    });
  }
  return sessions.flatMap((session) => stored.get(session)?.data ?? []);
}

/** The market of now; nothing when the plan does not include it. */
async function askCurrent({ source }: CacheDeps, symbol: string, today: DateNumber): Promise<OptionChain | undefined> {
  try {
    return await source.currentChain?.(symbol, today);
  } catch (error) {
    if (isRefusal(error, "entitlement")) return undefined;
    throw error;
  }
}

const COLUMNS = ["strike", "expiry", "bid", "ask", "last", "volume", "openInterest", "iv", "delta", "gamma", "theta", "vega"] as const;

/** The snapshots' identity: SHA-256 over what each says of itself and its columns as little-endian float64. */
export function chainsFingerprint(snapshots: readonly OptionChain[]): string {
  const hash = createHash("sha256");
  for (const chain of snapshots) {
    const { underlying, sessionDate, knownAt, length } = chain;
    hash.update(`sigma-chain:${canonicalJson({ version: 1, underlying, sessionDate, knownAt, length, columns: COLUMNS })}\n`);
    hash.update(canonicalBytes(Float64Array.of(chain.underlyingPrice)));
    for (const column of COLUMNS) hash.update(canonicalBytes(chain[column]));
    hash.update(canonicalBytes(Float64Array.from(chain.right)));
  }
  return hash.digest("hex");
}

function needsStart(provider: string, symbol: string): SigmaError {
  return new SigmaError(
    "DATA_UNAVAILABLE",
    `"${provider}" rebuilds the option chains of past sessions contract by contract, so the window must say where to start. Set window.start.`,
    { provider, symbol, kind: "option_chains" },
  );
}

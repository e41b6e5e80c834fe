import type { Cadence } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { sha256OfJson } from "#lib/core/digest.ts";
import { mapConcurrently } from "#lib/core/map-concurrently.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { type DateNumber, formatDate } from "#lib/core/time.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { IvHistoryNeed } from "#lib/indicators/define-indicator.ts";
import { isComplete, isSettled } from "#lib/market-data/cache/completeness.ts";
import type { IvEntry } from "#lib/market-data/iv-store/iv-entry.schema.ts";
import { readIvEntries, recordIvEntries } from "#lib/market-data/iv-store/iv-store.ts";
import { fingerprintOfChains } from "#lib/market-data/options/chain-table.ts";
import type { Tenor } from "#lib/options/chain/iv-measures.ts";
import { LEAD_SESSIONS, type SessionIv, sessionIvs } from "#lib/options/chain/session-iv.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { ChainEdition, ChainSeries, DataRequest, MarketData } from "#lib/ports/market-data.ts";

export interface IvEntriesWanted {
  readonly needs: readonly IvHistoryNeed[];
  /** The sessions that the needs look back from, and the last one of which something is wanted. */
  readonly first: DateNumber;
  readonly last: DateNumber;
  /** When loading began, UTC milliseconds: before the chains in hand were asked for. */
  readonly now: number;
  /** Chains that were loaded already, all that there are from a session on; null = none. */
  readonly inHand: ChainsInHand | null;
}

export interface ChainsInHand {
  readonly series: ChainSeries;
  readonly cadence: Cadence;
  readonly from: DateNumber;
}

export interface TenorEntries {
  readonly tenor: Tenor;
  readonly entries: readonly IvEntry[];
  /** How many values were recorded now. */
  readonly recorded: number;
}

/** Sessions that lie no further apart are asked for together. */
const MOST_APART = 5;
const WIDTH = 4;

/**
 * The at-the-money volatility of each session: what the store has, and of the sessions that it lacks what the provider's daily
 * chains give. Those of complete sessions are recorded, so that nobody asks for their chains again, and so that a series grows with
 * a provider that has today's chains only.
 *
 * @returns for each need its sessions, the last one only once it is complete
 * @throws as the store and the provider; that a provider has no chains of sessions before the last one is no fault
 */
export async function ivEntries(
  ports: { readonly artifacts: ArtifactStore; readonly marketData: MarketData },
  request: DataRequest,
  { needs, first, last, now, inHand }: IvEntriesWanted,
): Promise<TenorEntries[]> {
  const { artifacts, marketData } = ports;
  const editions = await marketData.chainEditions?.(request);
  const series = await Promise.all(
    needs.map(async ({ tenor, sessions }): Promise<Series> => {
      const asked = sessionsOf(first, last, sessions);
      const read = editions === undefined ? [] : await readIvEntries(artifacts, { ...request, tenor }, asked[0]!, last);
      const stored = read.filter(({ session, edition }) => edition === editionOf(editions!, session));
      const known = new Set(stored.map(({ session }) => session));
      const wants = (session: DateNumber): boolean => session < last || isHistory(session, now);
      const has = (session: DateNumber): boolean => editions === undefined || editionOf(editions, session) !== null;
      return { tenor, stored, missing: asked.filter((session) => !known.has(session) && wants(session) && has(session)) };
    }),
  );
  const missing = [...new Set(series.flatMap((one) => one.missing))].sort((a, b) => a - b);
  const { snapshots, stampsOf } = await dailyChains(marketData, request, missing, { inHand, last });
  return await Promise.all(
    series.map(async ({ tenor, stored, missing: lacking }): Promise<TenorEntries> => {
      const fresh = entriesOf(sessionIvs(snapshots, lacking, tenor), lacking, { editions, stampsOf, now });
      const complete = editions === undefined ? [] : fresh.filter(({ session }) => isHistory(session, now));
      const recorded = complete.length === 0 ? [] : await recordIvEntries(artifacts, { ...request, tenor }, complete);
      const kept = new Set(recorded.map(({ session }) => session));
      const entries = [...stored, ...recorded, ...fresh.filter(({ session }) => !kept.has(session))];
      return {
        tenor,
        entries: entries.sort((a, b) => a.session - b.session),
        recorded: recorded.filter(({ value }) => value !== null).length,
      };
    }),
  );
}

interface Series {
  readonly tenor: Tenor;
  readonly stored: readonly IvEntry[];
  /** Sessions whose chains are to be looked at, ascending. */
  readonly missing: readonly DateNumber[];
}

const isHistory = (session: DateNumber, now: number): boolean =>
  isComplete(session, { now, knownTo: now, publishedAfterMs: 0, calendar: NYSE });

/** The sessions from so many before the first row's to the last row's. */
function sessionsOf(first: DateNumber, last: DateNumber, before: number): DateNumber[] {
  const end = NYSE.sessionIndex(last);
  const start = Math.max(0, NYSE.sessionIndex(first) - before);
  return Array.from({ length: end - start + 1 }, (_, k) => NYSE.sessionAt(start + k));
}

/** The session and those before it that a value of it depends on. */
const withLead = (session: DateNumber): DateNumber[] => {
  const index = NYSE.sessionIndex(session);
  return Array.from({ length: Math.min(LEAD_SESSIONS, index) + 1 }, (_, k) => NYSE.sessionAt(index - k)).reverse();
};

/** What the chains that give a session's value are made of; null when the session has none. */
function editionOf(editions: readonly ChainEdition[], session: DateNumber): string | null {
  const covers = (one: DateNumber) => (edition: ChainEdition) => edition.first <= one && one <= edition.last;
  if (!editions.some(covers(session))) return null;
  const parts = [...new Set(withLead(session).flatMap((one) => editions.filter(covers(one)).map(({ edition }) => edition)))];
  return parts.length === 1 ? parts[0]! : sha256OfJson(parts);
}

/** The daily chains of some sessions and of those that their values depend on: those in hand, the rest from the provider. */
async function dailyChains(
  marketData: MarketData,
  request: DataRequest,
  sessions: readonly DateNumber[],
  { inHand, last }: Pick<IvEntriesWanted, "inHand" | "last">,
): Promise<{ readonly snapshots: readonly OptionChain[]; readonly stampsOf: (session: DateNumber) => readonly string[] }> {
  const needed = [...new Set(sessions.flatMap(withLead))].sort((a, b) => a - b);
  const isInHand = (session: DateNumber): boolean => inHand !== null && inHand.cadence === "daily" && session >= inHand.from;
  const asked = await mapConcurrently(
    runsOf(needed.filter((session) => !isInHand(session))),
    WIDTH,
    async ([start, end]): Promise<ChainSeries | undefined> => {
      const window = { start: formatDate(start), end: formatDate(NYSE.addSessions(end, 1)) };
      return await marketData.optionChains({ ...request, window, cadence: "daily" }).catch((error: unknown) => {
        // A provider that gave the chains in hand answers; it has none of these sessions, nor need it have any before the last.
        if ((inHand !== null || end < last) && error instanceof SigmaError && error.code === "DATA_UNAVAILABLE") return undefined;
        throw error;
      });
    },
  );
  const stamps = new Map<DateNumber, readonly string[]>();
  const snapshots: OptionChain[] = [];
  const wanted = new Set(needed);
  for (const found of [...asked, inHand?.series]) {
    for (const chain of found?.snapshots ?? []) {
      if (!wanted.has(chain.sessionDate) || isInHand(chain.sessionDate) !== (found === inHand?.series)) continue;
      snapshots.push(chain);
      stamps.set(chain.sessionDate, found!.facts.stamps);
    }
  }
  return { snapshots: snapshots.sort((a, b) => a.knownAt - b.knownAt), stampsOf: (session) => stamps.get(session) ?? [] };
}

/** Ascending sessions as ranges, both ends included. */
function runsOf(sessions: readonly DateNumber[]): [DateNumber, DateNumber][] {
  const runs: [DateNumber, DateNumber][] = [];
  for (const session of sessions) {
    const run = runs.at(-1);
    if (run !== undefined && NYSE.sessionIndex(session) - NYSE.sessionIndex(run[1]) <= MOST_APART) run[1] = session;
    else runs.push([session, session]);
  }
  return runs;
}

/** What is written of the sessions that were looked at. That a session has no chain is written once it is settled. */
function entriesOf(
  found: readonly SessionIv[],
  lookedAt: readonly DateNumber[],
  about: {
    readonly editions: readonly ChainEdition[] | undefined;
    readonly stampsOf: (session: DateNumber) => readonly string[];
    readonly now: number;
  },
): IvEntry[] {
  const bySession = new Map(found.map((one) => [one.session, one]));
  return lookedAt.flatMap((session): IvEntry[] => {
    const one = bySession.get(session);
    if (one === undefined && !isSettled(session, about.now)) return [];
    const edition = about.editions === undefined ? "unnamed" : editionOf(about.editions, session)!;
    const head = { session, edition, recorded_at: about.now };
    if (one === undefined) return [{ ...head, known_at: null, value: null, chain: null, stamps: [] }];
    const { value, chain } = one;
    return [
      {
        ...head,
        known_at: chain.knownAt,
        value: value > 0 && Number.isFinite(value) ? value : null,
        chain: fingerprintOfChains([chain]),
        stamps: [...about.stampsOf(session)].sort(),
      },
    ];
  });
}

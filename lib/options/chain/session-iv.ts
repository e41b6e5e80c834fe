import { NYSE } from "../../core/calendar.ts";
import type { OptionChain } from "../../core/option-data.ts";
import type { DateNumber } from "../../core/time.ts";
import { carriedKinds } from "./carried-kinds.ts";
import { withoutStalePrices } from "./chain-checks.ts";
import { atmIv, type Tenor } from "./iv-measures.ts";

/** So many sessions before one say whether its price of the underlying is stale. */
export const LEAD_SESSIONS = 2;

/** The at-the-money volatility of one session, and the snapshot that it was read from. */
export interface SessionIv {
  readonly session: DateNumber;
  /** A fraction a year; NaN = the snapshot cannot say. */
  readonly value: number;
  readonly chain: OptionChain;
}

/**
 * One at-the-money volatility for each session: of the last snapshot of the session that carries a market. A session without
 * one is left out. The number depends on the session's own snapshots and those of the two sessions before, on nothing else that
 * is at hand. Whoever changes what it gives raises `SESSION_IV_VERSION`.
 *
 * @param snapshots - daily snapshots of one underlying, ascending by the moment they were known
 * @param sessions - the sessions that are asked for, ascending
 */
export function sessionIvs(snapshots: readonly OptionChain[], sessions: readonly DateNumber[], tenor: Tenor): SessionIv[] {
  const bySession = Map.groupBy(
    snapshots.filter(({ knownAt }) => Number.isFinite(knownAt)),
    ({ sessionDate }) => sessionDate,
  );
  return sessions.flatMap((session) => {
    const own = bySession.get(session);
    if (own === undefined) return [];
    const before = Array.from({ length: LEAD_SESSIONS }, (_, k) => bySession.get(NYSE.addSessions(session, k - LEAD_SESSIONS)) ?? []);
    const judged = withoutStalePrices([...before.flat(), ...own].sort((a, b) => a.knownAt - b.knownAt));
    const chain = judged.findLast((one) => one.sessionDate === session && carriedKinds(one).has("market"));
    return chain === undefined ? [] : [{ session, value: atmIv(chain, tenor), chain }];
  });
}

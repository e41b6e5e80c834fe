import type { Cadence } from "../../core/bars.ts";
import { type DateNumber, formatDate } from "../../core/time.ts";
import { symbolPrefix } from "../series-keys.ts";

/** What is kept by session. */
export type SessionKind = "option_chains" | "option_bars" | "option_tape" | "underlying_tape";

/** Where the copies of one symbol's data lie. What a vendor licenses to one user is not shared with another. */
export interface CacheKeys {
  /** Of a month's bars, such as `2024-07`. */
  month(cadence: Cadence, month: string): string;
  /** Of where a series of bars begins. */
  series(cadence: Cadence): string;
  actions(): string;
  /** Of a session, or of one expiry in a session. */
  session(kind: SessionKind, session: DateNumber, expiry?: DateNumber): string;
  /** Of what says who downloads. */
  lease(what: string): string;
}

/** @throws INVALID_PARAM when owner or symbol cannot be part of a key */
export function cacheKeys(owner: string, store: string, symbol: string): CacheKeys {
  const prefix = symbolPrefix(owner, store, symbol);
  return {
    month: (cadence, month) => `${prefix}${cadence}/${month}.json`,
    series: (cadence) => `${prefix}${cadence}/series.json`,
    actions: () => `${prefix}actions.json`,
    session: (kind, session, expiry) =>
      `${prefix}${kind}/${formatDate(session)}${expiry === undefined ? "" : `.${formatDate(expiry)}`}.json`,
    lease: (what) => `${prefix}${what}.lease`,
  };
}

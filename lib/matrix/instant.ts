import { formatDate, sessionDateOf } from "../core/time.ts";

/** An instant for a message: New York date and UTC time. */
export function describeInstant(utcMs: number): string {
  return Number.isFinite(utcMs) ? `${formatDate(sessionDateOf(utcMs))} (${new Date(utcMs).toISOString()})` : "an unknown time";
}

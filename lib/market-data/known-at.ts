import * as z from "zod";
import { NYSE } from "../core/calendar.ts";
import { type DateNumber, newYorkWallToUtc } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";

const RULE = /^(next_session )?(?:(open|close)|([01]\d|2[0-3]):([0-5]\d))(?:\+([1-9]\d{0,2})m)?$/;

/** When the values of a session were known, as a user writes it. */
export const KnownAtSchema = z
  .string()
  .regex(
    RULE,
    'must be a time in New York such as "16:15", "open", "close" or "close+15m", after "next_session " where it is the next session\'s',
  );

/** The instant at which the values dated with a session were known, UTC milliseconds. */
export type KnownAtRule = (session: DateNumber) => number;

/**
 * Reads a rule: `16:15` is that time of the session's own day, `close+15m` 15 minutes after its actual close (also on half days),
 * `next_session 09:30` the next session's morning.
 *
 * @throws INVALID_PARAM when the text is no rule
 */
export function readKnownAt(text: string): KnownAtRule {
  const match = RULE.exec(text);
  if (match === null) {
    const issue = KnownAtSchema.safeParse(text).error?.issues[0]?.message ?? "is no rule";
    throw new SigmaError(
      "INVALID_PARAM",
      `The rule ${issue}; found ${JSON.stringify(text.slice(0, 40))}.`,
      {},
      { fieldErrors: [{ path: "", issue }] },
    );
  }
  const [, next, mark, hour, minute, plus] = match;
  const lateMs = Number(plus ?? 0) * 60_000;
  return (session) => {
    const date = next === undefined ? session : NYSE.nextSession(session);
    if (mark === "open") return NYSE.openOf(date) + lateMs;
    if (mark === "close") return NYSE.closeOf(date) + lateMs;
    return newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, Number(hour), Number(minute)) + lateMs;
  };
}

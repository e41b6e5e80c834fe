import { formatDate, isCalendarDate, sessionDateOf } from "#lib/core/time.ts";
import { issueWords } from "#lib/errors/issue-words.ts";

/** First and last date that a field takes, as `2026-11-20`. */
export interface DateBounds {
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/** The date in New York now. */
export const todayInNewYork = (): string => formatDate(sessionDateOf(Date.now()));

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A date of the calendar at this browser's midnight, as a calendar draws it; undefined when the text is none. */
export function dayOf(text: string | undefined): Date | undefined {
  const [, year, month, day] = WRITTEN.exec(text ?? "")?.map(Number) ?? [];
  return year === undefined || !isCalendarDate(year, month!, day!) ? undefined : new Date(year, month! - 1, day!);
}

const two = (part: number): string => String(part).padStart(2, "0");

/** `2026-11-20` of the day that a calendar draws. */
export const textOfDay = (day: Date): string =>
  `${String(day.getFullYear()).padStart(4, "0")}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;

/** What is typed, with the hyphens of the one form that dates have here: `20261120` and `2026/11/20` are the same day. */
export const withHyphens = (typed: string): string =>
  typed
    .trim()
    .replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3")
    .replace(/^(\d{4})[/.](\d{2})[/.](\d{2})$/, "$1-$2-$3");

/** What is wrong with a date that somebody left, in the words of the schemas; undefined when nothing is, or nothing stands there. */
export function dateObjection(text: string | undefined, { min, max }: DateBounds = {}): string | undefined {
  if (text === undefined || text === "") return undefined;
  if (dayOf(text) === undefined) return issueWords({ code: "invalid_format", format: "date", input: text });
  if (min !== undefined && text < min) return `must be ${min} or later; found "${text}"`;
  return max !== undefined && text > max ? `must be ${max} or earlier; found "${text}"` : undefined;
}

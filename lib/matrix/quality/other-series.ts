import type { Bars } from "../../core/bars.ts";
import { NYSE } from "../../core/calendar.ts";
import { formatDate, sessionDateOf } from "../../core/time.ts";
import { type Check, percent, verdict, worse } from "./verdict.ts";

const EQUAL_CLOSES = 3;
/** Share of bars with a close outside high and low above which a series is broken. */
const MOST_OUTSIDE = 0.01;

/**
 * The series of other symbols that indicators read, over the sessions that the rows read them for: sessions without a known close,
 * prices outside the bar's range, closes that repeat. What is missing makes columns unknown, which warns; a series that is missing altogether
 * fails, and so does one that contradicts itself or says of a bar that it was known before its end. (A universe's members are judged each by itself.)
 */
export const otherSeriesCheck: Check = ({ data, matrix }) => {
  if (data.others.length === 0) return verdict("other_series", "ok", "The matrix reads no other series.");
  const sessions = [...new Set(matrix.sessionDate)];
  const found = data.others.map(({ bars }) => ({ symbol: bars.symbol, ...faultsOf(bars, sessionsRead(bars, sessions)) }));
  const numbers = Object.fromEntries(
    found.flatMap(({ symbol, bars, missing, unknownOpens, outside, repeated, early }) => [
      [`${symbol}_bars`, bars],
      [`${symbol}_missing_sessions`, missing.length],
      [`${symbol}_unknown_opens`, unknownOpens],
      [`${symbol}_outside_range`, outside],
      [`${symbol}_repeated_closes`, repeated],
      [`${symbol}_known_too_early`, early],
    ]),
  );
  const status = found.map(statusOf(sessions.length)).reduce(worse, "ok");
  if (status === "ok") {
    const openless = found
      .filter(({ unknownOpens }) => unknownOpens > 0)
      .map(({ symbol, unknownOpens }) => `${symbol} lacks "${unknownOpens}" opens`);
    const summary = `Every session has the other series' closes, and they are consistent${openless.length > 0 ? ` (${openless.join(", ")})` : ""}.`;
    return verdict("other_series", "ok", summary, numbers);
  }
  const bad = found.filter((one) => statusOf(sessions.length)(one) !== "ok");
  const texts = bad.map(({ symbol, bars, missing, unknownOpens, outside, repeated, early }) => {
    const parts = [
      early > 0 && `"${early}" of "${bars}" bars said to be known before they end, which no series can be`,
      missing.length === sessions.length && "no close in the window",
      missing.length > 0 &&
        missing.length < sessions.length &&
        `${percent(missing.length / sessions.length)} of sessions without a close, the first ${formatDate(missing[0]!)}, the last ${formatDate(missing.at(-1)!)}`,
      unknownOpens > 0 && `"${unknownOpens}" unknown opens`,
      outside > 0 && `"${outside}" of "${bars}" bars with a price outside high and low`,
      repeated > 0 && `"${repeated}" closes that repeat three times or more`,
    ];
    return `${symbol}: ${parts.filter((part) => part !== false).join(", ")}`;
  });
  return verdict(
    "other_series",
    status,
    `${texts.slice(0, 3).join("; ")}. What is made from them is unknown or wrong there: complete these series, or choose another window.`,
    numbers,
    bad.map(({ symbol }) => symbol),
  );
};

/** What is published after the close is read in the session after it. */
const sessionsRead = ({ availableAt }: Bars, sessions: readonly number[]): readonly number[] =>
  availableAt === undefined
    ? sessions
    : sessions.filter((date) => date > NYSE.firstDate && date <= NYSE.lastDate).map((date) => NYSE.previousSession(date));

interface SeriesFaults {
  readonly bars: number;
  /** Sessions of the window without a known close. */
  readonly missing: readonly number[];
  readonly unknownOpens: number;
  readonly outside: number;
  /** Bars in runs of three equal closes or more. */
  readonly repeated: number;
  /** Bars that claim to have been known before their end. */
  readonly early: number;
}

const statusOf =
  (sessions: number) =>
  ({ bars, missing, outside, repeated, early }: SeriesFaults): "ok" | "warn" | "fail" => {
    if (missing.length === sessions || outside > MOST_OUTSIDE * bars || early > 0) return "fail";
    return missing.length + outside + repeated > 0 ? "warn" : "ok";
  };

function faultsOf({ length, start, end, open, high, low, close, availableAt }: Bars, sessions: readonly number[]): SeriesFaults {
  const [first, last] = [sessions[0]!, sessions.at(-1)!];
  const known = new Set<number>();
  let [bars, unknownOpens, outside, repeated, early, run] = [0, 0, 0, 0, 0, 1];
  for (let i = 0; i < length; i++) {
    const date = sessionDateOf(start[i]!);
    if (date < first || date > last) continue;
    bars += 1;
    if (availableAt !== undefined && availableAt[i]! < end[i]!) early += 1;
    if (!Number.isNaN(close[i]!)) known.add(date);
    if (Number.isNaN(open[i]!)) unknownOpens += 1;
    if (close[i]! > high[i]! || close[i]! < low[i]! || open[i]! > high[i]! || open[i]! < low[i]!) outside += 1;
    run = bars > 1 && close[i] === close[i - 1] ? run + 1 : 1;
    if (run === EQUAL_CLOSES) repeated += EQUAL_CLOSES;
    else if (run > EQUAL_CLOSES) repeated += 1;
  }
  return { bars, missing: sessions.filter((date) => !known.has(date)), unknownOpens, outside, repeated, early };
}

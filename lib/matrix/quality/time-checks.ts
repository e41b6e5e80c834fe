import { NYSE } from "../../core/calendar.ts";
import { isHole } from "../../core/session-holes.ts";
import { formatDate } from "../../core/time.ts";
import { describeInstant } from "../instant.ts";
import type { Matrix } from "../matrix.ts";
import { type Check, grade, percent, verdict, worse } from "./verdict.ts";

/** Rows must ascend in decision time, and each bar must end after it starts. */
export const monotonicTime: Check = ({ matrix }) => {
  const { rows, ts, barStart } = matrix;
  let backwards = 0;
  let first = -1;
  for (let i = 0; i < rows; i++) {
    const bad = !(barStart[i]! < ts[i]!) || (i > 0 && (ts[i]! < ts[i - 1]! || barStart[i]! < barStart[i - 1]!));
    if (!bad) continue;
    backwards += 1;
    if (first < 0) first = i;
  }
  if (backwards === 0) return verdict("monotonic_time", "ok", "Bars ascend in time.", { rows, out_of_order: 0 });
  const where = `"${backwards}" bars run backwards in time, the first ends ${describeInstant(ts[first]!)}. Sort the data and import it again.`;
  return verdict("monotonic_time", "fail", where, { rows, out_of_order: backwards });
};

/** No two rows may stand for the same bar. */
export const duplicateBars: Check = ({ matrix }) => {
  const { rows, ts, barStart } = matrix;
  const duplicates = rows - Math.min(new Set(ts).size, new Set(barStart).size);
  if (duplicates === 0) return verdict("duplicate_bars", "ok", "Every bar is there once.", { rows, duplicates });
  return verdict("duplicate_bars", "fail", `"${duplicates}" bars repeat another bar's time. Remove them and import again.`, {
    rows,
    duplicates,
  });
};

/**
 * Bars must lie inside a session of the calendar, and a daily bar must end with its session. A few stray bars warn;
 * above one in twenty the series follows other hours or another exchange.
 */
export const sessionAlignment: Check = ({ matrix }) => {
  const { rows, ts, barStart, sessionDate, info } = matrix;
  let outside = 0;
  let noSession = 0;
  let unknown = 0;
  for (let i = 0; i < rows; i++) {
    const date = sessionDate[i]!;
    if (!(date >= NYSE.firstDate && date <= NYSE.lastDate)) unknown += 1;
    else if (!NYSE.isSession(date)) noSession += 1;
    else {
      const close = NYSE.closeOf(date);
      const aligned = info.cadence === "daily" ? ts[i] === close : barStart[i]! >= NYSE.openOf(date) && ts[i]! <= close;
      if (!aligned) outside += 1;
    }
  }
  const numbers = { rows, outside_hours: outside, not_a_session: noSession, beyond_calendar: unknown };
  const bad = outside + noSession + unknown;
  if (bad === 0) return verdict("session_alignment", "ok", "Every bar lies inside a session of the NYSE calendar.", numbers);
  const status = grade(bad / rows, 0, 0.05);
  const found = `${percent(bad / rows)} of bars lie outside the calendar's sessions ("${noSession}" on days without one, "${outside}" outside its hours, "${unknown}" beyond the calendar)`;
  return verdict("session_alignment", status, `${found}. Check time zone and bar label of the import.`, numbers);
};

/**
 * Sessions of the calendar without any bar. Windows count bars, so what is missing stretches them in time. Holes of many
 * sessions warn: no label and no trade spans one. Many single missing sessions fail.
 */
export const missingSessions: Check = ({ matrix }) => {
  const present = new Set(matrix.sessionDate);
  const [first, last] = dateRange(matrix);
  if (!(first >= NYSE.firstDate && last <= NYSE.lastDate))
    return verdict("missing_sessions", "warn", "The series reaches beyond the trading calendar, so its sessions were not counted.", {});
  const expected = [...NYSE.sessionsBetween(first, last), ...(NYSE.isSession(last) ? [last] : [])];
  const missing = expected.filter((date) => !present.has(date));
  const holes = holesOf(matrix.sessionDate);
  const inHoles = holes.reduce((sum, [from, to]) => sum + NYSE.sessionIndex(to) - NYSE.sessionIndex(from) - 1, 0);
  const numbers = { sessions: expected.length, missing: missing.length, holes: holes.length, missing_in_holes: inHoles };
  if (missing.length === 0) return verdict("missing_sessions", "ok", "Every session of the window has bars.", numbers);
  const status = worse("warn", grade((missing.length - inHoles) / expected.length, 0, 0.05));
  const spans = holes.map(([from, to]) => `${formatDate(from)} to ${formatDate(to)}`);
  const about =
    holes.length === 0
      ? ""
      : ` "${inHoles}" of them in ${holes.length === 1 ? "a hole" : `"${holes.length}" holes`} (${spans.slice(0, 3).join(", ")}), which no label and no trade spans.`;
  const summary = `"${missing.length}" of "${expected.length}" sessions have no bar.${about} Complete the data, or accept that indicators' windows span them.`;
  return verdict("missing_sessions", status, summary, numbers, missing.slice(0, 20).map(formatDate));
};

/** Last session before and first session after each hole. */
function holesOf(sessionDate: Float64Array): [number, number][] {
  const holes: [number, number][] = [];
  for (let row = 1; row < sessionDate.length; row++) {
    const [from, to] = [sessionDate[row - 1]!, sessionDate[row]!];
    if (from !== to && isHole(from, to)) holes.push([from, to]);
  }
  return holes;
}

function dateRange({ sessionDate }: Matrix): [number, number] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const date of sessionDate) {
    first = Math.min(first, date);
    last = Math.max(last, date);
  }
  return [first, last];
}

import { type Check, grade, percent, verdict } from "./verdict.ts";

const STALE_OPEN_SHARE = 0.1;
/** Relative difference up to which an open counts as the previous close: levels are rounded to a cent. */
const ROUNDING = 1e-5;
/** Years with fewer sessions than this say nothing about their opens. */
const MIN_SESSIONS = 20;
const EQUAL_CLOSES = 3;

/**
 * Years in which more than a tenth of the sessions open at the previous session's close: the opens were copied, not
 * observed. That falsifies every return that starts at an open, so it fails a matrix whose label enters at the
 * next open or that has features made from the open; others are warned.
 */
export const staleOpen: Check = ({ matrix, openBasedFeatures }) => {
  const { rows, sessionDate, open, close, info } = matrix;
  const years = new Map<number, { sessions: number; stale: number }>();
  for (let i = 1; i < rows; i++) {
    // Inside a session a bar naturally opens where the last one closed.
    if (sessionDate[i] === sessionDate[i - 1]) continue;
    const year = Math.floor(sessionDate[i]! / 10_000);
    const entry = years.get(year) ?? { sessions: 0, stale: 0 };
    entry.sessions += 1;
    if (Math.abs(open[i]! - close[i - 1]!) <= ROUNDING * close[i - 1]!) entry.stale += 1;
    years.set(year, entry);
  }
  const stale = [...years].filter(([, { sessions, stale }]) => sessions >= MIN_SESSIONS && stale / sessions > STALE_OPEN_SHARE);
  const items = stale.map(([year]) => String(year)).sort();
  let sessions = 0;
  let copied = 0;
  for (const [, entry] of years) {
    sessions += entry.sessions;
    copied += entry.stale;
  }
  const numbers = { years: years.size, stale_years: items.length, sessions, stale_opens: copied };
  if (items.length === 0) return verdict("stale_open", "ok", "Opens differ from the previous close.", numbers);

  const found = `In ${spans(items)} more than ${percent(STALE_OPEN_SHARE)} of sessions open at the previous close: those opens were copied`;
  const features = info.features.map(({ name }) => name).filter((name) => openBasedFeatures.has(name));
  if (info.label.entry === "next_open")
    return verdict("stale_open", "fail", `${found}. Use label.entry "decision_close", or a window without these years.`, numbers, items);
  if (features.length > 0) {
    const names = features.slice(0, 5).join(", ");
    return verdict("stale_open", "fail", `${found}. Remove the features made from the open (${names}), or these years.`, numbers, items);
  }
  return verdict("stale_open", "warn", `${found}. Nothing in this matrix uses the open.`, numbers, items);
};

/** Closes repeated three times or more, and bars without any volume: nothing traded, or the price was carried forward. */
export const staleClose: Check = ({ matrix }) => {
  const { rows, close, volume } = matrix;
  let repeated = 0;
  let zeroVolume = 0;
  let knownVolume = 0;
  let run = 1;
  for (let i = 0; i < rows; i++) {
    if (volume[i] === 0) zeroVolume += 1;
    else if (!Number.isNaN(volume[i]!)) knownVolume += 1;
    run = i > 0 && close[i] === close[i - 1] ? run + 1 : 1;
    if (run === EQUAL_CLOSES) repeated += EQUAL_CLOSES;
    else if (run > EQUAL_CLOSES) repeated += 1;
  }
  // A series that never has a volume (an index) says nothing by it.
  const silent = knownVolume === 0 ? 0 : zeroVolume;
  const numbers = { rows, repeated_closes: repeated, zero_volume: zeroVolume, no_volume_at_all: knownVolume === 0 ? 1 : 0 };
  const status = grade(Math.max(repeated, silent) / rows, 0, 0.2);
  if (status === "ok") return verdict("stale_close", "ok", "No close repeats three times and no bar lacks trades.", numbers);
  const found = `${percent(repeated / rows)} of bars repeat a close three times or more, ${percent(silent / rows)} have zero volume`;
  return verdict("stale_close", status, `${found}. Prices may be carried forward: check the source, or use a longer cadence.`, numbers);
};

/** `2000-2007 and 2011-2013` from sorted years. */
function spans(years: readonly string[]): string {
  const parts: [number, number][] = [];
  for (const year of years.map(Number)) {
    const last = parts.at(-1);
    if (last && year === last[1] + 1) last[1] = year;
    else parts.push([year, year]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(" and ");
}

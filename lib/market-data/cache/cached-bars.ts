import type { Bars, Cadence } from "../../core/bars.ts";
import { mapConcurrently } from "../../core/map-concurrently.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, parseDate, sessionDateOf } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { DateWindow } from "../../ports/market-data.ts";
import { checkBars, rowOrigin } from "../bar-checks.ts";
import type { Supplied } from "../history-source.ts";
import { isRefusal } from "../vendor-refusal.ts";
import { barsBetween, windowRange } from "../window.ts";
import { type BarMonth, readMonth, type StoredMonth, writeMonth } from "./bar-months.ts";
import type { CacheDeps } from "./cache-deps.ts";
import type { CacheKeys } from "./cache-keys.ts";
import { isComplete, isSettled } from "./completeness.ts";
import { joinBars } from "./join-bars.ts";
import { callsOf, lackingOf, monthOf, monthsOf, type SessionRange } from "./month-plan.ts";
import { seriesStart } from "./series-start.ts";

/** Months that are read at the same time. */
const WIDTH = 16;

interface Asked {
  readonly keys: CacheKeys;
  readonly symbol: string;
  readonly cadence: Cadence;
  /** How long after the close the day's values are published, in milliseconds. */
  readonly publishedAfterMs: number;
  /** When it was asked, UTC milliseconds. */
  readonly now: number;
}

/** What is in hand of one month. */
interface MonthInHand {
  stored: StoredMonth;
  /** Bars that may not be stored yet: later than the stored ones, ascending. */
  loose: Bars[];
}

/**
 * The bars of a window: complete sessions from the cache, what it lacks from the vendor and then into the cache, and what
 * the vendor knows of the session that is under way, which is never stored. Factor 1 throughout.
 */
export async function cachedBars(
  deps: CacheDeps,
  keys: CacheKeys,
  request: { readonly symbol: string; readonly cadence: Cadence; readonly window: DateWindow; readonly publishedAfterMs: number },
): Promise<Bars> {
  const { calendar, clock } = deps;
  const { symbol, cadence, window, publishedAfterMs } = request;
  const asked: Asked = { keys, symbol, cadence, publishedAfterMs, now: clock.now() };
  // Refuses dates that do not exist and empty ranges before anything is asked.
  const { endMs } = windowRange(window);
  const tomorrow = dateOfDayNumber(dayNumberOf(sessionDateOf(asked.now)) + 1);
  const end = window.end === null ? tomorrow : Math.min(parseDate(window.end), tomorrow);
  const start = window.start === null ? await seriesStart(deps, keys, symbol, cadence) : parseDate(window.start);
  const sessions = calendar.sessionsBetween(start, end);
  const complete = sessions.filter((session) => isComplete(session, { ...asked, knownTo: asked.now, calendar }));
  const parts: Bars[] = [];
  if (complete.length > 0) parts.push(...(await history(deps, asked, complete)));
  // Only the last one can be under way.
  const current = sessions[complete.length];
  if (current !== undefined && mayHaveBar(deps, asked, current)) parts.push((await askCurrent(deps, asked, current)).data);
  const first = sessions[0];
  const all = joinBars(symbol, cadence, parts);
  return first === undefined ? all : barsBetween(all, calendar.openOf(first), endMs);
}

/** The bars of complete sessions, month by month. */
async function history(deps: CacheDeps, asked: Asked, sessions: readonly DateNumber[]): Promise<Bars[]> {
  const months = monthsOf({ first: sessions[0]!, last: sessions.at(-1)! }, deps.calendar);
  const read = async (): Promise<Map<string, MonthInHand>> => {
    const stored = await mapConcurrently([...months.keys()], WIDTH, (month) => readMonth(deps.artifacts, asked.keys, { ...asked, month }));
    return new Map([...months.keys()].map((month, i) => [month, { stored: stored[i]!, loose: [] }]));
  };
  const lacking = (inHand: ReadonlyMap<string, MonthInHand>): SessionRange[] =>
    [...months].flatMap(([month, wanted]) => {
      const known = inHand.get(month)!.stored.month;
      const range = lackingOf(known, wanted, deps.calendar);
      return range === undefined ? [] : [range];
    });

  let inHand = await read();
  if (lacking(inHand).length > 0) {
    await deps.lease.hold(asked.keys.lease(asked.cadence), async (renew) => {
      // Another process may have fetched it while this one waited.
      inHand = await read();
      for (const call of callsOf(lacking(inHand), asked.cadence, deps.calendar)) {
        await renew();
        await fetchInto(deps, asked, inHand, call);
      }
    });
  }
  return [...inHand.values()].flatMap(({ stored, loose }) => [...(stored.month === undefined ? [] : [stored.month.bars]), ...loose]);
}

/** Asks for a range and puts what comes into the months, stored where it may be. */
async function fetchInto(deps: CacheDeps, asked: Asked, inHand: ReadonlyMap<string, MonthInHand>, call: SessionRange): Promise<void> {
  const { calendar } = deps;
  const today = sessionDateOf(asked.now);
  if (call.first < today) {
    const last = call.last === today ? calendar.previousSession(today) : call.last;
    const { range, supplied } = await askFromMonthStart(deps, asked, { first: call.first, last }, inHand);
    for (const [month, sessions] of monthsOf(range, calendar)) await keep(deps, asked, inHand.get(month)!, month, sessions, supplied);
  }
  // Asked on its own: a plan may include every session but today's.
  if (call.last === today) {
    const supplied = await askCurrent(deps, asked, today);
    await keep(deps, asked, inHand.get(monthOf(today))!, monthOf(today), [today], supplied);
  }
}

/** A month that is not known yet is fetched from its first session, where the plan lets it. */
async function askFromMonthStart(
  deps: CacheDeps,
  asked: Asked,
  range: SessionRange,
  inHand: ReadonlyMap<string, MonthInHand>,
): Promise<{ readonly range: SessionRange; readonly supplied: Supplied<Bars> }> {
  const { calendar } = deps;
  const beginning = calendar.sessionsBetween(Math.floor(range.first / 100) * 100 + 1, range.first)[0];
  const known = inHand.get(monthOf(range.first))!.stored.month;
  const continues = known !== undefined && calendar.nextSession(known.through) === range.first;
  if (!continues && beginning !== undefined) {
    try {
      const whole = { first: beginning, last: range.last };
      return { range: whole, supplied: await ask(deps, asked, whole) };
    } catch (error) {
      if (!isRefusal(error, "entitlement")) throw error;
    }
  }
  return { range, supplied: await ask(deps, asked, range) };
}

/** Today's bars as far as they are known; none when the plan does not include today. */
async function askCurrent(deps: CacheDeps, asked: Asked, today: DateNumber): Promise<Supplied<Bars>> {
  try {
    return await ask(deps, asked, { first: today, last: today });
  } catch (error) {
    if (!isRefusal(error, "entitlement")) throw error;
    return { data: joinBars(asked.symbol, asked.cadence, []), knownTo: Number.NEGATIVE_INFINITY };
  }
}

/** @throws DATA_INVALID when the vendor's bars break the rules of bars: nothing of them is kept */
async function ask({ source, calendar }: CacheDeps, { symbol, cadence }: Asked, range: SessionRange): Promise<Supplied<Bars>> {
  const supplied = await source.bars({ symbol, cadence, ...range });
  if (supplied.data.length > 0) checkBars(supplied.data, rowOrigin(`${symbol} of "${source.name}"`), calendar);
  return supplied;
}

/** Whether a bar of the session can have ended. */
function mayHaveBar({ calendar }: CacheDeps, { now, cadence }: Asked, session: DateNumber): boolean {
  return now >= (cadence === "daily" ? calendar.closeOf(session) : calendar.openOf(session));
}

/**
 * Stores the sessions up to the first one that is not history yet: not complete, or empty so lately that it may be a gap of
 * the vendor. The bars after that stay loose.
 */
async function keep(
  deps: CacheDeps,
  asked: Asked,
  month: MonthInHand,
  name: string,
  sessions: readonly DateNumber[],
  { data, knownTo }: Supplied<Bars>,
): Promise<void> {
  const { calendar } = deps;
  const between = (first: DateNumber, last: DateNumber): Bars => barsBetween(data, calendar.openOf(first), calendar.closeOf(last));
  const empty: DateNumber[] = [];
  let kept = 0;
  for (; kept < sessions.length; kept++) {
    const session = sessions[kept]!;
    if (!isComplete(session, { ...asked, knownTo, calendar })) break;
    if (between(session, session).length > 0) continue;
    if (!isSettled(session, asked.now)) break;
    empty.push(session);
  }
  const known = month.stored.month;
  const continues = known !== undefined && calendar.nextSession(known.through) === sessions[0];
  const replaces = known === undefined || sessions[0]! <= known.from;
  // Behind a session that is no history yet nothing is stored.
  if (month.loose.length > 0 || !(continues || replaces)) kept = 0;
  else if (replaces) month.stored = { month: undefined, found: month.stored.found };
  if (kept > 0) {
    const bars = between(sessions[0]!, sessions[kept - 1]!);
    const grown: BarMonth = {
      from: continues ? known.from : sessions[0]!,
      through: sessions[kept - 1]!,
      empty: continues ? [...known.empty, ...empty] : empty,
      bars: continues ? joinBars(asked.symbol, asked.cadence, [known.bars, bars]) : bars,
    };
    month.stored = { month: grown, found: await writtenMonth(deps, asked, name, grown, month.stored.found) };
  }
  if (kept < sessions.length) month.loose.push(between(sessions[kept]!, sessions.at(-1)!));
}

async function writtenMonth(
  { artifacts }: CacheDeps,
  asked: Asked,
  name: string,
  month: BarMonth,
  before: StoredMonth["found"],
): Promise<StoredMonth["found"]> {
  try {
    return await writeMonth(artifacts, asked.keys, name, month, before);
  } catch (error) {
    // Another process was first with the same sessions: what is in hand is as good.
    if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
    return (await readMonth(artifacts, asked.keys, { ...asked, month: name })).found;
  }
}

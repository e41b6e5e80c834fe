import { NYSE } from "../core/calendar.ts";
import type { IndicatorInputs } from "./inputs.ts";
import { newColumn } from "./kernels/columns.ts";
import { rowSessions } from "./session-numbers.ts";

/**
 * Moments at which something became known, ascending: snapshots of a chain, an index's closes. Each belongs to a session, by its
 * number.
 */
export interface Timeline {
  /** Names it among the shared series of one inputs object. */
  readonly key: string;
  /** UTC milliseconds. */
  readonly knownAt: Float64Array;
  readonly session: Float64Array;
}

/**
 * For each row the place of the latest entry known by the row's end, if it is of the row's session or of the one before; -1 where
 * there is none: what is older is stale.
 */
export function latestPlaces(inputs: IndicatorInputs, timeline: Timeline): Float64Array {
  return inputs.shared.get(`latest:${timeline.key}`, () => {
    const { length, barEnd } = inputs;
    const { knownAt, session } = timeline;
    const rows = rowSessions(inputs);
    const places = new Float64Array(length);
    let next = 0;
    for (let t = 0; t < length; t++) {
      while (next < knownAt.length && knownAt[next]! <= barEnd[t]!) next += 1;
      const age = rows[t]! - (session[next - 1] ?? Number.NaN);
      places[t] = age === 0 || age === 1 ? next - 1 : -1;
    }
    return places;
  });
}

/** The value at each row's latest place; NaN where there is none. */
export function latestValues(inputs: IndicatorInputs, timeline: Timeline, values: Float64Array): Float64Array {
  return valuesAt(latestPlaces(inputs, timeline), values);
}

/** The value at each place; NaN for -1. */
export function valuesAt(places: Float64Array, values: Float64Array): Float64Array {
  const out = newColumn(places.length);
  for (let t = 0; t < out.length; t++) out[t] = places[t]! < 0 ? Number.NaN : values[places[t]!]!;
  return out;
}

/** For each row the place of the last entry of the session before the row's that was known by the row's end; -1 = none. */
export function previousSessionPlaces(inputs: IndicatorInputs, timeline: Timeline): Float64Array {
  return inputs.shared.get(`previous:${timeline.key}`, () => {
    const { length, barEnd } = inputs;
    const { knownAt, session } = timeline;
    const rows = rowSessions(inputs);
    const lastOf = new Float64Array(NYSE.sessionCount).fill(-1);
    const places = new Float64Array(length);
    let next = 0;
    for (let t = 0; t < length; t++) {
      for (; next < knownAt.length && knownAt[next]! <= barEnd[t]!; next++) lastOf[session[next]!] = next;
      places[t] = lastOf[rows[t]! - 1] ?? -1;
    }
    return places;
  });
}

/** Of a window's sessions this share must have a value; what is missing is left out. */
export const LEAST_PRESENT = 0.6;

/**
 * Calls back for each session of a timeline with the values of the sessions before it: of each of the `window` sessions before,
 * the last entry's. Sessions without a value are left out; with less than 60 % of them there is no call. What the session itself
 * brings never counts as past.
 *
 * @param visit - gets the past values, ascending, to read until it returns, and the session's entries [from, to)
 */
export function forEachSession(
  { session }: Timeline,
  values: Float64Array,
  window: number,
  visit: (past: Float64Array, from: number, to: number) => void,
): void {
  const lastOf = new Float64Array(NYSE.sessionCount).fill(Number.NaN);
  const least = Math.ceil(LEAST_PRESENT * window);
  const past = createSorted(window);
  // The past holds the sessions [first, end).
  let [first, end] = [0, 0];
  for (let from = 0; from < session.length; ) {
    const number = session[from]!;
    let to = from + 1;
    while (to < session.length && session[to] === number) to += 1;
    const start = Math.max(0, number - window);
    // After a jump, and for a session that comes again after a later one (late data), the past is gathered anew.
    if (start > end || number < end) {
      past.clear();
      [first, end] = [start, start];
    }
    for (; first < start; first++) past.remove(lastOf[first]!);
    for (; end < number; end++) past.add(lastOf[end]!);
    const known = past.values();
    if (known.length >= least && !Number.isNaN(number)) visit(known, from, to);
    lastOf[number] = values[to - 1]!;
    from = to;
  }
}

/**
 * Calls back for each entry of a timeline with the values of the sessions before its own that another one had told by then: of each
 * of the `window` sessions before, the last that was known no later than the entry. With less than 60 % of them there is no call.
 *
 * @param past - no session's value that was known later than an entry counts for it, nor does the entry's own session
 * @param visit - gets the past values, ascending, to read until it returns, and the entry's place
 */
export function forEachWithPast(
  entries: Timeline,
  past: Omit<Timeline, "key"> & { readonly value: Float64Array },
  window: number,
  visit: (past: Float64Array, place: number) => void,
): void {
  const lastOf = new Float64Array(NYSE.sessionCount).fill(Number.NaN);
  const least = Math.ceil(LEAST_PRESENT * window);
  const held = createSorted(window);
  // What is held is of the sessions [first, end).
  let [first, end, next] = [0, 0, 0];
  for (let i = 0; i < entries.session.length; i++) {
    for (; next < past.session.length && past.knownAt[next]! <= entries.knownAt[i]!; next++) {
      const [session, value] = [past.session[next]!, past.value[next]!];
      if (Number.isNaN(session)) continue;
      if (session >= first && session < end) {
        held.remove(lastOf[session]!);
        held.add(value);
      }
      lastOf[session] = value;
    }
    const number = entries.session[i]!;
    if (Number.isNaN(number)) continue;
    const start = Math.max(0, number - window);
    if (start > end || number < end) {
      held.clear();
      [first, end] = [start, start];
    }
    for (; first < start; first++) held.remove(lastOf[first]!);
    for (; end < number; end++) held.add(lastOf[end]!);
    const known = held.values();
    if (known.length >= least) visit(known, i);
  }
}

/** Numbers in ascending order; NaN is neither added nor removed. */
function createSorted(capacity: number) {
  const sorted = new Float64Array(capacity);
  let length = 0;
  const held = (): Float64Array => sorted.subarray(0, length);
  return {
    values: held,
    clear() {
      length = 0;
    },
    add(value: number) {
      if (Number.isNaN(value)) return;
      const place = countBelow(held(), value);
      sorted.copyWithin(place + 1, place, length);
      sorted[place] = value;
      length += 1;
    },
    remove(value: number) {
      if (Number.isNaN(value)) return;
      const place = countBelow(held(), value);
      sorted.copyWithin(place, place + 1, length);
      length -= 1;
    },
  };
}

/** How many of ascending values are below one. */
export function countBelow(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

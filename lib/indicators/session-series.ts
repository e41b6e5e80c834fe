import { isScheduleDate, scheduledOpenOf } from "../core/exchange-schedule.ts";
import type { IndicatorInputs } from "./inputs.ts";
import { newColumn } from "./kernels/columns.ts";
import { ema, relativeStrengthIndex } from "./kernels/recursive.ts";

/**
 * Bars seen by session: the running values of the session so far, and the sessions themselves rolled up from the
 * matrix's own bars. On daily bars every bar is a session.
 *
 * A series that begins in the middle of a session does not know that session's open, range or volume: they are NaN there,
 * so that a value never depends on where the data was cut. Unknown bars inside a session are left out.
 */

/** For each bar, the position of its session among those of the series, from 0. */
export function sessionPosition(inputs: IndicatorInputs): Float64Array {
  return inputs.shared.get("session:position", () => {
    const { length, sessionDate } = inputs;
    const out = newColumn(length);
    let position = 0;
    for (let i = 0; i < length; i++) {
      if (i > 0 && sessionDate[i]! > sessionDate[i - 1]!) position += 1;
      out[i] = position;
    }
    return out;
  });
}

/** Whether the first session of the series lacks its first bars. */
export function beginsMidSession({ length, sessionDate, barStart }: IndicatorInputs): boolean {
  return length > 0 && isScheduleDate(sessionDate[0]!) && barStart[0]! > scheduledOpenOf(sessionDate[0]!);
}

/** Sessions of the series, one entry each, oldest first; the last one may be in the making. */
export interface Sessions {
  /** NaN when the first bar's open is unknown. */
  readonly open: Float64Array;
  /** NaN when any bar's high is unknown. */
  readonly high: Float64Array;
  /** NaN when any bar's low is unknown. */
  readonly low: Float64Array;
  /** The last known close. */
  readonly close: Float64Array;
}

/** The series rolled up to sessions. */
export function rolledUpSessions(inputs: IndicatorInputs): Sessions {
  let made: Sessions | undefined;
  const of = (field: keyof Sessions): Float64Array =>
    inputs.shared.get(`sessions:${field}`, () => {
      made ??= rollUp(inputs);
      return made[field];
    });
  return { open: of("open"), high: of("high"), low: of("low"), close: of("close") };
}

function rollUp(inputs: IndicatorInputs): Sessions {
  const { length } = inputs;
  const position = sessionPosition(inputs);
  const count = length > 0 ? position[length - 1]! + 1 : 0;
  const open = new Float64Array(count);
  const high = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const low = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const close = new Float64Array(count).fill(Number.NaN);
  for (let i = 0; i < length; i++) {
    const session = position[i]!;
    if (i === 0 || position[i - 1] !== session) open[session] = inputs.open[i]!;
    high[session] = Math.max(high[session]!, inputs.high[i]!);
    low[session] = Math.min(low[session]!, inputs.low[i]!);
    if (!Number.isNaN(inputs.close[i]!)) close[session] = inputs.close[i]!;
  }
  if (beginsMidSession(inputs)) for (const field of [open, high, low]) field[0] = Number.NaN;
  return { open, high, low, close };
}

/** Exponential moving average of the sessions' closes, one value for each session. */
export function sessionEma(inputs: IndicatorInputs, window: number): Float64Array {
  return inputs.shared.get(`sessions:ema:${window}`, () => ema(rolledUpSessions(inputs).close, window));
}

/** Wilder's relative strength index of the sessions' closes, one value for each session. */
export function sessionRsi(inputs: IndicatorInputs, window: number): Float64Array {
  return inputs.shared.get(`sessions:rsi:${window}`, () => relativeStrengthIndex(rolledUpSessions(inputs).close, window));
}

/** A running series at each session's last known bar; NaN for a session that knows none. */
export function lastOfSession(inputs: IndicatorInputs, running: Float64Array): Float64Array {
  const { length } = inputs;
  const position = sessionPosition(inputs);
  const out = new Float64Array(length > 0 ? position[length - 1]! + 1 : 0).fill(Number.NaN);
  for (let i = 0; i < length; i++) if (!Number.isNaN(running[i]!)) out[position[i]!] = running[i]!;
  return out;
}

/**
 * What was known at the open of each bar's session: the value of the session before. NaN in the first session, and at a
 * bar whose close is unknown.
 *
 * @param bySession - one value for each session
 */
export function knownAtOpen(inputs: IndicatorInputs, bySession: Float64Array): Float64Array {
  const { length, close } = inputs;
  const position = sessionPosition(inputs);
  const out = newColumn(length);
  for (let i = 0; i < length; i++) {
    const session = position[i]!;
    out[i] = session > 0 && !Number.isNaN(close[i]!) ? bySession[session - 1]! : Number.NaN;
  }
  return out;
}

/**
 * A value of each session, at all its bars. NaN at a bar whose close is unknown. Only for values that the session's
 * first bar settles.
 *
 * @param bySession - one value for each session
 */
export function overSession(inputs: IndicatorInputs, bySession: Float64Array): Float64Array {
  const { length, close } = inputs;
  const position = sessionPosition(inputs);
  const out = newColumn(length);
  for (let i = 0; i < length; i++) out[i] = Number.isNaN(close[i]!) ? Number.NaN : bySession[position[i]!]!;
  return out;
}

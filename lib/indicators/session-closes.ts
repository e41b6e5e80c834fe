import { NYSE } from "../core/calendar.ts";
import { type IndicatorInputs, SESSIONS_PER_YEAR } from "./inputs.ts";
import { newColumn } from "./kernels/columns.ts";
import { rollingMoments } from "./kernels/rolling.ts";
import { rowSessions } from "./session-numbers.ts";
import { knownAtOpen, rolledUpSessions } from "./session-series.ts";
import { closeLogReturn } from "./shared-series.ts";

/** Whether rows are shorter than a session. */
const isIntraday = ({ barsPerYear }: IndicatorInputs): boolean => barsPerYear > SESSIONS_PER_YEAR;

/** The last known close of each session of the rows, in order; NaN for a session without one. On daily bars: the closes. */
export const sessionCloses = (inputs: IndicatorInputs): Float64Array =>
  isIntraday(inputs) ? rolledUpSessions(inputs).close : inputs.close;

/**
 * A series of sessions as each row may know it: on intraday bars that of the last completed session, on daily bars the row's own,
 * whose close is its decision time. NaN at a row whose close is unknown.
 */
export const atCompletedSessions = (inputs: IndicatorInputs, bySession: Float64Array): Float64Array =>
  isIntraday(inputs) ? knownAtOpen(inputs, bySession) : bySession;

/** Bars before the first value of `atCompletedSessions` for a series of sessions that begins after so many sessions. */
export const completedWarmup = (sessions: number, barsPerSession: number): number =>
  barsPerSession > 1 ? (sessions + 1) * barsPerSession : sessions;

/** Natural logarithm of each session's close over that of the session before; NaN unless both are positive. */
export function sessionLogReturns(inputs: IndicatorInputs): Float64Array {
  return inputs.shared.get("session_log_return", () => {
    const closes = sessionCloses(inputs);
    return closes.map((close, i) => (close > 0 && closes[i - 1]! > 0 ? Math.log(close / closes[i - 1]!) : Number.NaN));
  });
}

/** What a realised volatility counts: returns of bars, or of sessions from close to close. */
export const RETURN_FREQUENCIES = ["bar", "daily"] as const;
export type ReturnFrequency = (typeof RETURN_FREQUENCIES)[number];

/** Sample standard deviation of the last `window` log returns, annualised: a fraction a year. */
export function realizedVolatility(inputs: IndicatorInputs, window: number, frequency: ReturnFrequency): Float64Array {
  return inputs.shared.get(`realized:${frequency}:${window}`, () => {
    const perBar = frequency === "bar";
    const returns = perBar ? closeLogReturn(inputs, 1) : sessionLogReturns(inputs);
    const { std } = rollingMoments(returns, window, 1);
    const root = Math.sqrt(perBar ? inputs.barsPerYear : SESSIONS_PER_YEAR);
    for (let i = 0; i < std.length; i++) std[i] = std[i]! * root;
    return perBar ? std : atCompletedSessions(inputs, std);
  });
}

/** Bars before the first value of `realizedVolatility`. */
export const realizedWarmup = (window: number, frequency: ReturnFrequency, barsPerSession: number): number =>
  frequency === "bar" ? window : completedWarmup(window, barsPerSession);

/**
 * For each row the change of the close over the session before the row's, from the close of the session before that; NaN unless
 * the rows know both.
 */
export function previousSessionChange(inputs: IndicatorInputs): Float64Array {
  const { length, close } = inputs;
  const rows = rowSessions(inputs);
  const closeOf = new Float64Array(NYSE.sessionCount).fill(Number.NaN);
  const out = newColumn(length);
  for (let t = 0; t < length; t++) {
    out[t] = (closeOf[rows[t]! - 1] ?? Number.NaN) - (closeOf[rows[t]! - 2] ?? Number.NaN);
    if (!Number.isNaN(close[t]!)) closeOf[rows[t]!] = close[t]!;
  }
  return out;
}

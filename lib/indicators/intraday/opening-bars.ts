import { isScheduleDate, scheduledOpenOf } from "../../core/exchange-schedule.ts";
import type { IndicatorInputs } from "../inputs.ts";
import { beginsMidSession, sessionPosition } from "../session-series.ts";

/** The first minutes of each session of the series. */
export interface Opening {
  /** Highest high and lowest low of the bars that end within the minutes; NaN where a bar straddles their end, is unknown, or none exists. */
  readonly high: Float64Array;
  readonly low: Float64Array;
  /** When the minutes are over, UTC milliseconds; NaN for a session that the exchange's calendar does not know. */
  readonly end: Float64Array;
}

/**
 * High and low of the first `minutes` of each session. Only to be used at bars that end at `end` or later: before that the
 * range is still in the making.
 */
export function openingOf(inputs: IndicatorInputs, minutes: number): Opening {
  const { length, sessionDate, barStart, barEnd } = inputs;
  const position = sessionPosition(inputs);
  const count = length > 0 ? position[length - 1]! + 1 : 0;
  const high = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const low = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const end = new Float64Array(count);
  for (let i = 0; i < length; i++) {
    const session = position[i]!;
    if (i === 0 || position[i - 1] !== session)
      end[session] = isScheduleDate(sessionDate[i]!) ? scheduledOpenOf(sessionDate[i]!) + minutes * 60_000 : Number.NaN;
    const cut = end[session]!;
    if (barStart[i]! >= cut) continue;
    const inside = barEnd[i]! <= cut;
    high[session] = Math.max(high[session]!, inside ? inputs.high[i]! : Number.NaN);
    low[session] = Math.min(low[session]!, inside ? inputs.low[i]! : Number.NaN);
  }
  const firstKnown = beginsMidSession(inputs) ? 1 : 0;
  for (let s = 0; s < count; s++) {
    if (s >= firstKnown && Number.isFinite(high[s]! - low[s]!)) continue;
    high[s] = Number.NaN;
    low[s] = Number.NaN;
  }
  return { high, low, end };
}

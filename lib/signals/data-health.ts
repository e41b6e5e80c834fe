import type { Cadence } from "../core/bars.ts";
import { sessionDateOf } from "../core/time.ts";
import { holdEnd } from "./hold-end.ts";
import type { SignalReason } from "./signal.schema.ts";

export interface HealthInput {
  readonly cadence: Cadence;
  /** End of the bar to score, and the moment of scoring, UTC ms. */
  readonly barEnd: number;
  readonly now: number;
  readonly close: number;
  readonly features: readonly number[];
}

/** Above this share of unknown features a row is no basis for a decision. */
const MOST_UNKNOWN = 0.5;
/** Bars that may have closed since the scored one: a feed may be a bar late, not more. */
const MOST_MISSED_BARS = 2;

/** What speaks against acting on the newest bar. Unhealthy data give HOLD with the reason, never a guess. */
export function assessHealth({ cadence, barEnd, now, close, features }: HealthInput): SignalReason[] {
  const reasons: SignalReason[] = [];
  const due = holdEnd(sessionDateOf(barEnd - 1), barEnd, cadence, MOST_MISSED_BARS);
  if (now > due) {
    const text = `The newest bar ended at ${new Date(barEnd).toISOString()} and is stale: at least ${MOST_MISSED_BARS} bars have closed since. Update the data.`;
    reasons.push({ code: "stale_data", text, value: barEnd, limit: due });
  }
  if (!(close > 0)) reasons.push({ code: "missing_close", text: "The newest bar has no close.", value: null, limit: null });
  const unknown = features.filter((value) => Number.isNaN(value)).length / Math.max(1, features.length);
  if (unknown > MOST_UNKNOWN) {
    reasons.push({
      code: "features_unknown",
      text: `${Math.round(100 * unknown)} % of the features are unknown at this bar.`,
      value: unknown,
      limit: MOST_UNKNOWN,
    });
  }
  return reasons;
}

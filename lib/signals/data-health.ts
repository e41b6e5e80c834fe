import type { Cadence } from "../core/bars.ts";
import { sessionDateOf } from "../core/time.ts";
import { nextBarEnd } from "./hold-end.ts";
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

/** What speaks against acting on the newest bar. Unhealthy data give HOLD with the reason, never a guess. */
export function assessHealth({ cadence, barEnd, now, close, features }: HealthInput): SignalReason[] {
  const reasons: SignalReason[] = [];
  // A signal of a bar can be acted on until the next one has closed.
  const due = nextBarEnd(sessionDateOf(barEnd - 1), barEnd, cadence);
  if (now > due) {
    const text = `The newest bar ended at ${new Date(barEnd).toISOString()} and is stale: another bar has closed since. Update the data.`;
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

import type { IndicatorInputs } from "../inputs.ts";
import { rolledUpSessions } from "../session-series.ts";

/** The open of each session over the last known close of the session before, minus 1; NaN for the first session. */
export function sessionGaps(inputs: IndicatorInputs): Float64Array {
  return inputs.shared.get("sessions:gap", () => {
    const { open, close } = rolledUpSessions(inputs);
    const out = new Float64Array(open.length);
    for (let s = 0; s < out.length; s++) {
      const before = s > 0 ? close[s - 1]! : Number.NaN;
      out[s] = before > 0 ? (open[s]! - before) / before : Number.NaN;
    }
    return out;
  });
}

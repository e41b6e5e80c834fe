import type { IndicatorInputs } from "./inputs.ts";
import { sessionNumbers } from "./session-numbers.ts";
import type { Timeline } from "./timeline.ts";

/** Another symbol's closes, each from the moment it was published. */
export interface OtherCloses extends Timeline {
  readonly close: Float64Array;
}

/** Closes of a symbol that a definition asked for in `needs`; empty when the inputs do not have it. */
export function otherCloses(inputs: IndicatorInputs, symbol: string): OtherCloses {
  const key = `other:${symbol}`;
  const series = inputs.others.get(symbol);
  if (!series) return { key, knownAt: NONE, session: NONE, close: NONE };
  const session = inputs.shared.get(`session:${key}`, () => sessionNumbers(series.sessionDate));
  return { key, knownAt: series.availableAt, session, close: series.close };
}

const NONE = new Float64Array();

import type { IndicatorDefinition } from "../define-indicator.ts";
import { obv } from "./obv.ts";
import { volRatio } from "./vol-ratio.ts";
import { volZscore } from "./vol-zscore.ts";

/** What was traded. In the order of the docs. */
export const volumeIndicators: readonly IndicatorDefinition[] = [obv, volZscore, volRatio];

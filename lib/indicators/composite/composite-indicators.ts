import type { IndicatorDefinition } from "../define-indicator.ts";
import { momentumScoreTotal } from "./momentum-score-total.ts";

/** Scores made of several indicators. In the order of the docs. */
export const compositeIndicators: readonly IndicatorDefinition[] = [momentumScoreTotal];

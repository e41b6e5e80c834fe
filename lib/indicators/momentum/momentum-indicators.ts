import type { IndicatorDefinition } from "../define-indicator.ts";
import { cci } from "./cci.ts";
import { logRet } from "./log-ret.ts";
import { momentum } from "./momentum.ts";
import { relativeStrength } from "./relative-strength.ts";
import { ret } from "./ret.ts";
import { roc } from "./roc.ts";
import { rsi } from "./rsi.ts";
import { stochastic } from "./stochastic.ts";
import { williamsR } from "./williams-r.ts";

/** Returns and oscillators. In the order of the docs. */
export const momentumIndicators: readonly IndicatorDefinition[] = [
  rsi,
  stochastic,
  williamsR,
  cci,
  roc,
  momentum,
  ret,
  logRet,
  relativeStrength,
];

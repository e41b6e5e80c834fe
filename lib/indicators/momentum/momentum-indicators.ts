import type { IndicatorDefinition } from "../define-indicator.ts";
import { awesomeOscillator } from "./awesome-oscillator.ts";
import { bop } from "./bop.ts";
import { cci } from "./cci.ts";
import { cmo } from "./cmo.ts";
import { connorsRsi } from "./connors-rsi.ts";
import { coppock } from "./coppock.ts";
import { fisherTransform } from "./fisher-transform.ts";
import { kst } from "./kst.ts";
import { logRet } from "./log-ret.ts";
import { momentum } from "./momentum.ts";
import { momentumLadder } from "./momentum-ladder.ts";
import { relativeStrength } from "./relative-strength.ts";
import { ret } from "./ret.ts";
import { roc } from "./roc.ts";
import { rsi } from "./rsi.ts";
import { rvi } from "./rvi.ts";
import { stochRsi } from "./stoch-rsi.ts";
import { stochastic } from "./stochastic.ts";
import { tsi } from "./tsi.ts";
import { ultimateOscillator } from "./ultimate-oscillator.ts";
import { williamsR } from "./williams-r.ts";

/** Returns and oscillators. In the order of the docs. */
export const momentumIndicators: readonly IndicatorDefinition[] = [
  rsi,
  stochastic,
  stochRsi,
  williamsR,
  cci,
  roc,
  momentum,
  ret,
  logRet,
  momentumLadder,
  tsi,
  ultimateOscillator,
  awesomeOscillator,
  cmo,
  coppock,
  kst,
  fisherTransform,
  connorsRsi,
  rvi,
  bop,
  relativeStrength,
];

import type { IndicatorDefinition } from "../define-indicator.ts";
import { adl } from "./adl.ts";
import { amihudIlliquidity } from "./amihud-illiquidity.ts";
import { chaikinOsc } from "./chaikin-osc.ts";
import { cmf } from "./cmf.ts";
import { dollarVolume } from "./dollar-volume.ts";
import { easeOfMovement } from "./ease-of-movement.ts";
import { forceIndex } from "./force-index.ts";
import { klinger } from "./klinger.ts";
import { mfi } from "./mfi.ts";
import { nvi } from "./nvi.ts";
import { obv } from "./obv.ts";
import { pvi } from "./pvi.ts";
import { pvt } from "./pvt.ts";
import { volRatio } from "./vol-ratio.ts";
import { volZscore } from "./vol-zscore.ts";
import { vwap } from "./vwap.ts";

/** What was traded. In the order of the docs. */
export const volumeIndicators: readonly IndicatorDefinition[] = [
  obv,
  cmf,
  mfi,
  adl,
  chaikinOsc,
  vwap,
  volZscore,
  volRatio,
  forceIndex,
  easeOfMovement,
  nvi,
  pvi,
  pvt,
  klinger,
  amihudIlliquidity,
  dollarVolume,
];

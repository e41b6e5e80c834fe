import type { IndicatorDefinition } from "../define-indicator.ts";
import { charmTotal } from "./charm-total.ts";
import { distToGammaPeak } from "./dist-to-gamma-peak.ts";
import { distToMaxPain } from "./dist-to-max-pain.ts";
import { distToOiPeak } from "./dist-to-oi-peak.ts";
import { gammaConcentration } from "./gamma-concentration.ts";
import { gammaDensityPeakStrike } from "./gamma-density-peak-strike.ts";
import { gammaPeakStrike } from "./gamma-peak-strike.ts";
import { gammaSkewLeftRight } from "./gamma-skew-left-right.ts";
import { gexFlipStrike } from "./gex-flip-strike.ts";
import { gexNaive } from "./gex-naive.ts";
import { gexSigned } from "./gex-signed.ts";
import { maxPain } from "./max-pain.ts";
import { oiConcentrationHhi } from "./oi-concentration-hhi.ts";
import { oiPeakStrike } from "./oi-peak-strike.ts";
import { pinRisk } from "./pin-risk.ts";
import { vannaTotal } from "./vanna-total.ts";

/** Where contracts are open, and what hedging them asks for. In the order of the docs. */
export const optionsStructureIndicators: readonly IndicatorDefinition[] = [
  oiPeakStrike,
  distToOiPeak,
  oiConcentrationHhi,
  maxPain,
  distToMaxPain,
  gammaPeakStrike,
  distToGammaPeak,
  gammaConcentration,
  gammaDensityPeakStrike,
  gammaSkewLeftRight,
  gexNaive,
  gexSigned,
  gexFlipStrike,
  charmTotal,
  vannaTotal,
  pinRisk,
];

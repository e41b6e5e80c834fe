import type { IndicatorDefinition } from "../define-indicator.ts";
import { divEod } from "./div-eod.ts";
import { flowImbalanceZ } from "./flow-imbalance-z.ts";
import { oiChange1d } from "./oi-change-1d.ts";
import { oiTrend } from "./oi-trend.ts";
import { pcrEod } from "./pcr-eod.ts";
import { pcrOi } from "./pcr-oi.ts";
import { pcrVolume } from "./pcr-volume.ts";
import { soldFlowRatio } from "./sold-flow-ratio.ts";
import { unusualVolumeOi } from "./unusual-volume-oi.ts";

/** What is traded and opened in options. In the order of the docs. */
export const optionsFlowIndicators: readonly IndicatorDefinition[] = [
  pcrVolume,
  pcrOi,
  pcrEod,
  divEod,
  oiChange1d,
  oiTrend,
  soldFlowRatio,
  flowImbalanceZ,
  unusualVolumeOi,
];

import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import type { IndicatorInputs } from "../inputs.ts";
import { trueRange } from "../shared-series.ts";

export const adx = defineIndicator({
  name: "adx",
  version: 1,
  category: "trend",
  subcategory: "strength",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(2).max(1000).default(14).describe("Wilder's period") }),
  doc: "Average directional index (trend strength) with the plus and minus directional indicators.",
  notes:
    "TA-Lib's seeding: sums over the first window - 1 changes, one smoothing step more, then the mean of the first window of DX; Wilder's own n-bar seed differs at first, and both agree after some ten windows. No directional movement reads 0. NaN at a gap and at the bar after it; the sums then go on.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib PLUS_DI, MINUS_DI, ADX",
  memory: "recursive",
  columns: ({ window }) => [
    { name: `plus_di_${window}`, unit: "index", warmupBars: window, bounds: [0, 100], flat: 0 },
    { name: `minus_di_${window}`, unit: "index", warmupBars: window, bounds: [0, 100], flat: 0 },
    { name: `adx_${window}`, unit: "index", bounds: [0, 100], flat: 0 },
  ],
  warmupBars: ({ window }) => 2 * window - 1,
  compute: (inputs, { window }) => directionalIndex(inputs, window),
});

function directionalIndex(inputs: IndicatorInputs, window: number): Float64Array[] {
  const { length, high, low } = inputs;
  const range = trueRange(inputs);
  const plusOut = new Float64Array(length).fill(Number.NaN);
  const minusOut = new Float64Array(length).fill(Number.NaN);
  const adxOut = new Float64Array(length).fill(Number.NaN);
  let changes = 0;
  let plus = 0;
  let minus = 0;
  let total = 0;
  let directions = 0;
  let average = 0;

  for (let i = 1; i < length; i++) {
    const up = high[i]! - high[i - 1]!;
    const down = low[i - 1]! - low[i]!;
    const trueRangeNow = range[i]!;
    if (Number.isNaN(up + down + trueRangeNow)) continue;
    changes += 1;
    const decay = changes < window ? 1 : 1 - 1 / window;
    plus = plus * decay + (up > down && up > 0 ? up : 0);
    minus = minus * decay + (down > up && down > 0 ? down : 0);
    total = total * decay + trueRangeNow;
    if (changes < window) continue;

    const plusIndex = total > 0 ? Math.min(100, (100 * plus) / total) : 0;
    const minusIndex = total > 0 ? Math.min(100, (100 * minus) / total) : 0;
    plusOut[i] = plusIndex;
    minusOut[i] = minusIndex;
    const sum = plusIndex + minusIndex;
    const direction = sum > 0 ? (100 * Math.abs(plusIndex - minusIndex)) / sum : 0;
    directions += 1;
    if (directions <= window) average += direction / window;
    else average += (direction - average) / window;
    if (directions >= window) adxOut[i] = Math.min(100, average);
  }
  return [plusOut, minusOut, adxOut];
}

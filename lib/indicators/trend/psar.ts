import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";

export const psar = defineIndicator({
  name: "psar",
  version: 1,
  category: "trend",
  subcategory: "stop",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z
    .strictObject({
      step: z.number().min(0.0001).max(1).default(0.02).describe("Acceleration at first and for each new extreme"),
      max_step: z.number().min(0.0001).max(1).default(0.2).describe("Largest acceleration"),
    })
    .refine(({ step, max_step }) => step <= max_step, { path: ["step"], message: "must not exceed max_step" }),
  paramAliases: { acceleration: "step", maximum: "max_step" },
  doc: "Parabolic stop and reverse: this bar's trailing stop, the new one where the bar reversed it, and its side (1 = below the close, -1 = above).",
  notes:
    "As in TA-Lib it starts short where the second bar's low fell by more than its high rose, else long; the first stop is the first bar's high or low. The side is NaN where the stop equals the close. NaN at a gap; the stop then goes on, compared with the last known bar.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978), section II; TA-Lib SAR",
  memory: "recursive",
  columns({ step, max_step }) {
    const suffix = [step, max_step].map((value) => String(value).replace(".", "p")).join("_");
    return [
      { name: `psar_${suffix}`, unit: "price", flat: "price" },
      { name: `psar_dir_${suffix}`, unit: "index", bounds: [-1, 1], flat: Number.NaN },
    ];
  },
  warmupBars: () => 1,
  compute({ length, high, low, close }, { step, max_step }) {
    const stops = parabolicStops(high, low, step, max_step);
    const side = newColumn(length);
    for (let i = 0; i < length; i++) side[i] = Math.sign(close[i]! - stops[i]!) || Number.NaN;
    return [stops, side];
  },
});

/**
 * The side `sign` is 1 with the stop below the prices and -1 above; on that side prices are read as `sign` x price, so that
 * one rule serves both: `front` is the bar's end away from the stop, `rear` the end towards it.
 */
function parabolicStops(high: Float64Array, low: Float64Array, step: number, maxStep: number): Float64Array {
  const n = high.length;
  const out = newColumn(n).fill(Number.NaN);
  const first = nextKnown(high, low, 0);
  const second = nextKnown(high, low, first + 1);
  if (second >= n) return out;

  const down = low[first]! - low[second]!;
  let sign = down > 0 && down > high[second]! - high[first]! ? -1 : 1;
  let stop = sign > 0 ? low[first]! : high[first]!;
  let extreme = sign > 0 ? high[second]! : low[second]!;
  let acceleration = step;
  let before = second;
  for (let i = second; i < n; i++) {
    if (Number.isNaN(high[i]! + low[i]!)) continue;
    const front = sign > 0 ? high[i]! : low[i]!;
    const rear = sign > 0 ? low[i]! : high[i]!;
    if (sign * (rear - stop) <= 0) {
      // Reversed: the old extreme is the stop, outside this bar and the one before.
      stop = outermost(sign, extreme, sign > 0 ? high[before]! : low[before]!, front);
      out[i] = stop;
      acceleration = step;
      extreme = rear;
      stop = outermost(sign, stop + acceleration * (extreme - stop), sign > 0 ? high[before]! : low[before]!, front);
      sign = -sign;
    } else {
      out[i] = stop;
      if (sign * (front - extreme) > 0) {
        extreme = front;
        acceleration = Math.min(maxStep, acceleration + step);
      }
      stop = outermost(-sign, stop + acceleration * (extreme - stop), sign > 0 ? low[before]! : high[before]!, rear);
    }
    before = i;
  }
  return out;
}

/** The highest of three prices, or the lowest where `sign` is -1. */
const outermost = (sign: number, a: number, b: number, c: number): number => (sign > 0 ? Math.max(a, b, c) : Math.min(a, b, c));

function nextKnown(high: Float64Array, low: Float64Array, start: number): number {
  let i = start;
  while (i < high.length && Number.isNaN(high[i]! + low[i]!)) i += 1;
  return i;
}

import * as z from "zod";
import type { UnderlyingTape } from "../../core/option-data.ts";
import { decimal } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import type { IndicatorInputs } from "../inputs.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { tradeSides } from "./trade-sides.ts";

export const vpin = defineIndicator({
  name: "vpin",
  version: 1,
  category: "tick",
  subcategory: "toxicity",
  timeframe: "tick",
  inputs: ["tape", "sessionDate", "barStart", "barEnd"],
  params: z.strictObject({
    bucket: z.number().min(1).max(1e9).default(10_000).describe("Shares in a bucket"),
    window: z.int().min(1).max(1000).default(50).describe("Buckets in the mean"),
  }),
  doc: "Volume-synchronised probability of informed trading: mean imbalance of the last `window` buckets of equal volume.",
  notes:
    "Each trade is signed by the quote before it, else by the tick test; what stays unknown counts half to each side. Buckets begin anew every session and go on through its bars; one that is not full at the close is dropped. The first value comes with the window's last full bucket, however many bars that takes. NaN before the session's first trade.",
  source:
    "mean(|buys - sells| / bucket); Easley, Lopez de Prado and O'Hara, Flow Toxicity and Liquidity in a High-Frequency World (2012), signed trade by trade instead of in bulk",
  memory: "recursive",
  needs: () => ({ tape: true }),
  columns: ({ bucket, window }) => [{ name: `vpin_${decimal(bucket)}_${window}`, unit: "index", bounds: [0, 1] }],
  warmupBars: () => 0,
  compute(inputs, { bucket, window }) {
    const out = newColumn(inputs.length).fill(Number.NaN);
    if (!inputs.tape) return [out];
    const { imbalances, filled } = fillBuckets(inputs, inputs.tape, bucket, window);
    const mean = rollingMean(imbalances, window);
    for (let t = 0; t < out.length; t++) if (filled[t]! > 0) out[t] = Math.min(1, mean[filled[t]! - 1]! / bucket);
    return [out];
  },
});

interface Buckets {
  /** |buys - sells| of each full bucket, shares. */
  readonly imbalances: Float64Array;
  /** Buckets that were full at each row's end; 0 before the session's first trade. */
  readonly filled: Float64Array;
}

function fillBuckets(inputs: IndicatorInputs, tape: UnderlyingTape, bucket: number, window: number): Buckets {
  const { ts, size } = tape.trades;
  const sides = tradeSides(tape);
  const imbalances: number[] = [];
  const filled = new Float64Array(inputs.length);
  let [volume, net, traded, next] = [0, 0, false, 0];
  for (let t = 0; t < inputs.length; t++) {
    if (inputs.sessionDate[t] !== inputs.sessionDate[t - 1]) [volume, net, traded] = [0, 0, false];
    for (; next < ts.length && ts[next]! < inputs.barEnd[t]!; next++) {
      if (ts[next]! < inputs.barStart[t]! || !(size[next]! > 0)) continue;
      traded = true;
      let left = size[next]!;
      const side = sides[next]!;
      if (volume + left >= bucket) {
        imbalances.push(Math.abs(net + side * (bucket - volume)));
        left -= bucket - volume;
        // Of a trade that fills many buckets at once the last `window` are all that is read.
        const whole = Math.floor(left / bucket);
        for (let k = 0; k < Math.min(whole, window); k++) imbalances.push(Math.abs(side) * bucket);
        left -= whole * bucket;
        [volume, net] = [0, 0];
      }
      volume += left;
      net += side * left;
    }
    filled[t] = traded ? imbalances.length : 0;
  }
  return { imbalances: Float64Array.from(imbalances), filled };
}

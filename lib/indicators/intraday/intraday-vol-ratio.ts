import * as z from "zod";
import { minuteEtOf } from "../../core/time.ts";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const intradayVolRatio = defineIndicator({
  name: "intraday_vol_ratio",
  version: 1,
  category: "intraday",
  subcategory: "relative volume",
  timeframe: "any",
  inputs: ["volume", "barStart"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(20).describe("Earlier bars of the same time of day in the mean") }),
  doc: "Volume over the mean volume of the bars at the same time of day in the sessions before; 2 = twice the usual.",
  notes:
    "The current bar is not in the mean. Takes out the day's usual course, which `vol_ratio` does not. Same time = same New York minute of the bar's start. NaN while the mean holds a gap and where nothing was traded in it.",
  source: "volume(t) / mean(volume at the same time of day, last `window` sessions before)",
  memory: "finite",
  columns: ({ window }) => [{ name: `intraday_vol_ratio_${window}`, unit: "ratio", flat: 1 }],
  warmupBars: ({ window }, barsPerSession = 1) => window * barsPerSession,
  compute({ length, volume, barStart }, { window }) {
    const out = newColumn(length);
    const { order, ends } = byMinuteOfDay(length, barStart);
    let begin = 0;
    for (const end of ends) {
      const traded = new Float64Array(end - begin);
      for (let k = 0; k < traded.length; k++) traded[k] = volume[order[begin + k]!]!;
      const mean = rollingMean(traded, window);
      for (let k = 0; k < traded.length; k++) {
        const usual = k > 0 ? mean[k - 1]! : Number.NaN;
        out[order[begin + k]!] = usual > 0 ? traded[k]! / usual : Number.NaN;
      }
      begin = end;
    }
    return [out];
  },
});

const MINUTES_A_DAY = 1440;

/** Bars sorted by their start's minute of day, in time within each; and where each minute's bars end. A counting sort. */
function byMinuteOfDay(length: number, barStart: Float64Array): { order: Int32Array; ends: number[] } {
  const minute = new Int16Array(length);
  const next = new Int32Array(MINUTES_A_DAY + 1);
  for (let i = 0; i < length; i++) {
    minute[i] = minuteEtOf(barStart[i]!);
    next[minute[i]! + 1]! += 1;
  }
  for (let m = 0; m < MINUTES_A_DAY; m++) next[m + 1]! += next[m]!;
  const order = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    order[next[minute[i]!]!] = i;
    next[minute[i]!]! += 1;
  }
  return { order, ends: [...next.subarray(0, MINUTES_A_DAY)].filter((end, m, all) => end > (m > 0 ? all[m - 1]! : 0)) };
}

import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { sessionPosition } from "../session-series.ts";
import { firstBarSince, priceBefore } from "./time-ago.ts";

const MINUTES = 60;

export const rsiLastHour = defineIndicator({
  name: "rsi_last_hour",
  version: 1,
  category: "intraday",
  subcategory: "momentum",
  timeframe: "minute",
  inputs: ["open", "close", "sessionDate", "barStart", "barEnd"],
  params: z.strictObject({}),
  doc: "Relative strength index of the last hour up to the bar's end, inside the session: rises over all moves from bar to bar, 0 to 100.",
  notes:
    "Plain sums over the hour, no Wilder average, so it knows nothing older; the session's first move is from its open to its first close. 50 where nothing moved. NaN until an hour of the session is over, where it began inside a bar, and while it holds a gap. On hourly bars it is a single move (0, 50 or 100) and unknown at the first bar, which is half an hour; daily bars know none.",
  source: "100 sum(max(d, 0)) / sum(|d|); Cutler's form of Wilder, New Concepts in Technical Trading Systems (1978)",
  memory: "recursive",
  columns: () => [{ name: "rsi_last_hour", unit: "index", bounds: [0, 100], flat: 50, partOfSession: true }],
  warmupBars: () => 0,
  compute(inputs) {
    const { length, close } = inputs;
    const position = sessionPosition(inputs);
    const since = firstBarSince(inputs, MINUTES);
    const out = newColumn(length);
    for (let i = 0; i < length; i++) {
      if (since[i]! < 0) {
        out[i] = Number.NaN;
        continue;
      }
      // At most sixty bars: summed anew, so that nothing drifts.
      let before = priceBefore(inputs, position, since[i]!);
      let rises = 0;
      let moves = 0;
      for (let k = since[i]!; k <= i; k++) {
        const change = close[k]! - before;
        rises += Math.max(change, 0);
        moves += Math.abs(change);
        before = close[k]!;
      }
      out[i] = moves === 0 ? 50 : Math.min(100, (100 * rises) / moves);
    }
    return [out];
  },
});

import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { otherCloses } from "../other-closes.ts";
import { rowSessions } from "../session-numbers.ts";
import { latestPlaces } from "../timeline.ts";

const BENCHMARK_WORDS = 'must be a symbol such as "SPY"';

export const relativeStrength = defineIndicator({
  name: "relative_strength",
  version: 1,
  category: "momentum",
  subcategory: "relative",
  timeframe: "any",
  inputs: ["close", "others", "sessionDate", "barEnd"],
  params: z.strictObject({
    benchmark: z
      .string()
      .regex(/^[A-Z0-9^][A-Z0-9.:_-]{0,31}$/, BENCHMARK_WORDS)
      .default("SPY")
      .meta({ examples: ["QQQ"], words: BENCHMARK_WORDS })
      .describe("Symbol that it is compared with"),
    window: z.int().min(1).max(5000).default(63).describe("Bars that the return spans"),
  }),
  doc: "Growth of the close over that of a benchmark in the last `window` bars, less 1.",
  notes:
    "The benchmark's bar is the latest of the row's session that was known at the row's end. NaN when one of the four prices is unknown or not positive.",
  source: "Levy, Relative Strength as a Criterion for Investment Selection (1967); as a ratio to a benchmark's growth",
  memory: "finite",
  needs: ({ benchmark }) => ({ barSymbols: [benchmark] }),
  columns: ({ benchmark, window }) => [{ name: `rel_strength_${stem(benchmark)}_${window}`, unit: "ratio", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute(inputs, { benchmark, window }) {
    const other = otherCloses(inputs, benchmark);
    const ratio = inputs.shared.get(`relative:${benchmark}`, () => {
      const places = latestPlaces(inputs, other);
      const rows = rowSessions(inputs);
      return inputs.close.map((close, t) => {
        const place = places[t]!;
        if (place < 0 || other.session[place] !== rows[t]) return Number.NaN;
        return close > 0 && other.close[place]! > 0 ? close / other.close[place]! : Number.NaN;
      });
    });
    const out = newColumn(inputs.length).fill(Number.NaN, 0, Math.min(window, inputs.length));
    for (let t = window; t < out.length; t++) out[t] = ratio[t]! / ratio[t - window]! - 1;
    return [out];
  },
});

/** A symbol as column names write it. */
const stem = (symbol: string): string => symbol.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");

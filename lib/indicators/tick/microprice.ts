import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { lastQuotes } from "./last-quotes.ts";

export const microprice = defineIndicator({
  name: "microprice",
  version: 1,
  category: "tick",
  subcategory: "book",
  timeframe: "tick",
  inputs: ["tape", "barStart", "barEnd", "scale"],
  params: z.strictObject({}),
  doc: "Microprice at the bar's end: bid and ask weighted by the size on the other side.",
  notes:
    "Nearer to the ask when more is bid for. The last quote before the bar's end, on the scale of the bars. NaN when none came within the bar, and when it is crossed, locked or without size.",
  source:
    "(bid x ask size + ask x bid size) / (bid size + ask size); Gatheral and Oomen, Zero-Intelligence Realized Variance Estimation (2010)",
  memory: "finite",
  needs: () => ({ tape: true }),
  columns: () => [{ name: "microprice", unit: "price" }],
  warmupBars: () => 0,
  compute(inputs) {
    const places = lastQuotes(inputs);
    const out = newColumn(inputs.length).fill(Number.NaN);
    if (!inputs.tape) return [out];
    const { bid, ask, bidSize, askSize } = inputs.tape.quotes;
    for (let t = 0; t < out.length; t++) {
      const i = places[t]!;
      if (i < 0) continue;
      const weighted = (bid[i]! * askSize[i]! + ask[i]! * bidSize[i]!) / (bidSize[i]! + askSize[i]!);
      out[t] = weighted * inputs.scale[t]!;
    }
    return [out];
  },
});

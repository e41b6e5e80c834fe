import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { lastQuotes } from "./last-quotes.ts";

export const quoteImbalance = defineIndicator({
  name: "quote_imbalance",
  version: 1,
  category: "tick",
  subcategory: "book",
  timeframe: "tick",
  inputs: ["tape", "barStart", "barEnd"],
  params: z.strictObject({}),
  doc: "Imbalance of the best quote at the bar's end: bid size less ask size, over both.",
  notes: "The last quote before the bar's end. NaN when none came within the bar, and when it is crossed, locked or without size.",
  source: "(bid size - ask size) / (bid size + ask size); Cont, Kukanov and Stoikov, The Price Impact of Order Book Events (2014)",
  memory: "finite",
  needs: () => ({ tape: true }),
  columns: () => [{ name: "quote_imbalance", unit: "index", bounds: [-1, 1] }],
  warmupBars: () => 0,
  compute(inputs) {
    const places = lastQuotes(inputs);
    const out = newColumn(inputs.length).fill(Number.NaN);
    if (!inputs.tape) return [out];
    const { bidSize, askSize } = inputs.tape.quotes;
    for (let t = 0; t < out.length; t++) {
      const i = places[t]!;
      if (i >= 0) out[t] = (bidSize[i]! - askSize[i]!) / (bidSize[i]! + askSize[i]!);
    }
    return [out];
  },
});

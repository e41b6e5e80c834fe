import * as z from "zod";
import type { IndicatorInputs } from "../inputs.ts";
import { closeEma, closeSma } from "../shared-series.ts";

/** Parameters of an oscillator between two averages of the close. */
export const TwoAveragesParams = z
  .strictObject({
    fast: z.int().min(1).max(2000).default(12).describe("Span of the fast average"),
    slow: z.int().min(2).max(5000).default(26).describe("Span of the slow average"),
    exponential: z.boolean().default(true).describe("Exponential averages; off = simple ones"),
  })
  .refine(({ fast, slow }) => fast < slow, { path: ["fast"], message: "must be smaller than slow" });
type TwoAverages = z.infer<typeof TwoAveragesParams>;

/** The fast and the slow average of the close, each with its own seed; NaN before its window is full. */
export function twoAverages(inputs: IndicatorInputs, { fast, slow, exponential }: TwoAverages): readonly [Float64Array, Float64Array] {
  const average = exponential ? closeEma : closeSma;
  return [average(inputs, fast), average(inputs, slow)];
}

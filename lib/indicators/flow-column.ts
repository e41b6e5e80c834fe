import type { IndicatorInputs } from "./inputs.ts";

/** A column of the same-day option flow, one entry for each row; all NaN where there is no flow. It is read-only. */
export function flowColumn(inputs: IndicatorInputs, name: "pc_ratio" | "imbalance"): Float64Array {
  return inputs.flow?.get(name) ?? inputs.shared.get("no_flow", () => new Float64Array(inputs.length).fill(Number.NaN));
}

import type { IndicatorInputs } from "../indicators/inputs.ts";
import type { ForeignInputs, IndicatorPlan } from "../indicators/plan.ts";

/**
 * Computes a plan's columns somewhere: here, or spread over threads. The columns are those of `computePlan`, to the bit,
 * whoever computes them.
 */
export type ComputeColumns = (
  plan: IndicatorPlan,
  inputs: IndicatorInputs,
  foreign: ReadonlyMap<string, ForeignInputs>,
) => Promise<Float64Array[]>;

import type { Policy } from "../../policies/policy.schema.ts";
import type { EvaluationContext } from "../evaluate-variant.ts";

/** The same evaluation under other execution costs: prices, predictions and filters are shared. */
export function withCosts(
  context: EvaluationContext,
  costs: Partial<Pick<Policy["execution"], "slippage_bps" | "commission_bps" | "borrow_bps_per_year">>,
): EvaluationContext {
  const { policy } = context.input;
  return { ...context, input: { ...context.input, policy: { ...policy, execution: { ...policy.execution, ...costs } } } };
}

/** Every cost of the policy times a factor; of options the spread, the slippage and the fee. */
export function costsTimes(context: EvaluationContext, factor: number): EvaluationContext {
  const { slippage_bps, commission_bps, borrow_bps_per_year } = context.input.policy.execution;
  const { options } = context.input;
  const input = options === undefined ? context.input : { ...context.input, options: { ...options, costFactor: factor } };
  return withCosts(
    { ...context, input },
    {
      slippage_bps: factor * slippage_bps,
      commission_bps: factor * commission_bps,
      borrow_bps_per_year: factor * borrow_bps_per_year,
    },
  );
}

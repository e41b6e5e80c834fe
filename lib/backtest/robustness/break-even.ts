import type { VariantParams } from "../../sweeps/variant.schema.ts";
import { type EvaluationContext, evaluateOrders, type SelectedOrders } from "../evaluate-variant.ts";
import { withCosts } from "./changed-costs.ts";

/** No market of this platform costs more on a side; an edge beyond it is not told apart. */
const MOST_BREAK_EVEN_BPS = 1000;
/** Halvings of the range: the answer is known to a millionth of a basis point. */
const HALVINGS = 30;

/** What must become 0: the compounded return, or the mean residual return. */
export type BreakEvenOf = "total_return" | "alpha_annual";

/** Costs on each side in basis points, or why there is no such number. */
export type BreakEven = { readonly bps: number } | { readonly reason: string };

/**
 * Costs on each side, in place of slippage and commission, at which nothing is earned. Costs only ever take from equity, so
 * what is earned falls as they rise and halving the range finds the one point; borrow stays as it is. Options pay a spread and a
 * fee, which are no basis points of anything.
 */
export function breakEvenCost(context: EvaluationContext, params: VariantParams, selected: SelectedOrders, of: BreakEvenOf): BreakEven {
  if (context.input.options) return { reason: "options_pay_a_spread" };
  const own = { ...params, slippage: null };
  const earned = (bps: number): number => {
    const { metrics } = evaluateOrders(withCosts(context, { slippage_bps: bps, commission_bps: 0 }), own, selected);
    return (of === "total_return" ? metrics.total_return : metrics.residual.alpha_annual) ?? Number.NaN;
  };
  const free = earned(0);
  if (Number.isNaN(free)) return { reason: "no_sessions" };
  if (context.range.end === context.range.start || free <= 0) return { reason: "nothing_earned_without_costs" };
  if (earned(MOST_BREAK_EVEN_BPS) > 0) return { reason: `above_${MOST_BREAK_EVEN_BPS}_bps` };
  let low = 0;
  let high = MOST_BREAK_EVEN_BPS;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (earned(middle) > 0) low = middle;
    else high = middle;
  }
  return { bps: (low + high) / 2 };
}

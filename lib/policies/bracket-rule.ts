import { type Finding, finding } from "../packs/finding.ts";
import type { Policy } from "./policy.schema.ts";

/**
 * Brackets whose target lies nearer than `min_rr` stops refuse every trade, whatever the market does.
 *
 * @param prefix - stands before the path of the value at fault, such as `policy.`
 */
export function bracketFindings({ execution: { brackets } }: Policy, prefix: string): Finding[] {
  if (!brackets.enabled) return [];
  const { mode, atr_mult_stop, atr_mult_target, stop_loss, take_profit, min_rr } = brackets;
  const reward = mode === "atr" ? atr_mult_target / atr_mult_stop : stop_loss === null ? null : take_profit;
  if (reward === null || reward >= min_rr) return [];
  return [
    finding(
      "brackets_refuse_every_trade",
      `${prefix}execution.brackets.min_rr`,
      `The target is "${Number(reward.toFixed(4))}" stops away and min_rr asks for "${min_rr}", so no trade is ever taken.`,
    ),
  ];
}

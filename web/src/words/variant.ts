import type { VariantParams } from "#lib/sweeps/variant.schema.ts";
import { formatNumber } from "./format.ts";

type Params = { readonly [K in keyof VariantParams]?: VariantParams[K] | null | undefined };

const percent = (share: number): string => `${Number((share * 100).toPrecision(6))}%`;

/** What sets a variant apart from its model's own policy, in a few words: `edge ≥ 0.05, hold 10 bars`. */
export function variantInWords(params: Readonly<Record<string, unknown>>): string {
  const p = params as Params;
  const parts: string[] = [];
  if (p.hour_thresholds) parts.push("thresholds by hour");
  else if (typeof p.threshold === "number") parts.push(`${p.threshold_mode === "edge" ? "edge" : "P"} ≥ ${p.threshold}`);
  if (typeof p.top_pct === "number" && p.top_pct < 1) parts.push(`top ${percent(p.top_pct)}`);
  if (typeof p.hold_bars === "number") parts.push(`hold ${formatNumber(p.hold_bars, "count")}`);
  if (typeof p.stop_loss === "number") parts.push(`stop ${percent(p.stop_loss)}`);
  if (typeof p.take_profit === "number") parts.push(`target ${p.take_profit}× stop`);
  if (typeof p.time_stop_bars === "number") parts.push(`time stop ${formatNumber(p.time_stop_bars, "count")}`);
  if (p.hours) parts.push(`hours ${p.hours.join(" ")}`);
  if (typeof p.momentum_min === "number") parts.push(`momentum ≥ ${p.momentum_min}`);
  if (p.filters && p.filters.length > 0) parts.push(p.filters.map(({ column, op, value }) => `${column} ${op} ${value}`).join(" and "));
  if (p.slippage && p.slippage !== "realistic") parts.push(`${p.slippage} slippage`);
  if (typeof p.position_size === "number") parts.push(`size ${percent(p.position_size)}`);
  if (typeof p.max_positions === "number") parts.push(`at most ${formatNumber(p.max_positions, "count")} positions`);
  if (p.entry_type && p.entry_type !== "market") parts.push(`${p.entry_type.replace("_", " ")} entry`);
  if (p.option_type) parts.push(p.option_type === "both" ? "calls and puts" : `${p.option_type}s`);
  if (p.strike_selection) parts.push(p.strike_selection);
  if (typeof p.dte_target === "number") parts.push(`${p.dte_target} DTE`);
  if (typeof p.contract_size === "number") parts.push(`${p.contract_size} contracts`);
  return parts.length === 0 ? "as the model says" : parts.join(", ");
}

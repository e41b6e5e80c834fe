import type { Json } from "#lib/core/canonical-json.ts";
import { UsageError } from "./failure.ts";
import { hourNumbers, numberOf } from "./values.ts";

/** Axes that put the model together anew make it a sweep over compositions. */
const COMPOSING = ["indicator_sets", "feature_sets", "strategy_variants", "risk_profiles", "ml_params"];
export const axesBody = (axes: { [axis: string]: Json }) => ({
  mode: Object.keys(axes).some((axis) => COMPOSING.includes(axis)) ? "composition" : "custom",
  axes,
});

/**
 * `thresholds=0,0.1;allowed_hours=9|10,all` or JSON. What belongs to one value joins with `|`: the hours of a set, as in
 * `hour_thresholds=10:0.6|11:0.65,none`, the conditions of a filter, as in `filters=none,vix_below:20|adx_14>25`, and the
 * parameters of a learner, as in `ml_params=trees:100|max_depth:2,trees:300`.
 */
export function readAxes(text: string): { [axis: string]: Json } {
  if (text.trim().startsWith("{")) {
    try {
      return JSON.parse(text) as { [axis: string]: Json };
    } catch (error) {
      throw new UsageError(`--axes is no JSON object: ${(error as Error).message}`);
    }
  }
  const axes: { [axis: string]: Json } = {};
  for (const part of text.split(";").filter((piece) => piece.trim() !== "")) {
    const at = part.indexOf("=");
    const axis = part.slice(0, at).trim();
    if (at < 1) throw new UsageError(`--axes takes axis=values separated by semicolons; found "${part.trim()}".`);
    const values = part.slice(at + 1).split(",");
    axes[axis] = values.map((value) => axisValue(axis, value.trim()));
  }
  return axes;
}

/** Axes whose values are words. */
const WORDS = ["slippage", "entry_type", "option_type", "strike_selection", "indicator_sets", "strategy_variants", "risk_profiles"];

function axisValue(axis: string, value: string): Json {
  if (WORDS.includes(axis)) return value;
  if (axis === "ml_params") return { params: Object.fromEntries(value.split("|").map(learnerParam)) };
  if (axis === "filters") return value.includes("|") ? value.split("|").map((filter) => filter.trim()) : value;
  if (axis === "allowed_hours" && value !== "all") return value.split("|").map((hour) => numberOf("axes", hour));
  if (axis === "hour_thresholds" && value !== "none") return hourNumbers("axes", value, "|");
  if (axis === "allowed_hours" || axis === "hour_thresholds") return value;
  return numberOf("axes", value);
}

/** `trees:100`; a learner's parameters are numbers, and what they may be the API says. */
function learnerParam(text: string): readonly [string, Json] {
  const at = text.indexOf(":");
  if (at < 1) throw new UsageError(`ml_params takes name:number pairs joined with "|"; found "${text}".`);
  return [text.slice(0, at).trim(), numberOf("axes", text.slice(at + 1))];
}

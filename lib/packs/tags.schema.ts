import * as z from "zod";

/** What a pack's tags say, by category; one value in each. */
export const PACK_TAGS = {
  risk: ["conservative", "balanced", "aggressive"],
  direction: ["long_only", "short_only", "long_short"],
  timeframe: ["intraday", "swing", "position", "investment"],
  market: ["trending", "ranging", "volatile", "all_weather"],
  asset: ["equities", "options", "futures", "crypto", "multi_asset"],
  style: ["technical", "fundamental", "sentiment", "quantitative"],
  experience: ["beginner", "intermediate", "advanced"],
} as const;

/** What a strategy adds to the tags that it inherits. */
export const STRATEGY_TAGS = {
  approach: ["momentum", "mean_reversion", "breakout", "arbitrage"],
  win_rate: ["high_probability", "balanced", "asymmetric"],
  frequency: ["high_freq", "moderate", "low_freq"],
  capital: ["small_account", "standard", "institutional"],
} as const;

export const CONDITIONS = ["earnings_play", "pre_market", "power_hour"] as const;

const packTags = {
  risk: z.enum(PACK_TAGS.risk),
  direction: z.enum(PACK_TAGS.direction),
  timeframe: z.enum(PACK_TAGS.timeframe),
  market: z.enum(PACK_TAGS.market),
  asset: z.enum(PACK_TAGS.asset),
  style: z.enum(PACK_TAGS.style),
  experience: z.enum(PACK_TAGS.experience),
};

export const PackTagsSchema = z.strictObject(packTags);
export type PackTags = z.infer<typeof PackTagsSchema>;

/** A value given here replaces the pack's in that category. */
export const StrategyTagsSchema = z.strictObject({
  ...z.strictObject(packTags).partial().shape,
  approach: z.enum(STRATEGY_TAGS.approach),
  win_rate: z.enum(STRATEGY_TAGS.win_rate).optional(),
  frequency: z.enum(STRATEGY_TAGS.frequency).optional(),
  capital: z.enum(STRATEGY_TAGS.capital).optional(),
  conditions: z.array(z.enum(CONDITIONS)).optional(),
});
export type StrategyTags = z.infer<typeof StrategyTagsSchema>;

import { sha256OfJson } from "../core/digest.ts";
import type { HourThresholds, Variant, VariantParams } from "./variant.schema.ts";

/**
 * The form in which two variants that mean the same are the same: hours ascending without repeats, every share explicit,
 * the label's horizon written out, -0 as 0, and of the thresholds by hour those that say something else than the global one.
 */
export function normalVariant(params: VariantParams, labelHorizonBars: number): VariantParams {
  const { hours, threshold, momentum_min } = params;
  const ordered = hours === null ? null : [...new Set(hours)].sort((a, b) => a - b);
  return {
    ...params,
    threshold: plain(threshold),
    hour_thresholds: normalHours(params),
    top_pct: params.top_pct ?? 1,
    hours: ordered as VariantParams["hours"],
    hold_bars: params.hold_bars ?? labelHorizonBars,
    momentum_min: plain(momentum_min),
    slippage: params.slippage ?? "realistic",
  };
}

/** Hours ascending, without those that repeat the global threshold or lie outside the variant's hours; null when none is left. */
function normalHours({ hour_thresholds, threshold, hours }: VariantParams): HourThresholds | null {
  const told = Object.entries(hour_thresholds ?? {})
    .filter(([hour, value]) => value !== threshold && (hours === null || hours.includes(Number(hour))))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([hour, value]) => [hour, plain(value)] as const);
  return told.length === 0 ? null : (Object.fromEntries(told) as HourThresholds);
}

/**
 * The identity of a variant: a digest of its normal parameters. `group` does not take part, and neither do thresholds by
 * hour where there are none.
 */
export function variantOf(params: VariantParams, labelHorizonBars: number): Variant {
  const normal = normalVariant(params, labelHorizonBars);
  const { group: _, hour_thresholds, ...identity } = normal;
  const told = hour_thresholds === null ? identity : { ...identity, hour_thresholds };
  return { variant_id: sha256OfJson(told).slice(0, 16), params: normal };
}

/** A threshold, by hour or not, and nothing else: the policy's and the label's own values everywhere. */
export function thresholdVariant(
  {
    mode,
    threshold,
    topPct = null,
    hourThresholds = null,
  }: {
    readonly mode: VariantParams["threshold_mode"];
    readonly threshold: number;
    readonly topPct?: number | null;
    readonly hourThresholds?: HourThresholds | null;
  },
  labelHorizonBars: number,
): Variant {
  const params: VariantParams = {
    threshold_mode: mode,
    threshold,
    hour_thresholds: hourThresholds,
    top_pct: topPct,
    hours: null,
    hold_bars: null,
    stop_loss: null,
    take_profit: null,
    time_stop_bars: null,
    momentum_min: null,
    slippage: null,
    group: null,
  };
  return variantOf(params, labelHorizonBars);
}

/** The mode a model trades in unless it is told otherwise: edges at daily cadence, probabilities intraday. */
export const defaultMode = (cadence: string): VariantParams["threshold_mode"] => (cadence === "daily" ? "edge" : "probability");

/** Every row with any preference: the side's probability above even, or above its base rate. */
export const neutralThreshold = (mode: VariantParams["threshold_mode"]): number => (mode === "edge" ? 0 : 0.5);

const plain = (value: number | null): number | null => (value === 0 ? 0 : value);

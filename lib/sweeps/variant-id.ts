import { sha256OfJson } from "../core/digest.ts";
import type { Variant, VariantParams } from "./variant.schema.ts";

/**
 * The form in which two variants that mean the same are the same: hours ascending without repeats, every share explicit,
 * the label's horizon written out, -0 as 0.
 */
export function normalVariant(params: VariantParams, labelHorizonBars: number): VariantParams {
  const { hours, threshold, momentum_min } = params;
  const ordered = hours === null ? null : [...new Set(hours)].sort((a, b) => a - b);
  return {
    ...params,
    threshold: plain(threshold),
    top_pct: params.top_pct ?? 1,
    hours: ordered as VariantParams["hours"],
    hold_bars: params.hold_bars ?? labelHorizonBars,
    momentum_min: plain(momentum_min),
    slippage: params.slippage ?? "realistic",
  };
}

/** The identity of a variant: a digest of its normal parameters; `group` does not take part. */
export function variantOf(params: VariantParams, labelHorizonBars: number): Variant {
  const normal = normalVariant(params, labelHorizonBars);
  const { group: _, ...identity } = normal;
  return { variant_id: sha256OfJson(identity).slice(0, 16), params: normal };
}

const plain = (value: number | null): number | null => (value === 0 ? 0 : value);

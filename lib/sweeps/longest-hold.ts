import type { Variant } from "./variant.schema.ts";

/**
 * Longest hold of any variant, in bars: none may decide later than that allows.
 *
 * @param labelHorizon - of variants that say nothing of their own, in bars
 */
export const longestHold = (variants: readonly Variant[], labelHorizon: number): number =>
  variants.reduce((longest, { params }) => Math.max(longest, params.hold_bars ?? labelHorizon), labelHorizon);

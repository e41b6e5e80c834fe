import { matchesGlob } from "../../core/match-glob.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ResolvedGbmParams } from "./params.ts";

/**
 * Direction in which each feature must move a prediction: 1, -1, or 0 = free.
 *
 * @param monotone - by feature name or glob
 * @returns one for each feature; null when all are free
 * @throws INVALID_PARAM when a pattern names no feature, or two give one feature opposite directions
 */
export function monotoneDirections(monotone: ResolvedGbmParams["monotone"], featureNames: readonly string[]): Int8Array | null {
  const directions = new Int8Array(featureNames.length);
  for (const [glob, direction] of Object.entries(monotone)) {
    const named = featureNames.flatMap((name, feature) => (matchesGlob(name, glob) ? [feature] : []));
    if (named.length === 0)
      throw new SigmaError("INVALID_PARAM", `The monotone constraint "${glob}" names no feature of the model. Correct it or take it out.`, {
        pattern: glob,
      });
    for (const feature of named) {
      if (directions[feature] === -direction)
        throw new SigmaError(
          "INVALID_PARAM",
          `Monotone constraints give the feature "${featureNames[feature]}" both directions. Keep one.`,
          {
            feature: featureNames[feature]!,
          },
        );
      directions[feature] = direction;
    }
  }
  return directions.some((direction) => direction !== 0) ? directions : null;
}

/** Limits that the leaves below a node must keep, before the learning rate. */
export interface LeafBounds {
  readonly lower: number;
  readonly upper: number;
}

export const FREE: LeafBounds = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

export const withinBounds = (step: number, { lower, upper }: LeafBounds): number => Math.min(upper, Math.max(lower, step));

/**
 * What the children of a split may predict: with a direction, all leaves of one stay on their side of the middle between the two.
 *
 * @see Chen & Guestrin's XGBoost, tutorial "Monotonic Constraints", for the method
 */
export function childBounds(
  bounds: LeafBounds,
  direction: number,
  left: number,
  right: number,
): { readonly left: LeafBounds; readonly right: LeafBounds } {
  if (direction === 0) return { left: bounds, right: bounds };
  const middle = left / 2 + right / 2;
  const low = { lower: bounds.lower, upper: middle };
  const high = { lower: middle, upper: bounds.upper };
  return direction > 0 ? { left: low, right: high } : { left: high, right: low };
}

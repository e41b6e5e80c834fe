import { SigmaError } from "../../errors/sigma-error.ts";
import type { ClassRows } from "../define-learner.ts";
import type { ResolvedGbmParams } from "./params.ts";

/**
 * Factor of each class's rows, scaled so that the sum of all weights stays what it is; null = no class weights.
 *
 * Balanced factors give every class that has rows the same weight.
 *
 * @param shares - weighted share of each class
 * @throws INVALID_PARAM when a class that the label does not have is named
 */
export function classFactors(
  classWeights: ResolvedGbmParams["class_weights"],
  classes: ClassRows["classes"],
  shares: readonly number[],
): number[] | null {
  if (classWeights === "none") return null;
  if (classWeights === "balanced") {
    const active = shares.filter((share) => share > 0).length;
    return shares.map((share) => (share > 0 ? 1 / (active * share) : 0));
  }
  const odd = Object.keys(classWeights).find((label) => !classes.includes(Number(label)));
  if (odd !== undefined)
    throw new SigmaError("INVALID_PARAM", `Class weights name the class "${odd}"; the label has the classes ${classes.join(", ")}.`, {
      class: odd,
    });
  const given = classes.map((label) => classWeights[String(label)] ?? 1);
  const mean = given.reduce((sum, factor, k) => sum + factor * shares[k]!, 0);
  return given.map((factor) => factor / mean);
}

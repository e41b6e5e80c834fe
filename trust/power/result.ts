import type { RiskProfile } from "../profiles.ts";
import type { VariantTruth } from "./truth.ts";

/** One planted history. */
export type PowerResult = {
  /** Whether any variant PASSes under the profile. */
  readonly passed: Record<RiskProfile, boolean>;
  /** What the limit of the deflated Sharpe ratio alone decides. */
  readonly dsrOtherwise: Record<RiskProfile, number | null>;
  readonly declared: VariantTruth;
  /** The variant that the sweep recommends under the balanced profile. */
  readonly winner: VariantTruth;
  /** SR0: what the best of the trials would show by luck, annual. */
  readonly referenceSharpe: number | null;
  readonly hasSkill: boolean;
};

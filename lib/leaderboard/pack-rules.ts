/** What the score rewards: the residual Sharpe ratio, or what a pack's horizon makes more telling. */
export type ScoreRule = "sharpe" | "sortino" | "calmar";

export interface PackRules {
  readonly score: ScoreRule;
  /** Code of too few bets. A pack of long holds cannot be tested on few bets at all, which is another thing than failing. */
  readonly fewBets: "min_bets_not_met" | "not_testable";
}

const STANDARD: PackRules = { score: "sharpe", fewBets: "min_bets_not_met" };

const RULES: Readonly<Record<string, PackRules>> = {
  zerosigma: { score: "sortino", fewBets: "min_bets_not_met" },
  longsigma: { score: "calmar", fewBets: "not_testable" },
};

/** How the gate and the score treat a pack; packs without rules of their own follow the standard. */
export const packRules = (packId: string): PackRules => (Object.hasOwn(RULES, packId) ? RULES[packId]! : STANDARD);

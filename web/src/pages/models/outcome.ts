import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { formatNumber, plural } from "../../words/format.ts";

type Holdout = Pick<
  NonNullable<TrainedModel["holdout"]>,
  "vetoed" | "probability_this_low" | "sharpe" | "backtest_sharpe" | "sessions" | "looks"
>;

export interface HoldoutVerdict {
  readonly name: string;
  readonly tone: "plain" | "gain" | "danger" | "warn";
  readonly says: string;
}

/** What the untouched end of the history says of a backtest: it can doubt it, never prove it. */
export function holdoutVerdict(holdout: Holdout | null): HoldoutVerdict {
  if (holdout === null) return { name: "No holdout", tone: "plain", says: "There was no holdout to look at." };
  const { vetoed, probability_this_low: p, sharpe, backtest_sharpe, sessions, looks } = holdout;
  if (p === null)
    return {
      name: "Says nothing",
      tone: "warn",
      says: "Too few trades in the holdout for a Sharpe ratio: it neither supports nor doubts the backtest.",
    };
  const seen = `Residual Sharpe ${formatNumber(sharpe, "ratio")} over ${plural(sessions, "session")} of holdout, ${formatNumber(backtest_sharpe, "ratio")} in the backtest`;
  const chance = `So low a value had a probability of ${formatNumber(p, "probability")}, were the backtest true`;
  const worn = looks > 1 ? ` It was look ${formatNumber(looks, "count")} at this stretch, so it proves less.` : "";
  return vetoed
    ? { name: "Vetoed", tone: "danger", says: `${seen}. ${chance}: below 0.05, the backtest is not believed.${worn}` }
    : { name: "Holds", tone: "gain", says: `${seen}. ${chance}: at or above 0.05, no veto.${worn}` };
}

import { chanceInWords, formatNumber, plural } from "../../words/format.ts";
import { variantInWords } from "../../words/variant.ts";

const ratio = (value: number | null): string => formatNumber(value, "ratio");

/** How many tries there were, and how many of them differ. */
export function trialsInWords({
  variants,
  distinct,
  trials,
  failed_variants,
  below_min_trades,
  below_min_sharpe,
}: {
  readonly variants: number;
  readonly distinct: number;
  readonly trials: number;
  readonly failed_variants: number;
  readonly below_min_trades: number;
  readonly below_min_sharpe: number;
}): string {
  const parts = [
    `${plural(variants, "variant")} evaluated, ${formatNumber(distinct, "count")} with returns of their own; ${plural(trials, "trial")} so far.`,
  ];
  if (failed_variants > 0) parts.push(`${plural(failed_variants, "variant")} could not be evaluated.`);
  if (below_min_trades > 0) parts.push(`${formatNumber(below_min_trades, "count")} not ranked for too few trades.`);
  if (below_min_sharpe > 0) parts.push(`${formatNumber(below_min_sharpe, "count")} not ranked for too low a Sharpe ratio.`);
  return parts.join(" ");
}

/** The deflated Sharpe ratio in a sentence of this sweep. */
export function luckInWords({ dsr_best, luck_sharpe }: { readonly dsr_best: number | null; readonly luck_sharpe: number | null }): string {
  if (dsr_best === null) return "Not known: there are too few returns to judge.";
  const luck =
    luck_sharpe === null
      ? ""
      : ` Without any skill the best of so many unrelated tries would show a Sharpe ratio of ${ratio(luck_sharpe)}.`;
  return `The highest probability of any variant to be better than the luckiest of all trials is ${chanceInWords(dsr_best)}.${luck}`;
}

/** The probability of overfitting in a sentence of this sweep. */
export function overfittingInWords({ pbo, p_oos_loss }: { readonly pbo: number | null; readonly p_oos_loss: number | null }): string {
  if (pbo === null) return "Not known: it takes at least ten variants that differ.";
  const choosing =
    pbo > 0.5 ? " Choosing among these variants adds nothing." : " Below half, choosing the better one of a half still helps in the other.";
  const loss = p_oos_loss === null ? "" : ` In ${formatNumber(p_oos_loss, "share")} of the splits the winner loses money there.`;
  return `In ${formatNumber(pbo, "share")} of the splits of the history the winner of one half ranks in the lower half of the other.${choosing}${loss}`;
}

/** Which variant is recommended, and by what rule. */
export function selectionInWords(
  selection: "best_score" | "plateau_centre" | "none",
  row: { readonly params: Readonly<Record<string, unknown>>; readonly composition: { readonly label: string } | null },
): string {
  const name = row.composition === null ? variantInWords(row.params) : `${row.composition.label}: ${variantInWords(row.params)}`;
  if (selection === "plateau_centre") return `${name}, the center of the best plateau`;
  if (selection === "best_score") return `${name}, the best score`;
  return name;
}

const WARNINGS: Readonly<Record<string, string>> = {
  pbo_above_half: "Choosing among these variants adds nothing (PBO above one half).",
  gate_infeasible: "It was known before the run that no variant could meet the gate.",
  embargo_below_label_horizon: "The embargo is shorter than the label's horizon.",
};

/** A warning of the API in words; one that is not known yet stands as it is. */
export const warningInWords = (code: string): string => WARNINGS[code] ?? `${code.replaceAll("_", " ")}.`;

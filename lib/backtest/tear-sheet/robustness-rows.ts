import type { Outcome, Robustness } from "../robustness/robustness.schema.ts";
import { decimal, dollars, percent, whole } from "./numbers.ts";

/** One question and what was found, as text. */
export interface Answer {
  readonly question: string;
  readonly answer: string;
}

/** The headline under each changed assumption: question, trades, total return (%), residual Sharpe ratio, drawdown (%). */
export function outcomeRows(found: Robustness, headline: Outcome): string[][] {
  const row = (label: string, { trades, total_return, sharpe, residual_sharpe, max_drawdown_pct }: Outcome): string[] => [
    label,
    whole(trades),
    percent(total_return),
    decimal(sharpe),
    decimal(residual_sharpe),
    decimal(max_drawdown_pct, 1),
  ];
  return [
    row("As judged", headline),
    row("Twice the costs", found.costs_doubled),
    ...found.later_entry.map((later) => row(`Entry ${later.bars} bar${later.bars === 1 ? "" : "s"} later`, later)),
    ...(found.learner_seeds?.results.slice(1) ?? []).map((other) => row(`Learner seed ${other.seed}`, other)),
    ...(found.permuted_labels?.results ?? []).map((other) => row(`Permuted labels, draw ${other.draw + 1}`, other)),
  ];
}

/** What has one answer instead of a row of metrics. */
export function answers(found: Robustness): Answer[] {
  const { break_even, capacity, random_entries, learner_seeds, permuted_labels, undefined_reasons } = found;
  const because = (key: string): string =>
    undefined_reasons[key] === undefined ? "" : ` (${undefined_reasons[key]!.replaceAll("_", " ")})`;
  const asked = undefined_reasons["learner_seeds"] !== "imported_model_is_not_fitted";
  const withoutRefits = asked ? "not asked for (robustness: full)" : "n/a: the model was trained elsewhere and is not fitted here";
  return [
    {
      question: "Cost at which the total return is 0",
      answer: `${decimal(break_even.total_return_bps, 1)} bp a side${because("break_even.total_return_bps")}; charged are ${decimal(break_even.charged_bps, 1)}`,
    },
    {
      question: "Cost at which the residual return is 0",
      answer: `${decimal(break_even.residual_bps, 1)} bp a side${because("break_even.residual_bps")}`,
    },
    {
      question: "Capital at which impact halves the Sharpe ratio",
      answer: `${dollars(capacity.half_sharpe_usd)}${because("capacity.half_sharpe_usd")}`,
    },
    {
      question: "Capital at which impact ends the edge",
      answer: `${dollars(capacity.no_alpha_usd)}${because("capacity.no_alpha_usd")}`,
    },
    {
      question: "Random entries, same count, hours and sides",
      answer: `as good in ${percent(random_entries.p_value)} % of ${random_entries.draws} draws${because("random_entries.p_value")}; their 95th percentile is ${decimal(random_entries.residual_sharpe.p95)}`,
    },
    {
      question: "Other learner seeds",
      answer:
        learner_seeds === null
          ? withoutRefits
          : `residual Sharpe ratio ${decimal(learner_seeds.residual_sharpe.mean)} on average over ${learner_seeds.results.length}, sd ${decimal(learner_seeds.residual_sharpe.sd)}`,
    },
    {
      question: "Permuted labels (negative control)",
      answer:
        permuted_labels === null
          ? withoutRefits
          : `residual Sharpe ratio ${decimal(permuted_labels.residual_sharpe.mean)} on average, sd ${decimal(permuted_labels.residual_sharpe.sd)}; ${permuted_labels.reached} of ${permuted_labels.results.length} draws as good as the headline`,
    },
  ];
}

/** What the numbers of the block mean, in sentences. */
export const ROBUSTNESS_NOTES = [
  "Later entry: the same decisions acted on so many bars later and held as long.",
  "Impact: each side of a trade pays its daily volatility times the square root of order over median daily dollar volume (Y = 1).",
  "Permuted labels: models of labels that were moved in blocks within the training rows. Their average should be near 0; one draw may earn or lose much, since a model that learnt at random still holds positions.",
] as const;

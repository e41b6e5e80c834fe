import type { EvaluationPlan } from "../backtest/evaluation-plan.schema.ts";
import type { Robustness } from "../backtest/robustness/robustness.schema.ts";
import { formatDate, sessionDateOf } from "../core/time.ts";
import type { Gate } from "../leaderboard/gate.schema.ts";
import type { Calibrator } from "../learners/calibration/calibrator.ts";
import type { FittedModel } from "../learners/define-learner.ts";
import { tradedClasses } from "../matrix/label.schema.ts";
import type { Matrix } from "../matrix/matrix.ts";
import type { Holdout } from "../publishing/trained-model.schema.ts";
import type { ModelCard } from "./model-card.schema.ts";
import type { ShapImportance } from "./shap-importance.ts";
import type { TrainingItem, TrainingOrder } from "./training-order.schema.ts";

/** A fitted model with what the card says of its training. */
interface Fitted {
  readonly model: FittedModel;
  readonly calibrator: Calibrator;
  readonly baseRates: readonly number[];
  readonly trainRows: number;
  readonly effectiveRows: number;
  readonly trainLastTs: number;
}

export interface CardInput {
  readonly trainedModelId: string;
  readonly plan: EvaluationPlan;
  readonly item: TrainingItem;
  readonly order: TrainingOrder;
  readonly matrix: Matrix;
  readonly judged: Fitted;
  readonly refit: Fitted;
  /** Of the judged model; null when it has no attributions. */
  readonly shap: ShapImportance | null;
  readonly holdout: Holdout;
  /** Of the row's backtest; null = it asked for none. */
  readonly robustness: Robustness | null;
  readonly gate: Gate;
  readonly stamps: readonly string[];
}

/** The card of one trained model; equal trainings give equal cards. */
export function buildModelCard(input: CardInput): ModelCard {
  const { plan, item, order, matrix, judged, refit, shap, holdout, gate } = input;
  const { series } = matrix.info;
  const gains = judged.model.importance();
  const total = gains.reduce((sum, { gain }) => sum + gain, 0);
  return {
    schema_version: 3,
    trained_model_id: input.trainedModelId,
    model_id: plan.model_id,
    pack_id: plan.pack_id,
    risk_profile: plan.risk_profile.name,
    stamps: [...input.stamps],
    research: order.research,
    override: order.override,
    data: {
      symbol: matrix.info.symbol,
      provider: series.provider,
      fingerprint: series.fingerprint,
      cadence: matrix.info.cadence,
      first_session: formatDate(matrix.sessionDate[0]!),
      last_session: formatDate(matrix.sessionDate[matrix.rows - 1]!),
      rows: matrix.rows,
      statement: series.simulation?.statement ?? null,
    },
    label: matrix.info.label,
    base_rates: Object.fromEntries(tradedClasses(matrix.info.label).map((label, k) => [String(label), judged.baseRates[k]!])),
    features: matrix.info.features.map(({ name, indicator, version, unit }) => ({ name, indicator, version, unit })),
    learner: plan.config.learner,
    calibration: { kind: judged.calibrator.kind, notes: [...judged.calibrator.notes] },
    training: {
      judged_rows: judged.trainRows,
      judged_until: formatDate(sessionDateOf(judged.trainLastTs)),
      refit_rows: refit.trainRows,
      refit_until: formatDate(sessionDateOf(refit.trainLastTs)),
      effective_rows: judged.effectiveRows,
    },
    execution: { variant: item.variant, policy: plan.policy, direction: plan.direction, strategy: plan.strategy?.name ?? null },
    backtest: item.backtest,
    robustness: input.robustness,
    gate,
    holdout,
    importance: gains.map(({ feature, gain, splits }) => ({
      feature,
      gain_share: total > 0 ? gain / total : 0,
      splits,
      mean_abs_shap: shap === null ? null : shap.meanAbsolute[judged.model.featureNames.indexOf(feature)]!,
    })),
    attribution: shap === null ? null : { margin_of: shap.scale, rows: shap.rows, of_rows: shap.ofRows, seed: shap.seed },
    assumptions: assumptionsOf(plan),
    risks: risksOf(input),
    lineage: plan.lineage,
  };
}

function assumptionsOf({ policy, config, limits, strategy, direction }: EvaluationPlan): string[] {
  const { execution } = policy;
  const entry = config.label.entry === "next_open" ? "the next bar's open" : "the close of the bar that decides";
  const oneSided = direction !== "long_short" || (strategy !== null && strategy.side !== "both") || execution.option_type !== "both";
  return [
    `Trades enter at ${entry} and end at the close of the bar that ends the hold, or earlier at a bracket.`,
    ...(oneSided ? ["It trades one side: a signal of the other one closes what is open and opens nothing."] : []),
    config.instrument === "options"
      ? `It buys calls and puts, one contract a trade at least: each side costs half the spread and $0.01 a share, and $${execution.options.fee_per_contract} a contract; an expiry costs nothing.`
      : `Each side costs ${execution.slippage_bps} bp of slippage and ${execution.commission_bps} bp of commission; shorts pay ${execution.borrow_bps_per_year} bp a year.`,
    `${config.data.risk_free === undefined ? "No risk-free rate is taken off (rf=0)." : `Sharpe and residual returns are in excess of rf=${config.data.risk_free.symbol}.`} Skill is judged on returns with the instrument's own share taken out.`,
    `The gate's limits were: ${Object.entries(limits)
      .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join("/") : value}`)
      .join(", ")}.`,
  ];
}

function risksOf({ plan, order, judged, holdout, gate, stamps }: CardInput): string[] {
  const risks: string[] = [];
  if (order.override !== null) risks.push(`The gate was overruled by ${order.override.by}: ${order.override.reason}`);
  if (stamps.includes("UNPROVEN")) risks.push(`UNPROVEN: the gate judged it ${gate.status}. It may trade on paper only.`);
  if (stamps.includes("simulated")) risks.push("SIMULATED: the data were generated. Nothing here says anything about a market.");
  if (stamps.includes("price_return_only"))
    risks.push("The series has no dividends: long returns are understated, short returns overstated.");
  if (stamps.includes("not_tradable")) risks.push("The series is an index and cannot be traded itself.");
  if (holdout.vetoed)
    risks.push(`The holdout vetoed it: so low a Sharpe ratio had a probability of ${holdout.probability_this_low?.toFixed(3)}.`);
  if (holdout.looks > 1) risks.push(`This was look ${holdout.looks} at the holdout; each look makes it less untouched.`);
  if (judged.model.notes.length > 0) risks.push(`Fit: ${judged.model.notes.join(", ")}.`);
  if (judged.calibrator.notes.length > 0) risks.push(`Calibration: ${judged.calibrator.notes.join(", ")}.`);
  const independent = Math.round(judged.effectiveRows);
  if (independent < judged.trainRows) risks.push(`About ${independent} independent labels stand behind the fit, not ${judged.trainRows}.`);
  risks.push("Signals come from the refit on all known rows; the figures here are those of the model fitted before the holdout.");
  if (plan.warnings.length > 0) risks.push(`Warnings of the evaluation: ${plan.warnings.join(", ")}.`);
  return risks;
}

const number = (value: number | null, digits = 2): string => (value === null ? "n/a" : value.toFixed(digits));
const percent = (value: number | null): string => (value === null ? "n/a" : `${(100 * value).toFixed(1)} %`);

/** The card for people. */
export function modelCardMarkdown(card: ModelCard): string {
  const { backtest, holdout, gate } = card;
  const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");
  const reasons = gate.reasons.map(({ code, value, limit }) => `${code}: ${shown(value)} against ${shown(limit)}`);
  return `# ${card.trained_model_id}

${card.stamps.map((stamp) => `**${stamp}**`).join(" · ") || "No stamps"}

Model \`${card.model_id}\` of pack \`${card.pack_id}\`, risk profile ${card.risk_profile}.

## Data
${card.data.symbol}, ${card.data.cadence}, ${card.data.first_session} to ${card.data.last_session}, ${card.data.rows} rows from \`${card.data.provider}\`.${card.data.statement ? `\n\n${card.data.statement}` : ""}

## Gate: ${gate.status}
${gate.status === "ungated" ? "No gate has judged it." : reasons.length > 0 ? list(reasons) : "Every limit holds."}

## Backtest and holdout
| | backtest, out of sample | holdout ${holdout.start} to ${holdout.end} |
| --- | ---: | ---: |
| residual Sharpe ratio, annual | ${number(backtest?.residual_sharpe ?? null)} | ${number(holdout.sharpe)} |
| total return | ${percent(backtest?.total_return ?? null)} | ${percent(holdout.total_return)} |
| largest drawdown, % | ${number(backtest?.max_drawdown_pct ?? null, 1)} | ${number(holdout.max_drawdown_pct, 1)} |
| trades | ${backtest?.trades ?? "n/a"} | ${holdout.trades} |
| deflated Sharpe ratio (${backtest?.trials ?? "n/a"} trials) | ${number(backtest?.dsr ?? null, 3)} | |
| probability of backtest overfitting | ${number(backtest?.pbo ?? null)} | |

Probability of so low a holdout, were the backtest true: ${number(holdout.probability_this_low, 3)}. Look ${holdout.looks} at this holdout.

## Robustness
${robustnessText(card)}

## Label and learner
${card.label.kind}, entry ${card.label.entry}; base rates ${Object.entries(card.base_rates)
    .map(([label, rate]) => `${label}: ${percent(rate)}`)
    .join(", ")}.
Learner ${card.learner.algo}, calibration ${card.calibration.kind}${card.calibration.notes.length > 0 ? ` (${card.calibration.notes.join(", ")})` : ""}; fitted on ${card.training.judged_rows} rows until ${card.training.judged_until} (about ${Math.round(card.training.effective_rows)} independent), refitted on ${card.training.refit_rows} until ${card.training.refit_until}.

## Importance
| feature | share of gain | mean size of contribution | splits |
| --- | ---: | ---: | ---: |
${card.importance
  .slice(0, 15)
  .map(
    ({ feature, gain_share, splits, mean_abs_shap: shap }) =>
      `| ${feature} | ${percent(gain_share)} | ${shap === null ? "n/a" : shap.toPrecision(3)} | ${splits} |`,
  )
  .join("\n")}

${attributionText(card)}

## Assumptions
${list(card.assumptions)}

## Risks
${list(card.risks)}

## Lineage
${Object.entries(card.lineage)
  .map(([key, value]) => `- ${key}: \`${value}\``)
  .join("\n")}
`;
}

const MARGINS: Readonly<Record<NonNullable<ModelCard["attribution"]>["margin_of"], string>> = {
  log_odds: "the log-odds of UP against DOWN, before calibration",
  one_vs_rest: "the difference of the log-odds of UP and of DOWN, each against all else, before calibration",
  probability: "the probability of UP less that of DOWN, before calibration",
  value: "the prediction",
};

function attributionText({ attribution }: ModelCard): string {
  if (attribution === null) return "The learner does not say what each feature adds, so no contribution is known.";
  const { margin_of, rows, of_rows, seed } = attribution;
  const margin = MARGINS[margin_of];
  const sample = rows === of_rows ? `all ${rows} training rows` : `${rows} of ${of_rows} training rows (seed ${seed})`;
  return `Contributions are exact Shapley values: what a feature adds to ${margin}; their mean size is over ${sample}.`;
}

function robustnessText({ robustness: found, backtest, model_id }: ModelCard): string {
  if (found === null) return `Nobody asked: \`sigma backtest ${model_id} --robustness full\` does, for one execution.`;
  const { costs_doubled, later_entry, break_even, capacity, random_entries, learner_seeds, permuted_labels } = found;
  const usd = (value: number | null): string => (value === null ? "n/a" : `${Math.round(value).toLocaleString("en-US")} USD`);
  const spread = ({ mean, sd }: { readonly mean: number | null; readonly sd: number | null }): string =>
    `${number(mean)}, sd ${number(sd)}`;
  return `| | residual Sharpe ratio, annual |
| --- | ---: |
| as judged | ${number(backtest?.residual_sharpe ?? null)} |
| twice the costs | ${number(costs_doubled.residual_sharpe)} |
${later_entry.map(({ bars, residual_sharpe }) => `| entry ${bars} bar${bars === 1 ? "" : "s"} later | ${number(residual_sharpe)} |`).join("\n")}
| other learner seeds | ${learner_seeds === null ? "not asked for" : spread(learner_seeds.residual_sharpe)} |
| permuted labels | ${permuted_labels === null ? "not asked for" : spread(permuted_labels.residual_sharpe)} |

Costs of ${number(break_even.total_return_bps, 1)} bp a side leave no return (charged: ${number(break_even.charged_bps, 1)}). Market impact halves the Sharpe ratio at ${usd(capacity.half_sharpe_usd)} and ends the edge at ${usd(capacity.no_alpha_usd)}. Random entries reach the result in ${percent(random_entries.p_value)} of ${random_entries.draws} draws.`;
}

const shown = (value: number | readonly number[] | null): string =>
  value === null ? "n/a" : typeof value === "number" ? String(Math.round(value * 1e4) / 1e4) : value.join(",");

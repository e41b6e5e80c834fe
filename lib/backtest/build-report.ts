import type { Lineage } from "../core/lineage.schema.ts";
import { createRng } from "../core/rng.ts";
import { formatDate, sessionDateOf } from "../core/time.ts";
import type { LearnerConfig } from "../learners/learner.schema.ts";
import { excessReturns } from "../metrics/excess-returns.ts";
import { residualReturns } from "../metrics/residual-returns.ts";
import { stationaryBootstrapPValue } from "../metrics/stationary-bootstrap.ts";
import { benchmarksOf } from "./benchmarks.ts";
import type { PathContexts, PathEvaluation } from "./evaluate-paths.ts";
import type { EvaluationContext, VariantEvaluation } from "./evaluate-variant.ts";
import type { ExecutionTerms } from "./execution.ts";
import { EXIT_KINDS } from "./exit-kinds.ts";
import type { FoldPrediction } from "./fold-prediction.ts";
import { optionFills, optionStatements } from "./options/option-report.ts";
import { type PooledScores, pooledScores, type ScoreSet } from "./pooled-scores.ts";
import type { BacktestReport } from "./report.schema.ts";
import type { Robustness } from "./robustness/robustness.schema.ts";
import { type Splits, trainsOnLaterRows } from "./splits.schema.ts";
import { tradeProfile } from "./trade-profile.ts";

export interface ReportInput {
  readonly modelId: string;
  readonly lineage: Lineage;
  /** Every out-of-sample path. Scores pool them all; folds, benchmarks and equity are of the path that the headline shows. */
  readonly prepared: PathContexts;
  /** Rows of the whole window, holdout included. */
  readonly windowRows: number;
  readonly learner: LearnerConfig;
  readonly splits: Splits;
  readonly evaluations: readonly PathEvaluation[];
  /** Index of the evaluation to show in full. */
  readonly headline: number;
  /** Of the headline; null = not asked for. */
  readonly robustness: Robustness | null;
  /** Codes from the splits, the matrix and the evaluation, such as `embargo_below_label_horizon`. */
  readonly warnings: readonly string[];
}

/** Everything a backtest found, as the stored document. Equal inputs give equal reports. */
export function buildReport(input: ReportInput): BacktestReport {
  const { prepared, evaluations } = input;
  const { evaluation: headline, path } = evaluations[input.headline]!;
  const context = prepared.contexts[path]!;
  const { matrix, predictions } = context.input;
  const scores = pooledScores(prepared.predictions, matrix.y);
  // Scores are kept path after path.
  const ownScores = scores.folds.slice(path * predictions.length, (path + 1) * predictions.length);
  const benchmarks = benchmarksOf(context, headline);
  const dates = Array.from(context.sessionDates, formatDate);
  const prior = benchmarks.priorLearner.metrics;
  return {
    schema_version: 2,
    kind: "backtest",
    model_id: input.modelId,
    symbol: matrix.info.symbol,
    cadence: matrix.info.cadence,
    simulated: isSimulated(context),
    lineage: input.lineage,
    data: {
      provider: matrix.info.series.provider,
      fingerprint: matrix.info.series.fingerprint,
      stamps: [...matrix.info.series.stamps],
      statement: matrix.info.series.simulation?.statement ?? null,
      first_session: formatDate(matrix.sessionDate[0]!),
      last_session: formatDate(matrix.sessionDate[matrix.rows - 1]!),
      development_rows: matrix.rows,
      window_rows: input.windowRows,
      holdout_rows: input.windowRows - matrix.rows,
    },
    label: matrix.info.label,
    learner: input.learner,
    splits: input.splits,
    scores: {
      rows: scores.rows,
      model: scoreJson(scores.model),
      prior: scoreJson(scores.prior),
      has_skill: scores.hasSkill,
      calibration: {
        mce: known(scores.calibration.mce),
        brier_reliability: known(scores.calibration.brier.reliability),
        brier_resolution: known(scores.calibration.brier.resolution),
        brier_uncertainty: known(scores.calibration.brier.uncertainty),
        brier_within_bins: known(scores.calibration.brier.withinBins),
      },
      regression: scores.regression && {
        rows: scores.regression.rows,
        r2: known(scores.regression.r2),
        mae: known(scores.regression.mae),
        mae_of_mean: known(scores.regression.maeOfMean),
      },
    },
    reliability: scores.reliability.map(({ lower, upper, count, meanForecast, frequency }) => ({
      lower,
      upper,
      count,
      mean_forecast: known(meanForecast),
      frequency: known(frequency),
    })),
    folds: predictions.map((prediction, i) => ({
      ...foldJson(context, prediction, ownScores[i]!, headline, i),
      split: prepared.paths[path]!.splits[i]!,
    })),
    headline: input.headline,
    path,
    variants: evaluations.map(variantJson),
    benchmarks: {
      buy_and_hold: benchmarks.buyAndHold,
      exposure_matched: { ...benchmarks.exposureMatched, net_exposure: known(benchmarks.netExposure) },
      prior_learner: {
        trades: prior.trades,
        total_return: prior.total_return,
        annual_return: prior.annual_return,
        sharpe: prior.sharpe,
        residual_sharpe: prior.residual.sharpe,
        max_drawdown_pct: prior.max_drawdown_pct,
      },
    },
    robustness: input.robustness,
    bootstrap_p: known(bootstrapP(context, headline)),
    trade_profile: tradeProfile(context, headline),
    equity: {
      dates,
      strategy: compound(headline.daily),
      buy_and_hold: compound(context.instrumentReturns),
      risk_free: context.riskFree && Array.from(context.riskFree, known),
    },
    assumptions: assumptionsOf(headline, context, input.splits),
    warnings: warningsOf(input, scores),
  };
}

/** Seeded by the returns themselves: equal evaluations are resampled equally. */
function bootstrapP(context: EvaluationContext, { daily, digest }: VariantEvaluation): number {
  const { riskFree } = context;
  const market = excessReturns(context.instrumentReturns, riskFree);
  const { residual } = residualReturns(excessReturns(daily, riskFree), market, context.input.directional ?? true);
  return stationaryBootstrapPValue(residual, { rng: createRng(`stationary bootstrap ${digest}`) });
}

/** Whether a series is simulated, by its provider or its stamps. */
function isSimulated({ input }: EvaluationContext): boolean {
  const { series } = input.matrix.info;
  return series.simulation !== null || series.stamps.includes("simulated");
}

function foldJson(
  context: EvaluationContext,
  prediction: FoldPrediction,
  own: PooledScores["folds"][number],
  { trades, metrics }: VariantEvaluation,
  index: number,
): Omit<BacktestReport["folds"][number], "split"> {
  const { matrix } = context.input;
  let opened = 0;
  let wins = 0;
  let net = 0;
  for (let i = 0; i < trades.count; i++) {
    if (trades.fold[i] !== prediction.fold) continue;
    opened++;
    if (trades.netReturn[i]! > 0) wins++;
    net += trades.pnl[i]! / trades.equity[i]!;
  }
  return {
    fold: prediction.fold,
    train: {
      first: dateOf(prediction.trainFirstTs),
      last: dateOf(prediction.trainLastTs),
      rows: prediction.trainRows,
      effective_rows: prediction.effectiveRows,
      later: prediction.trainLastTs > matrix.ts[prediction.testEnd - 1]!,
    },
    test: {
      first: formatDate(matrix.sessionDate[prediction.testStart]!),
      last: formatDate(matrix.sessionDate[prediction.testEnd - 1]!),
      rows: prediction.testEnd - prediction.testStart,
    },
    embargo_bars: prediction.embargoBars,
    base_rates: Object.fromEntries(prediction.classes.map((label, k) => [String(label), prediction.baseRates[k]!])),
    calibration: { ...prediction.calibration },
    notes: [...prediction.notes],
    scored_rows: own.rows,
    model: scoreJson(own.model),
    prior: scoreJson(own.prior),
    trades: opened,
    win_rate: known(wins / opened),
    net_return: opened === 0 ? null : net,
    sharpe: metrics.fold_sharpe[index] ?? null,
  };
}

function variantJson({ evaluation, spread, results }: PathEvaluation): BacktestReport["variants"][number] {
  const { params, digest, metrics, realisedShare, netExposure, counts, trades, options, notes } = evaluation;
  const exits: Record<string, number> = {};
  for (let i = 0; i < trades.count; i++) {
    const kind = EXIT_KINDS[trades.exitKind[i]!]!;
    exits[kind] = (exits[kind] ?? 0) + 1;
  }
  return {
    params,
    digest,
    metrics,
    paths: spread === null ? null : { ...spread, each: [...results] },
    realised_share: known(realisedShare),
    net_exposure: known(netExposure),
    orders: {
      candidates: counts.candidates,
      filled: counts.filled,
      unfilled: counts.unfilled,
      refused_min_rr: counts.refusedMinRr,
      refused_unknown: counts.refusedUnknown,
      ambiguous_bars: counts.ambiguousBars,
      ambiguous_share: known(counts.ambiguousBars / counts.bracketBars),
    },
    options: optionFills(options),
    exits,
    notes: [...notes],
  };
}

function entryText({ entry, fillsAtSessionClose }: ExecutionTerms): string {
  if (fillsAtSessionClose) return "the close of the decision's session";
  return entry === "next_open" ? "the open of the bar after the decision" : "the close of the decision bar";
}

function exitText({ trade, holdBars }: ExecutionTerms): string {
  switch (trade.kind) {
    case "bars":
      return `the close ${holdBars} bar${holdBars === 1 ? "" : "s"} after the decision`;
    case "session_close":
      return trade.sessions === 0
        ? "the close of the decision's session"
        : `the close of the session ${trade.sessions} session${trade.sessions === 1 ? "" : "s"} after the decision's`;
    case "overnight":
      return "the next session's open";
  }
}

function barrierTexts({ barriers }: ExecutionTerms): string[] {
  if (barriers === null) return [];
  const how =
    barriers.touch === "close"
      ? "a close at or beyond one ends the trade"
      : "a bar that touches one ends the trade there, the one against it first; gaps fill at the open";
  return [`The label's own barriers stand ${barriers.up} sigma above and ${barriers.down} below the entry: ${how}.`];
}

const riskFreeText = (stamp: string | undefined): string =>
  stamp === undefined ? "rf=0" : `Sharpe, Sortino and residual returns are in excess of the risk-free series (${stamp})`;

const UNIVERSE_STATEMENTS = [
  "One account trades all members of the universe: places, cooldown and the daily cap are its own, and of the candidates of one moment the more confident goes first.",
  "The benchmark is the universe with equal weights, rebalanced daily. A member that leaves is sold at its last close; one that was delisted is paid what its holders got.",
];

const shareStatements = (terms: ExecutionTerms): string[] => [
  `Slippage ${terms.slippageBps} bp and commission ${terms.commissionBps} bp on each side; shorts pay ${terms.borrowBpsPerYear} bp a year by calendar days.`,
  "Prices are adjusted for splits and dividends, so shorts pay dividends.",
];

function assumptionsOf(
  { terms, params }: VariantEvaluation,
  { sides, tape, input: { options, policy, riskFree } }: EvaluationContext,
  splits: Splits,
): BacktestReport["assumptions"] {
  const { brackets } = terms;
  const statements = [
    `Entry at ${entryText(terms)}; exit at ${exitText(terms)}.`,
    ...barrierTexts(terms),
    ...(options === undefined ? shareStatements(terms) : optionStatements(options, policy, params)),
    `Returns are net, on allocated capital, compounded, marked at every session's close; idle sessions count; ${riskFreeText(riskFree?.stamp)}.`,
    ...(tape.symbols > 1 ? UNIVERSE_STATEMENTS : []),
  ];
  if (sides.long !== sides.short) {
    const [own, other] = sides.long ? ["BUY", "SELL"] : ["SELL", "BUY"];
    const at = terms.entry === "next_open" ? "the next open" : "the close of its bar";
    statements.push(
      `Only ${own} opens. A ${other} that passes threshold, top % and hours closes what is open at ${at}, and opens nothing.`,
    );
  }
  if (trainsOnLaterRows(splits))
    statements.push(
      "Models were trained on rows after their test blocks too: this says how stable the idea is, not what trading it would have earned.",
    );
  if (brackets !== null) {
    const unit = brackets.mode === "atr" ? `ATR(${brackets.atrPeriod})` : "of the entry price";
    if (brackets.stop !== null) statements.push(`Stop at ${brackets.stop} ${unit}; a bar that touches stop and target counts as the stop.`);
    if (brackets.target !== null)
      statements.push(`Target at ${brackets.target} ${brackets.mode === "atr" ? unit : "stop distances"}; gaps fill at the open.`);
    if (brackets.timeStopBars !== null) statements.push(`Time stop after ${brackets.timeStopBars} bars.`);
    if (brackets.timeStopMinutes !== null) statements.push(`Time stop after ${brackets.timeStopMinutes} minutes.`);
  }
  return {
    entry: terms.entry,
    exit: brackets === null ? "label_end" : "label_end_or_brackets",
    hold_bars: terms.holdBars,
    order_type: terms.orderType,
    slippage_bps: terms.slippageBps,
    commission_bps: terms.commissionBps,
    borrow_bps_per_year: terms.borrowBpsPerYear,
    max_positions: terms.maxPositions,
    capital_share: terms.capitalShare,
    cooldown_minutes: terms.cooldownMinutes,
    max_trades_per_day: terms.maxTradesPerDay,
    volatility_target: terms.volatilityTarget,
    session_bound: terms.sessionBound,
    statements,
  };
}

function warningsOf({ prepared, evaluations, warnings }: ReportInput, scores: PooledScores): string[] {
  const { matrix } = prepared.contexts[0]!.input;
  const found = [
    ...warnings,
    ...matrix.info.series.stamps,
    ...evaluations.flatMap(({ evaluation }) => evaluation.notes),
    ...prepared.predictions.flatMap(({ notes }) => notes.map((note) => `fold_${note}`)),
    ...(scores.hasSkill ? [] : ["log_loss_not_below_prior"]),
  ];
  return [...new Set(found)].sort();
}

function compound(returns: Float64Array): number[] {
  let equity = 1;
  return Array.from(returns, (value) => {
    equity *= 1 + value;
    return equity;
  });
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
const dateOf = (ts: number): string | null => (Number.isNaN(ts) ? null : formatDate(sessionDateOf(ts)));
const scoreJson = ({ logLoss, brier, ece, auc }: ScoreSet) => ({
  log_loss: known(logLoss),
  brier: known(brier),
  ece: known(ece),
  auc: known(auc),
});

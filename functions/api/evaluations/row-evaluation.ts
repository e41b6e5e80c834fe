import { buildReport } from "#lib/backtest/build-report.ts";
import { evaluatePaths, type PathContexts, type PathEvaluation, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import type { EvaluationContext } from "#lib/backtest/evaluate-variant.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import type { BacktestReport } from "#lib/backtest/report.schema.ts";
import { buildTape } from "#lib/backtest/tape.ts";
import type { ListedBar, ListedTrade } from "#lib/backtest/trade-list.schema.ts";
import { listedBars, listedTrades } from "#lib/backtest/trade-list.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { evaluationInput } from "../../shared/evaluation-input.ts";
import { loadDevelopment, loadPlan, loadPlanMatrix, loadPredictions } from "../../shared/evaluation-plan.ts";
import { loadDevelopmentContracts } from "../../shared/stored-contract-tape.ts";
import type { ApiPorts } from "../api-deps.ts";

type RowPorts = Pick<ApiPorts, "artifacts">;

interface RowEvaluation {
  readonly plan: EvaluationPlan;
  readonly prepared: PathContexts;
  readonly outcome: PathEvaluation;
  /** Of the path that stands for the row. */
  readonly context: EvaluationContext;
}

/** Evaluates a row's variant again over the predictions that are stored: the numbers are those of the row, as nothing is fitted. */
async function evaluateRow({ artifacts }: RowPorts, owner: string, row: LeaderboardRow): Promise<RowEvaluation> {
  const plan = await loadPlan(artifacts, owner, row.plan_key);
  const [matrix, predictions] = await Promise.all([loadDevelopment(artifacts, plan), loadPredictions(artifacts, plan)]);
  const contracts = await loadDevelopmentContracts(artifacts, plan, matrix);
  const prepared = preparePaths(evaluationInput(plan, matrix, predictions, contracts));
  const outcome = evaluatePaths(prepared, row.params);
  return { plan, prepared, outcome, context: prepared.contexts[outcome.path]! };
}

/** The report of one row, as a backtest of its variant alone has it; its robustness is asked by a backtest only. */
export async function reportOfRow(ports: RowPorts, owner: string, row: LeaderboardRow): Promise<BacktestReport> {
  const { plan, prepared, outcome } = await evaluateRow(ports, owner, row);
  const whole = await loadPlanMatrix(ports.artifacts, plan);
  return buildReport({
    modelId: plan.model_id,
    lineage: row.lineage,
    prepared,
    windowRows: whole.rows,
    learner: plan.config.learner,
    splits: plan.splits,
    evaluations: [outcome],
    headline: 0,
    robustness: null,
    warnings: plan.warnings,
  });
}

/** The trades of a row, in the order of their opening. */
export async function tradesOfRow(ports: RowPorts, owner: string, row: LeaderboardRow): Promise<ListedTrade[]> {
  const { outcome, context } = await evaluateRow(ports, owner, row);
  return listedTrades(outcome.evaluation, context.tape, context.input.matrix.info.symbols);
}

/**
 * The bars that a row's trades were made on: those of the development rows, so none of the holdout.
 *
 * @param symbol - of a universe; the first one when absent
 * @throws NOT_FOUND when the row did not trade the symbol
 */
export async function barsOfRow(
  { artifacts }: RowPorts,
  owner: string,
  row: LeaderboardRow,
  { symbol, ...range }: { readonly symbol?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<ListedBar[]> {
  const plan = await loadPlan(artifacts, owner, row.plan_key);
  const matrix = await loadDevelopment(artifacts, plan);
  const { symbols } = matrix.info;
  const index = symbol === undefined ? 0 : symbols.indexOf(symbol);
  if (index < 0)
    throw new SigmaError("NOT_FOUND", `Row "${row.row_id}" has no bars of "${symbol}". It traded ${symbols.slice(0, 20).join(", ")}.`, {
      row_id: row.row_id,
    });
  const given = Object.fromEntries(Object.entries(range).filter(([, value]) => value !== undefined));
  return listedBars(buildTape(matrix), index, given);
}

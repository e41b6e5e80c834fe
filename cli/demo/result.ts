import type { Json } from "#lib/core/canonical-json.ts";
import type { Lineage } from "#lib/core/lineage.schema.ts";
import type { Journey } from "./journey.ts";

/** One half of the demo's document: what a model's whole way found. */
export interface DemoResult {
  readonly model_id: string;
  readonly matrix: {
    readonly sha: string;
    readonly rows: number;
    readonly columns: number;
    readonly content_digest: string;
    readonly stamps: Json;
  };
  readonly backtest: Readonly<Record<string, Json>>;
  readonly sweep: Readonly<Record<string, Json>>;
  readonly trained_model: Readonly<Record<string, Json>>;
  readonly holdout: Json;
  readonly signal: Json;
  readonly lineage: Lineage;
}

export function demoResult({ modelId, matrix, backtest, sweep, trained, signal }: Journey): DemoResult {
  const { gate, significance, metrics, log_loss, prior_log_loss, has_skill, score, trials, warnings } = backtest;
  return {
    model_id: modelId,
    matrix: {
      sha: String(matrix["matrix_sha"]),
      rows: Number(matrix["rows"]),
      columns: Number(matrix["columns"]),
      content_digest: String(matrix["content_digest"]),
      stamps: matrix["stamps"]!,
    },
    backtest: {
      gate: gate!,
      metrics: metrics!,
      significance: significance!,
      log_loss: log_loss!,
      prior_log_loss: prior_log_loss!,
      has_skill: has_skill!,
      score: score!,
      trials: trials!,
      warnings: warnings!,
    },
    sweep: {
      sweep_id: sweep.sweep_id,
      variants: sweep.variants,
      distinct: sweep.distinct,
      trials: sweep.trials,
      pass: sweep.pass,
      marginal: sweep.marginal,
      marginal_sig: sweep.marginal_sig,
      fail: sweep.fail,
      dsr_best: sweep.dsr_best,
      pbo: sweep.pbo,
      p_oos_loss: sweep.p_oos_loss,
      luck_sharpe: sweep.luck_sharpe,
      selection: sweep.selection,
      best_rows: sweep.best_rows,
    },
    trained_model: {
      id: trained.trained_model_id,
      status: trained.status,
      stage: trained.stage,
      gate_status: trained.gate_status,
      proven: trained.proven,
      stamps: trained.stamps,
    },
    holdout: trained.holdout as unknown as Json,
    signal: signal as unknown as Json,
    lineage: trained.lineage,
  };
}

import type { Lineage } from "../core/lineage.schema.ts";
import type { PathSpread } from "../metrics/path-spread.schema.ts";
import type { RunMetrics } from "../metrics/run-metrics.schema.ts";
import type { Significance } from "../metrics/significance.schema.ts";
import type { Composition } from "../sweeps/composition.schema.ts";
import type { VariantParams } from "../sweeps/variant.schema.ts";
import type { Gate } from "./gate.schema.ts";
import type { LeaderboardRow, Stamps } from "./rows.schema.ts";

/** Where a result comes from and how it was judged. */
export interface RowFacts {
  readonly row_id: string;
  readonly run_id: string;
  readonly sweep_id: string | null;
  readonly plan_key: string;
  readonly variant_id: string;
  readonly pack_id: string;
  readonly model_id: string;
  readonly symbol: string;
  readonly risk_profile: LeaderboardRow["risk_profile"];
  readonly tags: readonly string[];
  readonly tag: string | null;
  readonly created_at: string;
  readonly params: VariantParams;
  readonly composition: Composition | null;
  readonly duplicate_of: string | null;
  readonly metrics: RunMetrics;
  readonly paths: PathSpread | null;
  readonly significance: Significance;
  readonly gate: Gate;
  readonly score: number | null;
  readonly q_value: number | null;
  readonly plateau: LeaderboardRow["plateau"];
  /** The `sparkline` of the daily net returns. */
  readonly equity: readonly number[];
  readonly lineage: Lineage;
  readonly stamps: Stamps;
  readonly plots_uri: string | null;
  readonly data_uri: string | null;
}

/** The document of a leaderboard row, with the fields that ranking reads and the classic names beside the metrics. */
export function leaderboardRow({ equity, tags, ...facts }: RowFacts): LeaderboardRow {
  const { metrics } = facts;
  return {
    schema_version: 1,
    ...facts,
    tags: [...tags],
    equity: [...equity],
    sharpe: metrics.sharpe,
    total_return: metrics.total_return,
    win_rate: metrics.win_rate,
    best_sharpe_hourly: metrics.best_sharpe_hourly,
    best_cum_ret: metrics.total_return,
    trades_total: metrics.trades,
  };
}

/**
 * Equity that starts at 1, sampled evenly and rounded to 4 decimals; first and last value are always there.
 *
 * @param points - most values to return
 */
export function sparkline(dailyReturns: Float64Array, points = 60): number[] {
  const sessions = dailyReturns.length;
  const count = Math.min(points, sessions + 1);
  const values: number[] = [];
  let equity = 1;
  let session = 0;
  for (let k = 0; k < count; k += 1) {
    const upTo = count === 1 ? 0 : Math.round((k * sessions) / (count - 1));
    for (; session < upTo; session += 1) equity = Math.max(0, equity * (1 + dailyReturns[session]!));
    values.push(Math.round(equity * 1e4) / 1e4);
  }
  return values;
}

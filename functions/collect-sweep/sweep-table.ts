import { canonicalJson } from "#lib/core/canonical-json.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { type Candidate, selectWinner, type Winner } from "#lib/leaderboard/winner.ts";
import type { SweepRecord } from "#lib/sweeps/sweep-record.schema.ts";
import { GrowingText } from "./growing-text.ts";

/** What the request asks of a row before it counts as usable. */
export interface Guardrails {
  readonly minTrades: number;
  readonly minSharpe: number;
}

interface RowCandidate extends Candidate {
  readonly row_id: string;
}

/** The best of the rows of one plan, and how many there are. */
export interface PlanRows {
  readonly variants: number;
  readonly pass: number;
  readonly bestScore: number | null;
  readonly bestRow: string | null;
}

type Counts = Pick<SweepRecord, "pass" | "marginal" | "marginal_sig" | "fail" | "below_min_trades" | "below_min_sharpe">;

/** The rows of a sweep as they come: what is counted over them, and their text for the stored table. */
export class SweepTable {
  readonly #guardrails: Guardrails;
  readonly #candidates: RowCandidate[] = [];
  readonly #byPlan = new Map<string, PlanRows>();
  readonly #text = new GrowingText();
  readonly #counts = { pass: 0, marginal: 0, marginal_sig: 0, fail: 0, below_min_trades: 0, below_min_sharpe: 0 };

  constructor(guardrails: Guardrails) {
    this.#guardrails = guardrails;
  }

  add(row: LeaderboardRow): void {
    const { minTrades, minSharpe } = this.#guardrails;
    const counts = this.#counts;
    const status = STATUS_KEYS[row.gate.status];
    if (status !== undefined) counts[status] += 1;
    if (row.metrics.trades < minTrades) counts.below_min_trades += 1;
    if (!((row.metrics.sharpe ?? Number.NEGATIVE_INFINITY) >= minSharpe)) counts.below_min_sharpe += 1;
    const { variant_id, row_id, params, score, total_return, win_rate } = row;
    if (row.duplicate_of === null)
      this.#candidates.push({ variant_id, row_id, params, score, total_return, win_rate, status: row.gate.status });
    this.#byPlan.set(row.plan_key, withRow(this.#byPlan.get(row.plan_key), row));
    // Times are the sweep's own, so that equal sweeps are equal bytes.
    this.#text.add(this.#text.isEmpty() ? '{"rows":[' : ",");
    this.#text.add(canonicalJson({ ...row, created_at: null, run_id: null }));
  }

  counts(): Counts {
    return { ...this.#counts };
  }

  ofPlan(planKey: string): PlanRows {
    return this.#byPlan.get(planKey) ?? { variants: 0, pass: 0, bestScore: null, bestRow: null };
  }

  winner(pbo: number | null): Winner<RowCandidate> | undefined {
    return selectWinner(this.#candidates, pbo);
  }

  /** The stored table: the sweep with all of its rows. Nothing is added after it. */
  bytes(record: SweepRecord): Uint8Array {
    if (this.#text.isEmpty()) this.#text.add('{"rows":[');
    this.#text.add(`],"sweep":${canonicalJson({ ...record, created_at: null, run_id: null })}}`);
    return this.#text.bytes();
  }
}

const STATUS_KEYS: Partial<Record<LeaderboardRow["gate"]["status"], keyof Pick<Counts, "pass" | "marginal" | "marginal_sig" | "fail">>> = {
  PASS: "pass",
  MARGINAL: "marginal",
  MARGINAL_SIG: "marginal_sig",
  FAIL: "fail",
};

function withRow(before: PlanRows | undefined, row: LeaderboardRow): PlanRows {
  const variants = (before?.variants ?? 0) + 1;
  const pass = (before?.pass ?? 0) + (row.gate.status === "PASS" ? 1 : 0);
  const better = before === undefined || (row.score ?? Number.NEGATIVE_INFINITY) > (before.bestScore ?? Number.NEGATIVE_INFINITY);
  return better
    ? { variants, pass, bestScore: row.score, bestRow: row.row_id }
    : { variants, pass, bestScore: before.bestScore, bestRow: before.bestRow };
}

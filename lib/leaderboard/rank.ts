import type { LeaderboardFilter, LeaderboardRow } from "./rows.schema.ts";
import { compareRank } from "./score-key.ts";

/** Whether a row is asked for. */
export function matchesFilter(row: LeaderboardRow, filter: LeaderboardFilter): boolean {
  const { pack_id, model_id, sweep_id, risk_profile, tag, gate_status, symbol, simulated, created_from, created_to } = filter;
  return (
    (pack_id === undefined || row.pack_id === pack_id) &&
    (model_id === undefined || row.model_id === model_id) &&
    (sweep_id === undefined || row.sweep_id === sweep_id) &&
    (risk_profile === undefined || row.risk_profile === risk_profile) &&
    (tag === undefined || row.tag === tag || row.tags.includes(tag)) &&
    (gate_status === undefined || row.gate.status === gate_status) &&
    (symbol === undefined || row.symbol === symbol) &&
    (simulated === undefined || String(row.stamps.simulated) === simulated) &&
    (created_from === undefined || Date.parse(row.created_at) >= Date.parse(created_from)) &&
    (created_to === undefined || Date.parse(row.created_at) < Date.parse(created_to))
  );
}

/** Rows in the order of a sort key, best first, undefined last; ties as in `compareRank`. */
export function rankRows(rows: readonly LeaderboardRow[], sort: LeaderboardFilter["sort"] = "score"): LeaderboardRow[] {
  return rows.toSorted((a, b) => {
    const left = a[sort] ?? Number.NEGATIVE_INFINITY;
    const right = b[sort] ?? Number.NEGATIVE_INFINITY;
    return left === right ? compareRank(a, b) : right > left ? 1 : -1;
  });
}

/** The best row of each model, in the order of the rows: `?by=model`. */
export function bestPerModel(ranked: readonly LeaderboardRow[]): LeaderboardRow[] {
  const seen = new Set<string>();
  return ranked.filter(({ model_id }) => !seen.has(model_id) && seen.add(model_id));
}

import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { filtersText, hourThresholdsText } from "#lib/sweeps/variant.schema.ts";
import { count, decimal, percent } from "./format.ts";
import { gateReasons } from "./gate-text.ts";
import { paintStatus } from "./paint.ts";
import type { Session } from "./session.ts";
import { marks } from "./stamps.ts";
import { type Column, renderTable } from "./table.ts";

export type Row = LeaderboardRow;

/** Rows with their verdicts, and below them why the first ones did not pass. */
export function leaderboardTable(rows: readonly Row[], { paint, width }: Pick<Session, "paint" | "width">): string {
  if (rows.length === 0) return "No rows.";
  const columns: readonly Column<Row>[] = [
    { header: "#", align: "right", value: (row) => String(rows.indexOf(row) + 1) },
    { header: "Gate", value: (row) => paintStatus(paint, row.gate.status) },
    { header: "Score", align: "right", value: (row) => decimal(row.score, 3) },
    { header: "Sharpe", align: "right", value: (row) => decimal(row.sharpe) },
    { header: "Residual", align: "right", value: (row) => decimal(row.metrics.residual.sharpe) },
    { header: "Return (%)", align: "right", value: (row) => percent(row.total_return) },
    { header: "DD (%)", align: "right", value: (row) => decimal(row.metrics.max_drawdown_pct, 1), optional: 3 },
    { header: "Bets", align: "right", value: (row) => count(row.metrics.bets), optional: 4 },
    { header: "DSR", align: "right", value: (row) => decimal(row.significance.dsr, 3) },
    { header: "PBO", align: "right", value: (row) => decimal(row.significance.pbo, 2), optional: 5 },
    { header: "Settings", value: (row) => settings(row), shrinkTo: 16 },
    { header: "Model", value: (row) => row.model_id, shrinkTo: 12, optional: 6 },
    { header: "Marks", value: (row) => marks(stampNames(row)), shrinkTo: 9 },
    { header: "Row", value: (row) => row.row_id, optional: 7 },
  ];
  const lines = [renderTable(columns, rows, width)];
  const refused = rows.filter(({ gate }) => gate.status !== "PASS" && gate.reasons.length > 0).slice(0, 3);
  if (refused.length > 0) {
    lines.push("", "Why not PASS:");
    for (const row of refused) {
      lines.push(`  #${rows.indexOf(row) + 1} ${row.row_id}`);
      for (const reason of gateReasons(row.gate)) lines.push(`    - ${reason}`);
    }
  }
  return lines.join("\n");
}

const stampNames = (row: Row): string[] => Object.entries(row.stamps).flatMap(([name, value]) => (value === true ? [name] : []));

/** The execution in a few words: `edge 0.05, hold 5, top 20 %`. */
function settings({ params, composition }: Pick<Row, "params" | "composition">): string {
  const { threshold_mode, threshold, top_pct, hours, hold_bars, stop_loss, take_profit, time_stop_bars, momentum_min, slippage } = params;
  const { position_size, max_positions, entry_type, option_type, strike_selection, dte_target, contract_size } = params;
  const conditions = filtersText(params);
  const byHour = hourThresholdsText(params);
  return [
    composition === null ? "" : composition.label,
    threshold === null ? threshold_mode : `${threshold_mode} ${threshold}`,
    byHour === null ? "" : `by hour ${byHour}`,
    top_pct === null ? "" : `top ${percent(top_pct, 0)} %`,
    hold_bars === null ? "" : `hold ${hold_bars}`,
    hours === null ? "" : `hours ${hours.join("|")}`,
    stop_loss === null ? "" : `stop ${percent(stop_loss)} %`,
    take_profit === null ? "" : `target ${take_profit}R`,
    time_stop_bars === null ? "" : `time stop ${time_stop_bars}`,
    momentum_min === null ? "" : `momentum ${momentum_min}`,
    slippage === null || slippage === "realistic" ? "" : `${slippage} slippage`,
    position_size === null ? "" : `size ${percent(position_size, 0)} %`,
    max_positions === null ? "" : `positions ${max_positions}`,
    entry_type === null ? "" : `entry ${entry_type}`,
    conditions === null ? "" : `only ${conditions}`,
    option_type === null ? "" : option_type,
    strike_selection === null ? "" : strike_selection,
    dte_target === null ? "" : `${dte_target} DTE`,
    contract_size === null ? "" : `${contract_size} contracts`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

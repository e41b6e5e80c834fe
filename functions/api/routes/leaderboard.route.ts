import * as z from "zod";
import { queryRows } from "#lib/leaderboard/leaderboard-store.ts";
import { LeaderboardFilterSchema, type LeaderboardRow, LeaderboardRowSchema } from "#lib/leaderboard/rows.schema.ts";
import { filtersText, hourThresholdsText } from "#lib/sweeps/variant.schema.ts";
import { type CsvValue, wantsCsv } from "../http/csv.ts";
import { csvPage, page, pageQuery, pageSchema, placeOf } from "../http/list.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const LeaderboardQuery = z.strictObject({
  ...LeaderboardFilterSchema.shape,
  by: z.literal("model").optional().describe("The best row of each model only"),
  ...pageQuery,
});

/** The row's columns as a spreadsheet shows them. */
const ROW_COLUMNS: readonly (readonly [string, (row: LeaderboardRow) => CsvValue])[] = [
  ["row_id", (row) => row.row_id],
  ["pack_id", (row) => row.pack_id],
  ["model_id", (row) => row.model_id],
  ["symbol", (row) => row.symbol],
  ["risk_profile", (row) => row.risk_profile],
  ["tag", (row) => row.tag],
  ["sweep_id", (row) => row.sweep_id],
  ["variant_id", (row) => row.variant_id],
  ["gate_status", (row) => row.gate.status],
  ["gate_reasons", (row) => row.gate.reasons.map(({ code }) => code).join(" ")],
  ["score", (row) => row.score],
  ["composition", (row) => row.composition?.label ?? null],
  ["threshold_mode", (row) => row.params.threshold_mode],
  ["threshold", (row) => row.params.threshold],
  ["hour_thresholds", (row) => hourThresholdsText(row.params)],
  ["top_pct", (row) => row.params.top_pct],
  ["hours", (row) => row.params.hours?.join(" ") ?? null],
  ["hold_bars", (row) => row.params.hold_bars],
  ["stop_loss", (row) => row.params.stop_loss],
  ["take_profit", (row) => row.params.take_profit],
  ["time_stop_bars", (row) => row.params.time_stop_bars],
  ["momentum_min", (row) => row.params.momentum_min],
  ["slippage", (row) => row.params.slippage],
  ["position_size", (row) => row.params.position_size],
  ["max_positions", (row) => row.params.max_positions],
  ["entry_type", (row) => row.params.entry_type],
  ["filters", (row) => filtersText(row.params)],
  ["option_type", (row) => row.params.option_type],
  ["strike_selection", (row) => row.params.strike_selection],
  ["dte_target", (row) => row.params.dte_target],
  ["contract_size", (row) => row.params.contract_size],
  ["trades", (row) => row.metrics.trades],
  ["bets", (row) => row.metrics.bets],
  ["sharpe", (row) => row.sharpe],
  ["residual_sharpe", (row) => row.metrics.residual.sharpe],
  ["paths", (row) => row.paths?.paths ?? 1],
  ["paths_residual_sharpe_min", (row) => row.paths?.residual_sharpe.min ?? null],
  ["paths_residual_sharpe_max", (row) => row.paths?.residual_sharpe.max ?? null],
  ["paths_below_zero", (row) => row.paths?.residual_sharpe.share_below_zero ?? null],
  ["total_return", (row) => row.total_return],
  ["win_rate", (row) => row.win_rate],
  ["max_drawdown_pct", (row) => row.metrics.max_drawdown_pct],
  ["dsr", (row) => row.significance.dsr],
  ["pbo", (row) => row.significance.pbo],
  ["p_oos_loss", (row) => row.significance.p_oos_loss],
  ["trials", (row) => row.significance.trials],
  ["simulated", (row) => row.stamps.simulated],
  ["price_return_only", (row) => row.stamps.price_return_only],
  ["trains_on_later_rows", (row) => row.stamps.trains_on_later_rows],
  ["imported_model_training_rows_unknown", (row) => row.stamps.imported_model_training_rows_unknown],
  ["created_at", (row) => row.created_at],
];

/** The first of the columns, as an example of all. */
export const CSV_EXAMPLE = "row_id,pack_id,model_id,symbol\r\nswp_0a1b2c3d4e5f60718293a4b5-0001,swingsigma,spx_eq_swing_daily,SPX\r\n";

/** Rows as JSON, or as CSV when the caller asks for it. */
export function rowPage(accept: string | undefined, rows: readonly LeaderboardRow[], nextCursor: string | null) {
  if (!wantsCsv(accept)) return page(rows, nextCursor);
  return csvPage(
    ROW_COLUMNS.map(([name]) => name),
    rows.map((row) => ROW_COLUMNS.map(([, value]) => value(row))),
    nextCursor,
  );
}

export const leaderboardRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/leaderboard",
    tag: "evaluate",
    summary: "Judged results, best first; JSON or, with Accept: text/csv, CSV",
    query: LeaderboardQuery,
    classic: true,
    answers: { 200: { description: "A page of rows", schema: pageSchema(LeaderboardRowSchema), also: { "text/csv": CSV_EXAMPLE } } },
    handler: async ({ ports, owner, query, context }) => {
      const { by, limit, cursor, ...filter } = query;
      const { rows, nextCursor } = await queryRows(ports.metadata, owner, filter, {
        ...placeOf({ limit, cursor }),
        byModel: by === "model",
      });
      return rowPage(context.req.header("accept"), rows, nextCursor);
    },
  }),
];

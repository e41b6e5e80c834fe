import * as z from "zod";
import { BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import { ListedBarSchema, type ListedTrade, ListedTradeSchema } from "#lib/backtest/trade-list.schema.ts";
import { SymbolSchema } from "#lib/core/ids.ts";
import { readRow } from "#lib/leaderboard/leaderboard-store.ts";
import { LeaderboardRowSchema } from "#lib/leaderboard/rows.schema.ts";
import { json } from "../http/answer.ts";
import { wantsCsv } from "../http/csv.ts";
import { csvPage, page, pageQuery, pageSchema } from "../http/list.ts";
import { pageOf } from "../http/page-of.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const RowParams = z.strictObject({ row_id: LeaderboardRowSchema.shape.row_id });

/** A chart asks for more bars at once than a reader of rows does. */
const MOST_BARS = 5000;

const TRADE_COLUMNS = Object.keys(ListedTradeSchema.shape) as (keyof ListedTrade)[];

export const leaderboardRowRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/leaderboard/{row_id}",
    tag: "evaluate",
    summary: "One judged result",
    params: RowParams,
    answers: { 200: { description: "The row", schema: LeaderboardRowSchema } },
    handler: async ({ ports, owner, params }) => json(await readRow(ports.metadata, owner, params.row_id)),
  }),
  defineRoute({
    method: "get",
    path: "/leaderboard/{row_id}/report",
    tag: "evaluate",
    summary: "The report of one result, worked out of the stored predictions in the request: equity, folds, reliability, trade profile",
    params: RowParams,
    answers: { 200: { description: "The report of a backtest of this variant alone", schema: BacktestReportSchema } },
    handler: async ({ ports, owner, params }) => {
      const row = await readRow(ports.metadata, owner, params.row_id);
      const { reportOfRow } = await import("../evaluations/row-evaluation.ts");
      return json(await reportOfRow(ports, owner, row));
    },
  }),
  defineRoute({
    method: "get",
    path: "/leaderboard/{row_id}/trades",
    tag: "evaluate",
    summary: "The trades of one result in the order of their opening; JSON or CSV",
    params: RowParams,
    query: z.strictObject(pageQuery),
    answers: {
      200: {
        description: "A page of trades",
        schema: pageSchema(ListedTradeSchema),
        also: { "text/csv": "trade,symbol,side,fold\r\n1,SPX,long,0\r\n" },
      },
    },
    handler: async ({ ports, owner, params, query, context }) => {
      const row = await readRow(ports.metadata, owner, params.row_id);
      const { tradesOfRow } = await import("../evaluations/row-evaluation.ts");
      const { rows, nextCursor } = pageOf(await tradesOfRow(ports, owner, row), ({ trade }) => String(trade).padStart(9, "0"), query);
      if (!wantsCsv(context.req.header("accept"))) return page(rows, nextCursor);
      return csvPage(
        TRADE_COLUMNS,
        rows.map((trade) => TRADE_COLUMNS.map((name) => trade[name])),
        nextCursor,
      );
    },
  }),
  defineRoute({
    method: "get",
    path: "/leaderboard/{row_id}/bars",
    tag: "evaluate",
    summary: "The bars that one result traded on, adjusted as its trades are, up to where the holdout begins",
    params: RowParams,
    query: z.strictObject({
      symbol: SymbolSchema.optional().describe("Of a universe; its first one when absent"),
      from: z.iso.date().optional().describe("First session, inclusive"),
      to: z.iso.date().optional().describe("Last session, inclusive"),
      ...pageQuery,
      limit: z.coerce.number<string>().int().min(1).max(MOST_BARS).default(1000),
    }),
    answers: { 200: { description: "A page of bars, oldest first", schema: pageSchema(ListedBarSchema) } },
    handler: async ({ ports, owner, params, query }) => {
      const { symbol, from, to, limit, cursor } = query;
      const row = await readRow(ports.metadata, owner, params.row_id);
      const { barsOfRow } = await import("../evaluations/row-evaluation.ts");
      const bars = await barsOfRow(ports, owner, row, { symbol, from, to });
      const { rows, nextCursor } = pageOf(bars, ({ time }) => time, { limit, cursor });
      return page(rows, nextCursor);
    },
  }),
];

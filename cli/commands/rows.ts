import type { BacktestReport } from "#lib/backtest/report.schema.ts";
import type { ListedBar, ListedTrade } from "#lib/backtest/trade-list.schema.ts";
import { command } from "../command.ts";
import { allRows } from "../find-model.ts";
import { count, decimal, minute, percent, text } from "../format.ts";
import { leaderboardTable, type Row } from "../leaderboard-table.ts";
import { renderFacts, renderTable } from "../table.ts";
import { wholeNumber } from "../values.ts";
import { writeWhole } from "../write-file.ts";

const ROW_ARGS = { row: { type: "positional", description: 'Row id, as "sigma leaderboard --json" has it', required: true } } as const;
const EXAMPLE = "905d69f65ba36e4c-241c924504aaf5d2";

const pathOf = (id: string): string => `/leaderboard/${encodeURIComponent(id)}`;

export const rowsShow = command({
  name: "rows show",
  description: "One row: verdict, reasons, settings",
  routes: ["GET /leaderboard/{row_id}"],
  args: ROW_ARGS,
  examples: [`sigma rows show ${EXAMPLE}`],
  async run({ session, args }) {
    const row = await (await session.api()).get<Row>(pathOf(args.row));
    return { document: row, text: leaderboardTable([row], session) };
  },
});

export const rowsReport = command({
  name: "rows report",
  description: "The report of one row, worked out of the stored predictions: equity, folds, reliability, trade profile",
  routes: ["GET /leaderboard/{row_id}/report"],
  args: ROW_ARGS,
  examples: [`sigma rows report ${EXAMPLE} --json`],
  async run({ session, args }) {
    const report = await (await session.api()).get<BacktestReport>(`${pathOf(args.row)}/report`);
    const { metrics } = report.variants[report.headline]!;
    const facts = renderFacts(
      [
        ["Model", `${report.model_id} on ${report.symbol}, ${report.cadence}`],
        ["Out of sample", `${text(report.equity.dates[0])} to ${text(report.equity.dates.at(-1))}, ${count(metrics.sessions)} sessions`],
        ["Sharpe (annual)", `${decimal(metrics.sharpe)}; residual ${decimal(metrics.residual.sharpe)}`],
        ["Return (%)", `${percent(metrics.total_return)}; buy and hold ${percent(metrics.benchmark.total_return)}`],
        ["Largest drawdown (%)", decimal(metrics.max_drawdown_pct, 1)],
        ["Bets", `${count(metrics.bets)} of ${count(metrics.trades)} trades`],
      ],
      session.width,
    );
    const folds = renderTable(
      [
        { header: "Fold", align: "right", value: ({ fold }) => String(fold + 1) },
        { header: "Test", value: ({ test }) => `${test.first} to ${test.last}` },
        { header: "Trades", align: "right", value: ({ trades }) => count(trades) },
        { header: "Residual Sharpe", align: "right", value: ({ sharpe }) => decimal(sharpe) },
        { header: "Log loss", align: "right", value: ({ model }) => decimal(model.log_loss, 4) },
        { header: "Prior's", align: "right", value: ({ prior }) => decimal(prior.log_loss, 4) },
      ],
      report.folds,
      session.width,
    );
    return { document: report, text: `${facts}\n\n${folds}` };
  },
});

export const rowsTrades = command({
  name: "rows trades",
  description: "The trades of one row, in the order of their opening",
  routes: ["GET /leaderboard/{row_id}/trades"],
  args: {
    ...ROW_ARGS,
    limit: { type: "string", valueHint: "50", description: "Trades to show (default: 50)" },
    csv: { type: "string", valueHint: "file", description: "Write all of them as CSV to this file" },
  },
  examples: [`sigma rows trades ${EXAMPLE} --csv trades.csv`],
  async run({ session, args }) {
    const client = await session.api();
    const path = `${pathOf(args.row)}/trades`;
    if (args.csv !== undefined) {
      const csv = await client.csv(path);
      await writeWhole(args.csv, new TextEncoder().encode(csv.text));
      return { document: { file: args.csv, rows: csv.rows }, text: `${count(csv.rows)} trades written to ${args.csv}` };
    }
    const limit = args.limit === undefined ? 50 : wholeNumber("limit", args.limit, 1, 5000);
    const rows = await allRows<ListedTrade>(client, path, {}, limit);
    const table = renderTable<ListedTrade>(
      [
        { header: "#", align: "right", value: ({ trade }) => String(trade) },
        { header: "Side", value: ({ side }) => side },
        { header: "Symbol", value: ({ symbol }) => symbol },
        { header: "Entered (UTC)", value: ({ entered_at }) => minute(entered_at) },
        { header: "Left (UTC)", value: ({ left_at }) => minute(left_at) },
        { header: "Entry ($)", align: "right", value: ({ entry_price }) => decimal(entry_price) },
        { header: "Exit ($)", align: "right", value: ({ exit_price }) => decimal(exit_price) },
        { header: "Return (%)", align: "right", value: ({ net_return }) => percent(net_return, 2) },
        { header: "Exit by", value: ({ exit }) => exit },
        { header: "Contract", value: ({ contract }) => text(contract), optional: 1 },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: rows.length === 0 ? "No trades." : table };
  },
});

export const rowsBars = command({
  name: "rows bars",
  description: "The bars that one row traded on, adjusted as its trades are, up to where the holdout begins",
  routes: ["GET /leaderboard/{row_id}/bars"],
  args: {
    ...ROW_ARGS,
    symbol: { type: "string", valueHint: "SPY", description: "Of a universe (default: its first)" },
    from: { type: "string", valueHint: "date", description: "First session, inclusive" },
    to: { type: "string", valueHint: "date", description: "Last session, inclusive" },
    limit: { type: "string", valueHint: "50", description: "Bars to show (default: 50)" },
  },
  examples: [`sigma rows bars ${EXAMPLE} --from 2015-01-01 --to 2015-03-31`],
  async run({ session, args }) {
    const { symbol, from, to } = args;
    const limit = args.limit === undefined ? 50 : wholeNumber("limit", args.limit, 1, 100_000);
    const rows = await allRows<ListedBar>(await session.api(), `${pathOf(args.row)}/bars`, { symbol, from, to }, limit);
    const table = renderTable<ListedBar>(
      [
        { header: "Bar (UTC)", value: ({ time }) => minute(time) },
        { header: "Session", value: ({ session: date }) => date },
        { header: "Open ($)", align: "right", value: ({ open }) => decimal(open) },
        { header: "High ($)", align: "right", value: ({ high }) => decimal(high) },
        { header: "Low ($)", align: "right", value: ({ low }) => decimal(low) },
        { header: "Close ($)", align: "right", value: ({ close }) => decimal(close) },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: rows.length === 0 ? "No bars in this range." : table };
  },
});

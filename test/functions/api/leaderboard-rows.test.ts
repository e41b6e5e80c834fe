import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "#functions/api/app.ts";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import { createLocalApp } from "#infra/local/server.ts";
import { type BacktestReport, BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import { type ListedBar, type ListedTrade, ListedTradeSchema } from "#lib/backtest/trade-list.schema.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";

const MODEL = { pack_id: "swingsigma", model_id: "spx_eq_swing_daily" };

interface Page<T> {
  readonly rows: readonly T[];
  readonly next_cursor: string | null;
}

describe("the routes of one leaderboard row", () => {
  let home: string;
  let system: LocalSystem;
  let app: App;
  let stored: BacktestReport;
  let row: LeaderboardRow;
  let path: string;

  const ask = (url: string, headers: Record<string, string> = {}) => app.request(url, { headers });
  const read = async <T>(url: string): Promise<T> => {
    const response = await ask(url);
    expect(response.status, url).toBe(200);
    return (await response.json()) as T;
  };
  const run = async (url: string, body: object): Promise<{ run_id: string }> => {
    const headers = { "content-type": "application/json", prefer: "wait" };
    const response = await app.request(url, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = (await response.json()) as { run_id: string; status: string };
    expect(answer.status, JSON.stringify(answer).slice(0, 400)).toBe("succeeded");
    return answer;
  };
  const allTrades = async (): Promise<ListedTrade[]> => {
    const trades: ListedTrade[] = [];
    for (let query: string | null = "limit=100"; query !== null; ) {
      const page: Page<ListedTrade> = await read(`${path}/trades?${query}`);
      trades.push(...page.rows);
      query = page.next_cursor === null ? null : `limit=100&cursor=${page.next_cursor}`;
    }
    return trades;
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "sigma rows "));
    system = await createLocalSystem({ home, alerts: { deliver: async () => {} } });
    app = createLocalApp(system, (error) => {
      throw error;
    });
    const model = { ...MODEL, template_id: "swing_eq_daily_close", ticker: "SPX" };
    const created = await app.request("/v1/models", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(model),
    });
    expect(created.status).toBe(201);
    await run("/v1/build_matrix", MODEL);
    const { run_id } = await run("/v1/backtest", { ...MODEL, thresholds: "0,0.1", calibration: "none" });
    stored = (await read<{ report: BacktestReport }>(`/v1/backtest_runs/${run_id}`)).report;
    const { rows } = await read<Page<LeaderboardRow>>("/v1/leaderboard");
    row = rows.find(({ params }) => params.threshold === stored.variants[stored.headline]!.params.threshold)!;
    path = `/v1/leaderboard/${row.row_id}`;
  }, 120_000);

  afterAll(async () => {
    await system?.close();
    await rm(home, { recursive: true, force: true });
  });

  it("give the row itself", async () => {
    expect(await read(path)).toEqual(row);
    expect(row.metrics.trades).toBeGreaterThan(20);
  });

  it("work a report out of what is stored, equal to the one that the backtest wrote", async () => {
    const report = BacktestReportSchema.parse(await read(`${path}/report`));
    expect(report.variants).toEqual([stored.variants[stored.headline]]);
    expect(report.variants[0]!.metrics).toEqual(row.metrics);
    for (const part of ["equity", "folds", "reliability", "trade_profile", "benchmarks", "scores", "data", "bootstrap_p"] as const)
      expect(report[part], part).toEqual(stored[part]);
    expect(report.lineage).toEqual(row.lineage);
  });

  it("list trades that sum to the row's return, page by page", async () => {
    const trades = await allTrades();
    expect(trades.map(({ trade }) => trade)).toEqual(Array.from({ length: row.metrics.trades }, (_, i) => i + 1));
    expect(trades.reduce((sum, { pnl }) => sum + pnl, 0)).toBeCloseTo(row.total_return!, 9);
    expect(trades.filter(({ net_return }) => net_return > 0).length / trades.length).toBeCloseTo(row.win_rate!, 12);
  });

  it("list trades as CSV, with the cursor in a header", async () => {
    const response = await ask(`${path}/trades?limit=2`, { accept: "text/csv" });
    const lines = (await response.text()).trimEnd().split("\r\n");
    expect(lines[0]).toBe(Object.keys(ListedTradeSchema.shape).join(","));
    expect(lines).toHaveLength(3);
    expect(response.headers.get("x-next-cursor")).toMatch(/./);
  });

  it("list the bars that the trades name, and none of the holdout", async () => {
    const bars = await read<Page<ListedBar>>(`${path}/bars?limit=5000`);
    const at = new Map(bars.rows.map((bar) => [bar.time, bar]));
    for (const trade of await allTrades()) {
      // This model enters at the close of the bar that decided.
      expect(at.get(trade.entry_bar)!.close).toBe(trade.entry_price);
      expect(at.has(trade.exit_bar)).toBe(true);
    }
    // The holdout is the last 15 % of 5,105 rows.
    expect(bars.next_cursor).toBeNull();
    expect(bars.rows.length).toBe(stored.data.development_rows);
    expect(bars.rows.at(-1)!.session).toBe(stored.data.last_session);
  });

  it("list bars of some sessions, page by page", async () => {
    const range = "from=2010-01-04&to=2010-01-07";
    const first = await read<Page<ListedBar>>(`${path}/bars?limit=3&${range}`);
    const rest = await read<Page<ListedBar>>(`${path}/bars?limit=3&${range}&cursor=${first.next_cursor}`);
    expect([...first.rows, ...rest.rows].map(({ session }) => session)).toEqual(["2010-01-04", "2010-01-05", "2010-01-06", "2010-01-07"]);
    expect(rest.next_cursor).toBeNull();
  });

  it("refuse a symbol that was not traded, too many bars, no date and a row that is not there", async () => {
    expect((await ask(`${path}/bars?symbol=NONE`)).status).toBe(404);
    expect((await ask(`${path}/bars?limit=5001`)).status).toBe(400);
    expect((await ask(`${path}/bars?from=yesterday`)).status).toBe(400);
    for (const part of ["", "/report", "/trades", "/bars"]) expect((await ask(`/v1/leaderboard/none_such${part}`)).status).toBe(404);
  });
});

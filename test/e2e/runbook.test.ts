import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CURL_LINES, MAKE_LINES } from "../support/runbook-lines.ts";
import { type CurlAnswer, hasCurl, runCurlLine } from "./runbook/curl-line.ts";
import { freePort, type ServedProduct, serveProduct } from "./runbook/served-product.ts";
import { createSpyMarket } from "./runbook/spy-market.ts";
import { type SpyVendor, startSpyVendor } from "./runbook/spy-vendor.ts";

const PORT = 8001;
const KEY = "the-key-of-this-test";
type LineName = keyof typeof CURL_LINES;

if (!hasCurl) console.warn("There is no curl on this machine: the runbook's lines go by fetch, with the same bytes.");

/**
 * The runbook's curl lines, as written and in order, against `PORT=8001 npm start`. The market data are the vendor's in shape, from this
 * machine; SPY of 2024-01 to 2024-06 with its calendar, strikes and same-day expiries, invented prices.
 */
describe("the runbook's curl lines", () => {
  const folder = mkdtempSync(join(tmpdir(), "sigma runbook "));
  const answers = {} as Record<LineName, CurlAnswer>;
  /** What the vendor had answered when the line was done. */
  const asked = {} as Record<LineName, Readonly<Record<string, number>>>;
  const seconds: Record<string, number> = {};
  let vendor: SpyVendor;
  let product: ServedProduct;
  const ask = (path: string): Promise<CurlAnswer> => runCurlLine(`curl -sS 'http://localhost:${product.port}${path}'`, folder);

  beforeAll(async () => {
    const market = createSpyMarket({ first: 20220715, last: 20240711, seed: 7 });
    vendor = await startSpyVendor({ market, key: KEY, pageRows: 400, refuseEvery: 400 });
    const port = await freePort(PORT);
    if (port !== PORT) console.warn(`Port ${PORT} is taken on this machine: the runbook's lines run against ${port}.`);
    product = await serveProduct(port, {
      SIGMA_HOME: join(folder, "home"),
      SIGMA_CLOCK: "2024-07-10T21:00:00Z",
      POLYGON_API_KEY: KEY,
      POLYGON_URL: vendor.url,
      POLYGON_REQUESTS_PER_MINUTE: "60000",
    });
    for (const [name, line] of Object.entries(CURL_LINES) as [LineName, string][]) {
      const started = performance.now();
      answers[name] = await runCurlLine(line.replace(`:${PORT}/`, `:${port}/`), folder);
      seconds[name] = Math.round((performance.now() - started) / 100) / 10;
      asked[name] = { ...vendor.answered };
    }
    console.info(`Seconds by line: ${JSON.stringify(seconds)}`);
  }, 900_000);

  afterAll(async () => {
    await product?.stop();
    await vendor?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }, 60_000);

  it("answers every line with what was asked, and ends the work before the next one", () => {
    for (const [name, { status, body }] of Object.entries(answers)) {
      expect([name, status, body.error ?? body.detail ?? null]).toEqual([name, name === "models" ? 201 : 200, null]);
      if (name !== "models") expect([name, body.ok]).toEqual([name, true]);
    }
    for (const name of ["build_matrix", "train", "backtest", "backtest_sweep"] as const)
      expect(answers[name].body).toMatchObject({ status: "succeeded", progress: { share: 1 }, is_new: true });
  });

  it("creates the model that the later lines name, on the vendor whose key is set", async () => {
    expect(answers.models.body).toMatchObject({ model_id: "spy_opt_0dte_hourly", pack_id: "zerosigma", created: true });
    const { body } = await ask("/models/spy_opt_0dte_hourly?pack_id=zerosigma");
    expect(body.config).toMatchObject({ data: { provider: "polygon", symbol: "SPY" }, instrument: "options", cadence: "hourly" });
    expect((await ask("/validate_policy?model_id=spy_opt_0dte_hourly&pack_id=zerosigma")).body).toMatchObject({ ok: true });
  });

  it("builds the matrix of the half year, with its same-day flow by distance", async () => {
    const { matrix } = answers.build_matrix.body.outputs;
    expect(matrix).toMatchObject({ quality: "ok", leakage: "ok", rows: 868, reused: false });
    const { body } = await ask(answers.build_matrix.body.links.matrix);
    // 124 sessions from 2024-01-02 to 2024-06-28, seven hours each.
    expect(body).toMatchObject({
      rows: 868,
      info: { symbol: "SPY", cadence: "hourly" },
      inputs: { window: { start: "2024-01-01", end: "2024-06-30" } },
    });
    const names = body.columns.map(({ name }) => name);
    const distances = ["dm7", "dm6", "dm5", "dm4", "dm3", "dm2", "dm1", "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7"];
    for (const flow of ["calls_sold", "puts_sold", "calls_premium", "puts_premium"])
      expect(names.filter((name) => name.startsWith(`${flow}_d`))).toEqual(distances.map((distance) => `${flow}_${distance}`));
  });

  it("trains a baseline that nobody may take for proven", () => {
    const [trained] = answers.train.body.outputs.trained;
    expect(trained).toMatchObject({ gate_status: "ungated", proven: false, stamps: expect.arrayContaining(["UNPROVEN"]) });
  });

  it("backtests the three thresholds, and says why the gate does not pass", () => {
    const { backtest } = answers.backtest.body.outputs;
    expect(backtest.thresholds.map(({ threshold }) => threshold)).toEqual([0.55, 0.6, 0.65]);
    expect(backtest.gate.status).toBe("FAIL");
    for (const reason of backtest.gate.reasons)
      expect(reason).toMatchObject({ code: expect.stringMatching(/^[a-z0-9_]+$/), metric: expect.any(String), limit: expect.any(Number) });
    // The vendor has no past quotes, and the pack's policy buys nothing without one.
    expect(backtest.gate.reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(["min_bets_not_met", "spread_pct_undefined"]));
    expect(backtest.metrics).toMatchObject({ sessions: 75, trades: 0, sharpe: null });
    expect(backtest.log_loss).toBeGreaterThan(0.9);
    expect(answers.backtest.body.outputs.plan.folds).toHaveLength(5);
  });

  it("sweeps every threshold of each variant with every set of hours", async () => {
    const { sweep } = answers.backtest_sweep.body.outputs;
    expect(sweep).toMatchObject({ variants: 6, tag: "sweep", failed_variants: 0 });
    const { body } = await ask(`${answers.backtest_sweep.body.links.results}?limit=200`);
    const found = body.rows.map(({ params }) => [params.group, params.threshold, params.hours]);
    const hours = [13, 14, 15];
    expect(found.sort()).toEqual(
      [
        ["0.50,0.52,0.54 | 13,14,15", 0.5, hours],
        ["0.50,0.52,0.54 | 13,14,15", 0.52, hours],
        ["0.50,0.52,0.54 | 13,14,15", 0.54, hours],
        ["0.55,0.60,0.65 | 13,14,15", 0.55, hours],
        ["0.55,0.60,0.65 | 13,14,15", 0.6, hours],
        ["0.55,0.60,0.65 | 13,14,15", 0.65, hours],
      ].sort(),
    );
  });

  it("shows judged rows of this model, each with its verdict and reasons", () => {
    const { rows } = answers.leaderboard.body;
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatchObject({ pack_id: "zerosigma", model_id: "spy_opt_0dte_hourly", symbol: "SPY", gate: { status: "FAIL" } });
      expect(row.gate.reasons.length).toBeGreaterThan(0);
    }
    expect(new Set(rows.map(({ run_id }) => run_id))).toContain(answers.backtest_sweep.body.run_id);
  });

  it("lists the build, the training and the sweep that the lines ran", () => {
    expect(answers.build_runs.body.rows).toMatchObject([{ run_id: answers.build_matrix.body.run_id, status: "succeeded" }]);
    expect(answers.training_runs.body.rows).toMatchObject([{ run_id: answers.train.body.run_id, status: "succeeded" }]);
    expect(answers.sweeps.body.rows).toMatchObject([{ sweep_id: answers.backtest_sweep.body.outputs.sweep.sweep_id, variants: 6 }]);
  });

  it("asks the vendor once for what is history, and waits when it is told to", () => {
    expect(vendor.answered).not.toHaveProperty("unknown");
    expect(vendor.hasty()).toBeGreaterThan(0);
    expect(asked.build_matrix["contracts"]).toBeGreaterThan(120);
    expect(asked.sweeps).toEqual(asked.build_matrix);
  });

  it("keeps the vendor's key to itself", () => {
    expect(JSON.stringify(answers) + product.said()).not.toContain(KEY);
  });
});

describe("docs/runbook.md", () => {
  it("has the lines that are tested, in their order, and no other line that is meant to be typed", () => {
    const text = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8");
    const typed = [...text.matchAll(/^ {4}((?:curl|make|npx|npm|PORT=).*)$/gm)].map(([, line]) => line);
    expect(typed.filter((line) => line!.startsWith("curl"))).toEqual(Object.values(CURL_LINES));
    expect(typed.filter((line) => line!.startsWith("make"))).toEqual(Object.keys(MAKE_LINES));
    expect(typed.filter((line) => !/^(curl|make)/.test(line!))).toEqual(["PORT=8001 npm start"]);
  });
});

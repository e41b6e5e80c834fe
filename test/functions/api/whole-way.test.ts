import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "#functions/api/app.ts";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import { createLocalApp } from "#infra/local/server.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { MODEL } from "./support.ts";

/** The real handlers, state machines, folder and SQLite, through HTTP: one model from its name to a signal. */
describe("the whole way", () => {
  const unexpected: unknown[] = [];
  let home: string;
  let system: LocalSystem;
  let app: App;
  const found: Record<string, string> = {};

  type Body = Record<string, never> & {
    run_id: string;
    status: string;
    rows: Record<string, never>[];
    links: Record<string, string>;
    outputs: Record<string, never>;
  };
  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await app.request(path, {
      method,
      headers: { ...(body ? { "content-type": "application/json" } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : {}) as Body };
  };
  const done = async (path: string, body: object) => {
    const answered = await call("POST", path, body, { prefer: "wait" });
    expect(answered.status, `${path}: ${answered.text.slice(0, 400)}`).toBe(200);
    expect(answered.body.status, answered.text.slice(0, 400)).toBe("succeeded");
    return answered.body;
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "sigma api "));
    system = await createLocalSystem({ home, alerts: { deliver: async () => {} } });
    app = createLocalApp(system, (error) => unexpected.push(error));

    expect((await call("POST", "/v1/models", { ...MODEL, template_id: "swing_eq_daily_close", ticker: "SPX" })).status).toBe(201);
    const build = await done("/v1/build_matrix", MODEL);
    found["matrix"] = build.links["matrix"]!;
    const backtest = await done("/v1/backtest", { ...MODEL, thresholds: "0,0.01" });
    found["backtest"] = backtest.run_id;
    found["plot"] = backtest.links["plot_equity"]!;
    found["sheet"] = backtest.links["tear_sheet"]!;
    const sweep = await done("/v1/sweeps", {
      ...MODEL,
      mode: "custom",
      axes: { thresholds: [0, 0.01], hold_bars: [5] },
      threshold_mode: "edge",
    });
    found["sweep_run"] = sweep.run_id;
    found["sweep"] = sweep.links["sweep"]!;
    const rows = await call("GET", "/v1/leaderboard?limit=1");
    found["row"] = rows.body.rows[0]!["row_id"]!;
    const train = await done("/v1/train", { ...MODEL, rows: [found["row"]], research: true });
    found["trained"] = (train.outputs["trained"] as unknown as { trained_model_id: string }[])[0]!.trained_model_id;
    await done(`/v1/trained_models/${found["trained"]}/publish`, { reason: "to see a signal" });
    await done("/v1/signals/run", { as_of: "2020-02-28T21:05:00Z" });
    found["signal"] = (await call("GET", "/v1/signals")).body.rows[0]!["signal_id"]!;
  }, 120_000);

  afterAll(async () => {
    await system?.close();
    await rm(home, { recursive: true, force: true });
  });

  const idRoutes = (): readonly (readonly [string, string])[] => [
    ["GET", `/v1/models/${MODEL.model_id}?pack_id=${MODEL.pack_id}`],
    ["GET", `/v1/model_detail?model_id=${MODEL.model_id}&pack_id=${MODEL.pack_id}`],
    ["GET", `/v1/policy/explain?model_id=${MODEL.model_id}&pack_id=${MODEL.pack_id}`],
    ["GET", `/v1/validate_policy?model_id=${MODEL.model_id}&pack_id=${MODEL.pack_id}`],
    ["GET", `/v1/runs/${found["backtest"]}`],
    ["GET", `/v1/runs/${found["backtest"]}/events`],
    ["GET", `/v1/backtest_runs/${found["backtest"]}`],
    ["GET", found["sweep"]!],
    ["GET", `/v1/sweeps/${found["sweep_run"]}`],
    ["GET", `${found["sweep"]}/results`],
    ["GET", `/v1/leaderboard/${found["row"]}`],
    ["GET", `/v1/leaderboard/${found["row"]}/report`],
    ["GET", `/v1/leaderboard/${found["row"]}/trades`],
    ["GET", `/v1/leaderboard/${found["row"]}/bars?limit=5`],
    ["GET", `/v1/trained_models/${found["trained"]}`],
    ["GET", `/v1/model_card?trained_model_id=${found["trained"]}`],
    ["GET", `/v1/trained_models/${found["trained"]}/export?format=onnx`],
    ["GET", `/v1/signals/${found["signal"]}`],
    ["GET", found["plot"]!],
  ];

  it("answers the owner everything that was made", async () => {
    for (const [method, path] of idRoutes()) expect((await call(method, path)).status, path).toBe(200);
  });

  it("answers another owner 404 for every id, and lists nothing", async () => {
    const other = { "x-sigma-workspace": "simulated" };
    for (const [method, path] of idRoutes()) expect((await call(method, path, undefined, other)).status, path).toBe(404);
    const posts = [
      [`/v1/runs/${found["backtest"]}/resume`, undefined],
      [`/v1/trained_models/${found["trained"]}/pause`, {}],
      ["/v1/train", { ...MODEL, rows: [found["row"]], research: true }],
      ["/v1/backtest", MODEL],
      ["/v1/signals/run", { trained_model_id: found["trained"] }],
    ] as const;
    for (const [path, body] of posts) expect((await call("POST", path, body, other)).status, path).toBe(404);
    for (const path of [`/v1/runs/${found["backtest"]}`, found["sweep"]!])
      expect((await call("DELETE", path, undefined, other)).status, path).toBe(404);
    for (const path of ["/v1/runs", "/v1/leaderboard", "/v1/sweeps", "/v1/trained_models", "/v1/signals", "/v1/backtest_runs"])
      expect((await call("GET", path, undefined, other)).body.rows, path).toEqual([]);
  });

  it("shares the matrix of data that everybody has", async () => {
    expect((await call("GET", found["matrix"]!)).body).toMatchObject({ rows: 5105, leakage: { status: "ok" } });
    expect((await call("GET", found["matrix"]!, undefined, { "x-sigma-workspace": "simulated" })).status).toBe(200);
  });

  it("serves plots in a sandbox, and nothing but reports, plots and cards", async () => {
    const plot = await call("GET", found["plot"]!);
    expect(plot.headers.get("content-type")).toBe("image/svg+xml");
    expect(plot.headers.get("content-security-policy")).toContain("sandbox");
    expect(plot.text.startsWith("<svg")).toBe(true);
    const sheet = await call("GET", found["sheet"]!);
    expect(sheet.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(sheet.headers.get("content-security-policy")).toContain("sandbox");
    expect(sheet.text.startsWith("<!doctype html>")).toBe(true);
    const etag = plot.headers.get("etag")!;
    expect((await call("GET", found["plot"]!, undefined, { "if-none-match": etag })).status).toBe(304);
    for (const key of [
      `owners/local/trained/${found["trained"]}/refit.model`,
      `owners/local/packs/swingsigma/model_configs/${MODEL.model_id}.yaml`,
      `${found["matrix"]!.replace("/v1/", "")}/manifest.json`,
      "owners/local-simulated/evaluations/x/report.json",
    ])
      expect((await call("GET", `/v1/artifacts/${key}`)).status, key).toBe(404);
  });

  it("lists the sweeps of a model, a pack and a tag", async () => {
    const count = async (query: string): Promise<number> => (await call("GET", `/sweeps?${query}`)).body.rows.length;
    expect(await count(`pack_id=${MODEL.pack_id}&model_id=${MODEL.model_id}&tag=sweep`)).toBe(1);
    for (const query of ["model_id=another", "pack_id=longsigma", "tag=another"]) expect([query, await count(query)]).toEqual([query, 0]);
  });

  it("gives the report with its run, and the card as JSON or Markdown", async () => {
    const { body } = await call("GET", `/v1/backtest_runs/${found["backtest"]}`);
    expect(body).toMatchObject({ run: { machine: "backtest" }, report: { kind: "backtest", symbol: "SPX", variants: [{}, {}] } });
    const card = await call("GET", `/v1/model_card?trained_model_id=${found["trained"]}`, undefined, { accept: "text/markdown" });
    expect(card.text).toMatch(/^# /);
  });

  it("gives a trained model in the formats of other runtimes, as stored", async () => {
    const ask = (format: string) => call("GET", `/v1/trained_models/${found["trained"]}/export?format=${format}`);
    const text = await ask("lightgbm");
    expect(text.headers.get("content-disposition")).toBe(`attachment; filename="${found["trained"]}.lightgbm.txt"`);
    expect(text.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(text.text.startsWith("tree\nversion=v4\n")).toBe(true);
    expect((await ask("calibration")).body).toMatchObject({ purpose: "refit", algo: "gbm" });
    expect((await ask("onnx")).headers.get("content-type")).toBe("application/octet-stream");
    expect((await ask("sigma")).text.startsWith("SGMB")).toBe(true);
    expect(await ask("pmml")).toMatchObject({ status: 400, body: { code: "INVALID_PARAM" } });
    const { body } = await call("GET", `/v1/signals/${found["signal"]}`);
    expect(body.explanation ?? body.unexplained).not.toBeNull();
  });

  it("estimates combinatorial splits: a fit each, over all sessions before the holdout, and the trials of every kind", async () => {
    const estimate = async (splits: unknown) =>
      (await call("POST", "/v1/sweeps/estimate", { ...MODEL, splits })).body as Record<string, number>;
    const walkForward = await estimate(5);
    const cpcv = await estimate({ kind: "cpcv", n_groups: 6, k_test: 2 });
    expect(cpcv).toMatchObject({ variants: 27, folds: 15, fits: true, trials_before: walkForward["trials_before"] });
    expect(walkForward["trials_before"]).toBeGreaterThan(0);
    expect(walkForward["sessions"]! / cpcv["sessions"]!).toBeCloseTo(0.7, 2);
    expect(cpcv["seconds"]!).toBeGreaterThan(walkForward["seconds"]!);
  });

  it("holds a sweep to limits of its own, which may only tighten those in force", async () => {
    const looser = await call("POST", "/v1/sweeps", { ...MODEL, gates: { max_drawdown_pct: 99, min_bets: 1 } });
    expect(looser.status).toBe(400);
    expect(looser.body["field_errors"]).toEqual([
      { path: "gates.min_bets", issue: "looser than the 30 in force" },
      { path: "gates.max_drawdown_pct", issue: "looser than the 25 in force" },
    ]);
    const gates = { min_bets: 9000 };
    const estimate = await call("POST", "/v1/sweeps/estimate", { ...MODEL, gates });
    expect(estimate.body).toMatchObject({ infeasible: { code: "gate_infeasible" } });
    const asked = { ...MODEL, mode: "custom", axes: { thresholds: [0] }, threshold_mode: "edge" };
    const [own, usual] = [await done("/v1/sweeps", { ...asked, gates }), await done("/v1/sweeps", asked)];
    const rowOf = async (run: Body) => (await call("GET", run.links["results"]!)).body.rows[0] as unknown as LeaderboardRow;
    const limitOf = ({ gate }: LeaderboardRow) => gate.reasons.find(({ code }) => code === "min_bets_not_met")?.limit;
    const [tight, loose] = [await rowOf(own), await rowOf(usual)];
    expect([limitOf(tight), limitOf(loose)]).toEqual([9000, 30]);
    expect(tight.lineage.risk_sha).not.toBe(loose.lineage.risk_sha);
    expect({ ...tight.lineage, risk_sha: "" }).toEqual({ ...loose.lineage, risk_sha: "" });
  });

  it("points the model back to an earlier window when that build is asked for again", async () => {
    await done("/v1/build_matrix", { ...MODEL, start: "2005-01-03" });
    expect((await call("POST", "/v1/sweeps/estimate", { ...MODEL })).body).toMatchObject({ variants: 27, fits: true });
    const again = await call("POST", "/v1/build_matrix", MODEL);
    expect(again.body).toMatchObject({ status: "succeeded", is_new: false });
    expect((await call("POST", "/v1/sweeps/estimate", { ...MODEL })).body).toMatchObject({ fits: false, usd: 0, infeasible: null });
  });

  it("tells the second pause from the first, and refuses what the lifecycle does not allow", async () => {
    const act = (action: string) =>
      call("POST", `/v1/trained_models/${found["trained"]}/${action}`, { reason: "test" }, { prefer: "wait" });
    const statuses: string[] = [];
    for (const action of ["pause", "resume", "pause"]) {
      expect((await act(action)).body.status).toBe("succeeded");
      statuses.push((await call("GET", `/v1/trained_models/${found["trained"]}`)).body.status);
    }
    expect(statuses).toEqual(["paused", "published", "paused"]);
    expect((await act("discard")).status).toBe(409);
    expect((await act("resume")).body.status).toBe("succeeded");
  });

  it("refuses a failed row without research before anything runs", async () => {
    const before = (await call("GET", "/v1/training_runs")).body.rows.length;
    const refused = await call("POST", "/v1/train", { ...MODEL, rows: [found["row"]] });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: "GATE_FAILED" });
    expect((await call("GET", "/v1/training_runs")).body.rows).toHaveLength(before);
  });

  it("takes a pipeline through a backtest and leaves training alone when nothing passed", async () => {
    const pipeline = await done("/v1/pipeline", { ...MODEL, evaluate: "backtest", thresholds: [0.02], train_when_passed: true });
    expect(pipeline.links).toHaveProperty("plot_equity");
    expect(pipeline.links["matrix"]).toBe(found["matrix"]);
    expect(pipeline.outputs).not.toHaveProperty("training");
  });

  it("cancels a sweep that runs, and goes on with it later", async () => {
    const axes = { thresholds: Array.from({ length: 40 }, (_, i) => i / 100), hold_bars: [2, 4, 6] };
    const started = await call("POST", "/v1/backtest_sweep", { ...MODEL, mode: "custom", axes, threshold_mode: "edge", tag: "to-cancel" });
    expect(started.status).toBe(202);
    const canceled = await call("DELETE", `/v1/sweeps/${started.body.run_id}`);
    expect(canceled.body).toMatchObject({ status: "canceled", error: { code: "RUN_CANCELED" } });
    expect((await call("GET", `/v1/sweeps/${started.body.run_id}/results`)).status).toBe(409);
    await system.workflow.wait(started.body.run_id);
    const resumed = await call("POST", `/v1/runs/${started.body.run_id}/resume`, undefined, { prefer: "wait" });
    expect(resumed.body).toMatchObject({ status: "succeeded", attempt: 2, error: null });
    const results = await call("GET", `/v1/sweeps/${started.body.run_id}/results?limit=200`);
    expect(results.body.rows).toHaveLength(120);
  });

  it("meets nothing unexpected", () => {
    expect(unexpected).toEqual([]);
  });
});

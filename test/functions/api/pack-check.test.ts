import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "#functions/api/app.ts";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import { createLocalApp } from "#infra/local/server.ts";
import { packDocuments } from "./pack-support.ts";

/** The real pipeline, folder and SQLite: a pack of an owner's is backtested on a real year before it can be used. */
describe("the one-year check of an own pack", () => {
  let home: string;
  let system: LocalSystem;
  let app: App;
  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await app.request(`/v1${path}`, {
      method,
      headers: { ...(body ? { "content-type": "application/json" } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Record<string, never> };
  };
  const open = async () => {
    system = await createLocalSystem({ home, alerts: { deliver: async () => {} } });
    app = createLocalApp(system);
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "sigma packs "));
    await open();
  }, 60_000);

  afterAll(async () => {
    await system?.close();
    await rm(home, { recursive: true, force: true });
  });

  /** The pack with its default strategy's rule replaced, and another learner in its templates. */
  const write = (id: string, adx: number, algo = "gbm") =>
    call("POST", "/packs", {
      documents: packDocuments(id, (text) =>
        text.replace('op: ">", value: 25', `op: ">", value: ${adx}`).replace("algo: gbm", `algo: ${algo}`),
      ),
    });
  const check = async (id: string) => {
    const body = { ticker: "SPX", template_id: "swing_eq_daily_close" };
    const ended = await call("POST", `/packs/${id}/check`, body, { prefer: "wait" });
    expect(ended, JSON.stringify(ended.body).slice(0, 600)).toMatchObject({
      status: 200,
      body: { machine: "pipeline", status: "succeeded" },
    });
    return (await call("GET", `/packs/${id}/check`)).body;
  };

  it("passes a pack that trades and does not lose much, and survives a restart", async () => {
    expect((await write("my_pack", 0)).status).toBe(201);
    const found = await check("my_pack");
    // Measured once on the sample data; the year out of sample ends before the holdout.
    expect(found).toMatchObject({
      status: "passed",
      trades: 51,
      symbol: "SPX",
      provider: "sample",
      start: "2018-08-03",
      end: "2020-04-18",
    });
    expect(found["sharpe"]).toBeCloseTo(0.2359, 4);
    await system.close();
    await open();
    expect((await call("GET", "/packs/my_pack/check")).body).toEqual(found);
    expect((await call("GET", "/packs/my_pack")).body).toMatchObject({ is_draft: true });
    expect(await call("POST", "/packs/my_pack/activate")).toMatchObject({ status: 200, body: { state: "active" } });
    const model = { pack_id: "my_pack", ticker: "SPX", template_id: "swing_eq_daily_close", model_id: "mine" };
    expect((await call("POST", "/models", model)).status).toBe(201);
    const built = await call("POST", "/build_matrix", { pack_id: "my_pack", model_id: "mine" }, { prefer: "wait" });
    expect(built).toMatchObject({ status: 200, body: { status: "succeeded" } });
    expect((await call("GET", "/models/mine")).body).toMatchObject({ matrix: { status: "current" } });
    // The check leaves nothing in the leaderboard.
    expect((await call("GET", "/leaderboard")).body).toMatchObject({ rows: [] });
  }, 120_000);

  it("refuses one that loses more than a Sharpe ratio of -0.5", async () => {
    await write("losing", 0, "logit");
    expect(await check("losing")).toMatchObject({ status: "refused", findings: [{ code: "performance_sharpe_too_low" }] });
    expect(await call("POST", "/packs/losing/activate")).toMatchObject({
      status: 422,
      body: { code: "PACK_INVALID", facts: { findings: ["performance_sharpe_too_low"] } },
    });
  }, 120_000);

  it("refuses one that hardly trades", async () => {
    await write("idle", 60);
    expect(await check("idle")).toMatchObject({
      status: "refused",
      trades: expect.any(Number),
      findings: [{ code: "performance_trades_too_few" }],
    });
    expect(await call("POST", "/packs/idle/activate")).toMatchObject({ status: 422, body: { code: "PACK_INVALID" } });
    expect((await call("GET", "/packs/idle")).body).toMatchObject({ is_draft: true });
  }, 120_000);
});

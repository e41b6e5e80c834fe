import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createLocalSystem } from "#infra/local/local-system.ts";
import { createLocalApp } from "#infra/local/server.ts";
import { apiHarness, createModel, MODEL, startBuild } from "./support.ts";

type Accepted = { run_id: string; status: string; step?: string; waiting_for?: string; code?: string; facts?: Record<string, unknown> };

describe("work that needs a matrix", () => {
  const building = async () => {
    const harness = apiHarness();
    await createModel(harness);
    return { ...harness, build: await startBuild(harness) };
  };

  it("is refused when there is none and nobody makes one", async () => {
    const harness = apiHarness();
    await createModel(harness);
    const response = await harness.call("POST", "/backtest", { body: MODEL });
    expect(response.status).toBe(422);
    expect(await response.json()).not.toHaveProperty("facts.waiting_for");
  });

  it("names the run that makes it to a caller who does not wait", async () => {
    const { call, build } = await building();
    const response = await call("POST", "/v1/sweeps", { body: { ...MODEL, mode: "simple" } });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: "UNPROCESSABLE",
      facts: { waiting_for: build },
      detail: expect.stringContaining(`Run "${build}" is making one`),
    });
  });

  it("says that it waits when the caller's time is up, and starts nothing", async () => {
    const { call, build, end, workflow } = await building();
    const headers = { prefer: "wait=1", "idempotency-key": "k" };
    const response = await call("POST", "/backtest", { body: MODEL, headers });
    expect(response.status).toBe(202);
    expect(response.headers.get("retry-after")).toBe("2");
    expect((await response.json()) as Accepted).toMatchObject({
      ok: true,
      run_id: build,
      status: "running",
      step: "waiting_for",
      waiting_for: build,
    });
    expect(workflow.started).toHaveLength(1);
    // What asks to be asked again is not kept under the key.
    await end(build, {});
    const again = await call("POST", "/backtest", { body: MODEL, headers });
    expect(again.headers.get("idempotency-replayed")).toBeNull();
    expect(again.status).toBe(422);
  });

  it("goes on when the run that makes it has ended without one", async () => {
    const { call, build, end } = await building();
    const waiting = call("POST", "/backtest", { body: MODEL, headers: { prefer: "wait=10" } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await end(build, {});
    const response = await waiting;
    expect(response.status).toBe(422);
    expect(await response.json()).not.toHaveProperty("facts.waiting_for");
  });

  it("begins by itself after a build that is on its way: one request after the other, none of them waiting", async () => {
    const home = await mkdtemp(join(tmpdir(), "sigma waiting "));
    const system = await createLocalSystem({ home, alerts: { deliver: async () => {} } });
    try {
      const app = createLocalApp(system);
      const post = async (path: string, body: object) =>
        app.request(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      await post("/models", { ...MODEL, template_id: "swing_eq_daily_close", ticker: "SPX" });
      const [build, backtest] = await Promise.all([
        post("/v1/build_matrix", MODEL),
        (async () => {
          while (
            (await system.ports.metadata.query({ table: "state", pk: "owner#local#runs", byIndex: true, limit: 1 })).records.length === 0
          )
            await new Promise((resolve) => setTimeout(resolve, 20));
          return post("/backtest", { ...MODEL, thresholds: [0.01] });
        })(),
      ]);
      expect(build.status).toBe(202);
      expect(backtest.status).toBe(200);
      expect(await backtest.json()).toMatchObject({ ok: true, machine: "backtest", status: "succeeded" });
    } finally {
      await system.close();
      await rm(home, { recursive: true, force: true });
    }
  }, 120_000);
});

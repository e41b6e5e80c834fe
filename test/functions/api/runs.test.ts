import { describe, expect, it } from "vitest";
import { recordStepDone } from "#lib/runs/progress.ts";
import { findRun } from "#lib/runs/run-store.ts";
import { apiHarness, createModel, MODEL, startBuild } from "./support.ts";

type View = {
  run_id: string;
  status: string;
  progress: { done: number; expected: number | null; share: number };
  step: string | null;
  outputs: unknown;
  links: Record<string, string>;
};
const json = async <T = View>(response: Response | Promise<Response>): Promise<T> => (await (await response).json()) as T;

async function withModel(options: Parameters<typeof apiHarness>[0] = {}) {
  const harness = apiHarness(options);
  await createModel(harness);
  return harness;
}

describe("long work", () => {
  it("is answered with 202, the run and where to look", async () => {
    const { call, workflow } = await withModel();
    const response = await call("POST", "/v1/build_matrix", { body: MODEL });
    expect(response.status).toBe(202);
    const body = await json<{ run_id: string }>(response);
    expect(body).toEqual({ run_id: body.run_id, status: "running", status_url: `/v1/runs/${body.run_id}`, is_new: true });
    expect(response.headers.get("location")).toBe(`/v1/runs/${body.run_id}`);
    expect(body.run_id).toMatch(/^build_[0-9a-f]{24}$/);
    expect(workflow.started).toMatchObject([
      { machine: "build", runId: body.run_id, attempt: 1, input: { owner: "local", ...MODEL, request: {} } },
    ]);
  });

  it("finds the run that equal content started before", async () => {
    const harness = await withModel();
    const first = await startBuild(harness);
    const second = await json<{ run_id: string; is_new: boolean }>(
      harness.call("POST", "/v1/build_matrix", { body: { ...MODEL, start: null } }),
    );
    expect(second).toMatchObject({ run_id: first, is_new: false });
    const other = await json<{ run_id: string }>(harness.call("POST", "/v1/build_matrix", { body: { ...MODEL, start: "2010-01-04" } }));
    expect(other.run_id).not.toBe(first);
    expect(harness.workflow.started).toHaveLength(2);
  });

  it("builds again when it is forced", async () => {
    const harness = await withModel();
    const first = await startBuild(harness, { force: true });
    harness.clock.advanceTo(harness.clock.now() + 1000);
    const asked = await startBuild(harness);
    // Without force the unforced question is asked, which nobody has asked before.
    expect(asked).not.toBe(first);
  });

  it("builds again when the run is known but its matrix is gone", async () => {
    const harness = await withModel();
    const first = await startBuild(harness);
    await harness.end(first, { matrix: { matrix_sha: "ab".repeat(32) } });
    const second = await json<{ run_id: string; is_new: boolean }>(harness.call("POST", "/v1/build_matrix", { body: MODEL }));
    expect(second.is_new).toBe(true);
    expect(second.run_id).not.toBe(first);
  });

  it("refuses before anything starts", async () => {
    const { call, workflow } = await withModel();
    const refusals = [
      ["/v1/build_matrix", { ...MODEL, model_id: "unknown_model" }, 404],
      ["/v1/build_matrix", { ...MODEL, pack_id: "unknown_pack" }, 404],
      ["/v1/build_matrix", { ...MODEL, start: "2020-13-01" }, 400],
      ["/v1/build_matrix", { ...MODEL, ticker: "NOTSPX" }, 400],
      ["/v1/build_matrix", { ...MODEL, distance_max: 6 }, 400],
      ["/v1/pipeline", { ...MODEL, ticker: "NOTSPX" }, 400],
      ["/v1/backtest", MODEL, 422],
      ["/v1/backtest", { ...MODEL, splits: 1 }, 400],
      ["/v1/backtest", { ...MODEL, splits: { kind: "cpcv", n_groups: 12, k_test: 6 } }, 400],
      ["/v1/sweeps", { ...MODEL, splits: { kind: "purged_kfold", splits: 21 } }, 400],
      ["/v1/sweeps", { ...MODEL, mode: "custom", axes: { hour_thresholds: [{ "10": 0.6 }] } }, 400],
      ["/v1/backtest_sweep", { ...MODEL, thresholds_variants: ["0.5,abc"] }, 400],
      ["/v1/backtest_sweep", { ...MODEL, mode: "custom" }, 400],
      ["/v1/pipeline", { ...MODEL, mode: "custom" }, 400],
      ["/v1/pipeline", { ...MODEL, evaluate: "sweep", momentum_gate: true }, 400],
      ["/v1/train", { ...MODEL, rows: ["no-such-row"] }, 404],
      ["/v1/train", { ...MODEL, rows: [] }, 400],
      ["/v1/train", { ...MODEL, target: "ret_fwd" }, 400],
      ["/v1/signals/run", {}, 422],
      ["/v1/signals/run", { as_of: "yesterday" }, 400],
      ["/v1/signals/run", { trained_model_id: "tm_none" }, 404],
      ["/v1/trained_models/tm_none/publish", {}, 404],
      ["/v1/trained_models/tm_none/explode", {}, 400],
    ] as const;
    for (const [path, body, status] of refusals) expect((await call("POST", path, { body })).status, path).toBe(status);
    expect(workflow.started).toEqual([]);
  });

  it("waits when it is asked to, and answers 200 with the run", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    setTimeout(() => void harness.end(runId, { matrix: { rows: 7 } }), 120);
    const response = await harness.call("POST", "/v1/build_matrix", { body: MODEL, headers: { prefer: "wait=5" } });
    expect(response.status).toBe(200);
    expect(response.headers.get("preference-applied")).toBe("wait");
    expect(await json(response)).toMatchObject({ run_id: runId, status: "succeeded", outputs: { matrix: { rows: 7 } }, is_new: false });
  });

  it("stops waiting after the time that was asked for", async () => {
    const harness = await withModel();
    const started = performance.now();
    const response = await harness.call("POST", "/v1/build_matrix", { body: MODEL, headers: { prefer: "wait=1" } });
    expect(response.status).toBe(202);
    expect(performance.now() - started).toBeGreaterThan(900);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it("waits until done on a classic path, and says ok", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    setTimeout(() => void harness.end(runId, {}), 120);
    expect(await json(harness.call("POST", "/build_matrix", { body: MODEL }))).toMatchObject({
      ok: true,
      run_id: runId,
      status: "succeeded",
    });
    const async = await harness.call("POST", "/build_matrix", {
      body: { ...MODEL, end: "2019-01-02" },
      headers: { prefer: "respond-async" },
    });
    expect(async.status).toBe(202);
    expect(await json(async)).toMatchObject({ ok: true, status: "running" });
  });
});

describe("GET /runs/{run_id}", () => {
  it("shows progress, the last step and results without the input", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    expect(await json(harness.call("GET", `/v1/runs/${runId}`))).toMatchObject({
      status: "running",
      progress: { done: 0, expected: null, share: 0 },
      step: null,
    });
    await recordStepDone(harness.ports, runId, { step: "BuildMatrix", item: "", message: "built", plans: 4 });
    expect(await json(harness.call("GET", `/v1/runs/${runId}`))).toMatchObject({
      progress: { done: 1, expected: 4, share: 0.25 },
      step: "BuildMatrix",
      message: "built",
    });
    await harness.end(runId, { run_id: runId, owner: "local", ...MODEL, request: {}, basis: {}, matrix: { matrix_sha: "ab".repeat(32) } });
    const view = await json(harness.call("GET", `/v1/runs/${runId}`));
    expect(view).toMatchObject({
      status: "succeeded",
      progress: { share: 1 },
      outputs: { matrix: { matrix_sha: "ab".repeat(32) } },
      error: null,
    });
    expect(Object.keys(view.outputs as object)).toEqual(["matrix"]);
    expect(view.links["matrix"]).toBe(`/v1/matrices/${"ab".repeat(32)}`);
  });

  it("says interrupted when nothing executes the run any more", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    harness.workflow.set(runId, "interrupted");
    expect(await json(harness.call("GET", `/v1/runs/${runId}`))).toMatchObject({ status: "interrupted" });
  });

  it("gives a run a moment to reach its engine before it calls it interrupted", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    harness.workflow.lose(runId);
    expect(await json(harness.call("GET", `/v1/runs/${runId}`))).toMatchObject({ status: "running" });
    harness.clock.advanceTo(harness.clock.now() + 6000);
    expect(await json(harness.call("GET", `/v1/runs/${runId}`))).toMatchObject({ status: "interrupted" });
  });
});

describe("GET /runs", () => {
  it("pages newest first and filters by machine, model and status", async () => {
    const harness = await withModel();
    const ids: string[] = [];
    for (const start of ["2001-01-02", "2002-01-02", "2003-01-02"]) {
      harness.clock.advanceTo(harness.clock.now() + 1000);
      ids.push(await startBuild(harness, { start }));
    }
    type Page = { rows: View[]; next_cursor: string | null };
    const first = await json<Page>(harness.call("GET", "/v1/runs?limit=2"));
    expect(first.rows.map(({ run_id }) => run_id)).toEqual([ids[2], ids[1]]);
    const second = await json<Page>(harness.call("GET", `/v1/runs?limit=2&cursor=${encodeURIComponent(first.next_cursor!)}`));
    expect(second.rows.map(({ run_id }) => run_id)).toEqual([ids[0]]);
    expect(second.next_cursor).toBeNull();
    expect((await json<Page>(harness.call("GET", "/v1/backtest_runs"))).rows).toEqual([]);
    expect((await json<Page>(harness.call("GET", "/v1/build_runs?status=running&model_id=spx_eq_swing_daily"))).rows).toHaveLength(3);
    expect((await json<Page>(harness.call("GET", "/v1/build_runs?model_id=other"))).rows).toEqual([]);
    for (const bad of ["limit=0", "limit=201", "limit=x", "status=odd", "machine=odd"])
      expect((await harness.call("GET", `/v1/runs?${bad}`)).status, bad).toBe(400);
  });
});

describe("DELETE /runs/{run_id}", () => {
  it("stops the execution and records it, and may be repeated", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    expect(await json(harness.call("DELETE", `/v1/runs/${runId}`))).toMatchObject({ status: "canceled", error: { code: "RUN_CANCELED" } });
    expect(harness.workflow.canceled).toEqual([runId]);
    expect((await harness.call("DELETE", `/v1/runs/${runId}`)).status).toBe(200);
    expect(harness.workflow.canceled).toEqual([runId]);
  });

  it("ends the record of a run whose execution never came to be", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    harness.workflow.lose(runId);
    expect(await json(harness.call("DELETE", `/v1/runs/${runId}`))).toMatchObject({ status: "canceled" });
  });

  it("refuses a run that has ended", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    await harness.end(runId, {});
    expect((await harness.call("DELETE", `/v1/runs/${runId}`)).status).toBe(409);
    expect((await findRun(harness.ports.metadata, runId))?.run.status).toBe("succeeded");
  });
});

describe("POST /runs/{run_id}/resume", () => {
  it("goes on with a canceled run as its next attempt", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    await harness.call("DELETE", `/v1/runs/${runId}`);
    const response = await harness.call("POST", `/v1/runs/${runId}/resume`);
    expect(response.status).toBe(202);
    expect(await json(response)).toMatchObject({ run_id: runId, status: "running", is_new: false });
    expect(harness.workflow.resumed).toEqual([runId]);
    expect((await findRun(harness.ports.metadata, runId))?.run).toMatchObject({ attempt: 2, error: null, ended_at: null });
  });
});

describe("POST /runs/{run_id}/resume while steps are ending", () => {
  it("asks to try again", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    await harness.call("DELETE", `/v1/runs/${runId}`);
    harness.workflow.set(runId, "running");
    expect((await harness.call("POST", `/v1/runs/${runId}/resume`)).status).toBe(409);
  });
});

describe("GET /runs/{run_id}/events", () => {
  const events = (text: string) =>
    text
      .split("\n\n")
      .filter((block) => block.startsWith("id:") || block.startsWith("event:"))
      .map((block) =>
        Object.fromEntries(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)])),
      );

  it("streams what happens and ends with the run", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    await recordStepDone(harness.ports, runId, { step: "First", item: "", message: "one", plans: 2 });
    const response = await harness.call("GET", `/v1/runs/${runId}/events`);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const text = response.text();
    await recordStepDone(harness.ports, runId, { step: "Second", item: "", message: "two\nlines" });
    await harness.end(runId, {});
    const found = events(await text);
    expect(found.map(({ id, event }) => [id, event])).toEqual([
      ["1", "progress"],
      ["2", "progress"],
      [undefined, "end"],
    ]);
    expect(JSON.parse(found[1]!["data"]!)).toMatchObject({ seq: 2, step: "Second", message: "two\nlines", share: 1 });
    expect(JSON.parse(found[2]!["data"]!)).toEqual({ run_id: runId, status: "succeeded", error: null });
  });

  it("goes on after Last-Event-ID, and says 204 when all of an ended run was read", async () => {
    const harness = await withModel();
    const runId = await startBuild(harness);
    for (const step of ["A", "B", "C"]) await recordStepDone(harness.ports, runId, { step, item: "", message: step });
    await harness.end(runId, {});
    const rest = await harness.call("GET", `/v1/runs/${runId}/events`, { headers: { "last-event-id": "2" } });
    expect(events(await rest.text()).map(({ id }) => id)).toEqual(["3", undefined]);
    expect((await harness.call("GET", `/v1/runs/${runId}/events`, { headers: { "last-event-id": "3" } })).status).toBe(204);
    expect((await harness.call("GET", `/v1/runs/${runId}/events?after=3`)).status).toBe(204);
  });

  it("collects in the cloud, with a time to come back", async () => {
    const harness = await withModel({ mode: "cloud" });
    // The free tier has five years of history.
    const runId = await startBuild(harness, { start: "2016-01-04" });
    await recordStepDone(harness.ports, runId, { step: "First", item: "", message: "one" });
    const response = await harness.call("GET", `/v1/runs/${runId}/events`);
    const text = await response.text();
    expect(text.startsWith("retry: 2000\n\n")).toBe(true);
    expect(events(text).map(({ id, event }) => [id, event])).toEqual([["1", "progress"]]);
  });
});

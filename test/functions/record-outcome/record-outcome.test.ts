import { describe, expect, it } from "vitest";
import { createRecordFailure } from "#functions/record-failure/record-failure.ts";
import { createRecordOutcome } from "#functions/record-outcome/record-outcome.ts";
import type { Alert } from "#lib/ports/alert-sink.ts";
import { findRun } from "#lib/runs/run-store.ts";
import { startRun } from "#lib/runs/start-run.ts";
import { createRunPorts, START } from "../../lib/runs/fake-engine.ts";
import { statusChange } from "./status-change.fixture.ts";

const request = {
  owner: "ann",
  machine: "sweep",
  packId: "swingsigma",
  modelId: "m",
  tag: null,
  input: {},
  codeVersion: "1",
  runId: "sweep_0a1b",
} as const;

async function running() {
  const ports = createRunPorts();
  await startRun(ports, request);
  const sent: Alert[] = [];
  const alerts = { deliver: async (alert: Alert) => void sent.push(alert) };
  const tell = createRecordOutcome({ ...ports, alerts });
  const fail = createRecordFailure(ports);
  const run = async () => (await findRun(ports.metadata, "sweep_0a1b"))!.run;
  return { ports, tell, fail, run, sent };
}
const caught = { run_id: "sweep_0a1b", owner: "ann", error: { Error: "DATA_INVALID", Cause: '{"errorMessage":"Bar 7 is out of order."}' } };

describe("createRecordOutcome", () => {
  it("reads a failure from EventBridge and alerts once, however often it comes", async () => {
    const { tell, run, sent } = await running();
    const event = statusChange({ error: "HISTORY_TOO_SHORT", cause: '{"errorType":"HISTORY_TOO_SHORT","errorMessage":"Too few bars."}' });
    for (let i = 0; i < 3; i++) expect(await tell(event)).toEqual({});
    expect(await run()).toMatchObject({ status: "failed", error: { code: "HISTORY_TOO_SHORT", detail: "Too few bars." } });
    expect(sent).toEqual([
      {
        id: "sweep_0a1b-1",
        kind: "run_failed",
        owner: "ann",
        title: "Run sweep_0a1b failed: HISTORY_TOO_SHORT",
        body: { run_id: "sweep_0a1b", machine: "sweep", model_id: "m", error: { code: "HISTORY_TOO_SHORT", detail: "Too few bars." } },
      },
    ]);
  });

  it("keeps and reports the cause that the failed step recorded", async () => {
    const { tell, fail, run, sent } = await running();
    await fail(caught);
    await fail(caught);
    await tell(statusChange({ error: "States.TaskFailed", cause: "something" }));
    expect((await run()).error).toEqual({ code: "DATA_INVALID", detail: "Bar 7 is out of order." });
    expect(sent.map(({ title }) => title)).toEqual(["Run sweep_0a1b failed: DATA_INVALID"]);
  });

  it("alerts again when a later attempt fails too, and not for late news of the first", async () => {
    const { ports, tell, fail, run, sent } = await running();
    await fail(caught);
    await tell(statusChange({ stopDate: START + 100 }));
    ports.engine.end("sweep_0a1b", "failed");
    ports.clock.advanceTo(START + 60_000);
    await startRun(ports, request);
    expect(await run()).toMatchObject({ status: "running", error: null });
    await tell(statusChange({ stopDate: START + 100 }));
    expect(await run()).toMatchObject({ status: "running", attempt: 2 });
    await tell(statusChange({ stopDate: START + 90_000, redriveCount: 1 }));
    expect(sent.map(({ id }) => id)).toEqual(["sweep_0a1b-1", "sweep_0a1b-2"]);
  });

  it.each([
    [
      { status: "SUCCEEDED", output: '{"rows":3}' },
      { status: "succeeded", outputs: { rows: 3 }, error: null },
    ],
    [{ status: "TIMED_OUT" }, { status: "failed", error: { code: "TIMEOUT" } }],
    [{ status: "ABORTED" }, { status: "canceled", error: { code: "RUN_CANCELED" } }],
    [{ status: "RUNNING", stopDate: null }, { status: "running" }],
    [{ status: "PENDING_REDRIVE" }, { status: "running" }],
  ])("takes %j for %j", async (detail, expected) => {
    const { tell, run } = await running();
    await tell(statusChange(detail));
    expect(await run()).toMatchObject(expected);
  });

  it("ignores an execution that no run knows, whatever its name", async () => {
    const { tell, sent } = await running();
    for (const name of ["somebody-elses", "sweep_other-1", "0c9b2d8e-4f9b"]) expect(await tell(statusChange({ name }))).toEqual({});
    expect(sent).toEqual([]);
  });

  it("hears the embedded engine, and leaves an interrupted run to be resumed", async () => {
    const { tell, run } = await running();
    await tell({ run_id: "sweep_0a1b", status: "interrupted", output: null, error: null });
    expect((await run()).status).toBe("running");
    await tell({ run_id: "sweep_0a1b", status: "succeeded", output: { rows: 1 }, error: null });
    expect(await run()).toMatchObject({ status: "succeeded", outputs: { rows: 1 } });
  });

  it("tells again when the alert could not be delivered", async () => {
    const { ports } = await running();
    let tries = 0;
    const alerts = {
      deliver: async () => {
        tries += 1;
        if (tries === 1) throw new Error("down");
      },
    };
    const tell = createRecordOutcome({ ...ports, alerts });
    await expect(tell(statusChange({}))).rejects.toThrow("down");
    await tell(statusChange({}));
    await tell(statusChange({}));
    expect(tries).toBe(2);
  });

  it("refuses what is no outcome", async () => {
    const { tell, fail } = await running();
    await expect(tell({ detail: { status: "FAILED" } })).rejects.toMatchObject({ code: "INVALID_PARAM" });
    await expect(tell({ run_id: "../x" })).rejects.toMatchObject({ code: "INVALID_PARAM" });
    await expect(fail({ run_id: "sweep_0a1b", owner: "ann" })).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });
});

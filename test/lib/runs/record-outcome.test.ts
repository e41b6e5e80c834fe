import { describe, expect, it } from "vitest";
import { type Outcome, recordOutcome } from "#lib/runs/record-outcome.ts";
import { findRun } from "#lib/runs/run-store.ts";
import { startRun } from "#lib/runs/start-run.ts";
import { createRunPorts, START } from "./fake-engine.ts";

async function started() {
  const ports = createRunPorts();
  const { run } = await startRun(ports, {
    owner: "ann",
    machine: "build",
    packId: null,
    modelId: null,
    tag: null,
    input: {},
    codeVersion: "1",
  });
  const tell = (outcome: Partial<Outcome>) =>
    recordOutcome(ports, { runId: run.run_id, status: "failed", outputs: null, error: { code: "INTERNAL", detail: "x" }, ...outcome });
  const stored = async () => (await findRun(ports.metadata, run.run_id))!;
  return { ports, run, tell, stored };
}

describe("recordOutcome", () => {
  it("writes the end, its time and its results", async () => {
    const { tell, stored } = await started();
    await tell({ status: "succeeded", outputs: { rows: 1 }, error: null });
    expect((await stored()).run).toMatchObject({
      status: "succeeded",
      outputs: { rows: 1 },
      error: null,
      ended_at: "2026-01-02T21:00:00.000Z",
    });
  });

  it("keeps the first cause, and writes nothing for the same news again", async () => {
    const { tell, stored } = await started();
    await tell({ error: { code: "DATA_INVALID", detail: "The step's own words." } });
    const { version } = await stored();
    await tell({ error: { code: "INTERNAL", detail: "The engine's." } });
    await tell({ status: "canceled", error: { code: "RUN_CANCELED", detail: "Later." } });
    expect(await stored()).toMatchObject({ version, run: { status: "failed", error: { code: "DATA_INVALID" } } });
  });

  it("lets success overrule a cancel that came too late, and nothing overrule success", async () => {
    const { tell, stored } = await started();
    await tell({ status: "canceled" });
    await tell({ status: "succeeded", outputs: 1, error: null });
    await tell({ status: "failed" });
    expect((await stored()).run).toMatchObject({ status: "succeeded", outputs: 1, error: null });
  });

  it("ignores news of an attempt that was resumed since, and believes those of the new one", async () => {
    const { ports, run, tell, stored } = await started();
    await tell({ endedAt: START });
    ports.engine.end(run.run_id, "failed");
    ports.clock.advanceTo(START + 5000);
    await startRun(ports, { owner: "ann", machine: "build", packId: null, modelId: null, tag: null, input: {}, codeVersion: "1" });
    await tell({ endedAt: START });
    expect((await stored()).run.status).toBe("running");
    await tell({ endedAt: START + 6000 });
    expect((await stored()).run).toMatchObject({ status: "failed", attempt: 2 });
  });

  it("writes one end when several are told at once", async () => {
    const { tell, stored } = await started();
    await Promise.all([tell({}), tell({}), tell({})]);
    expect(await stored()).toMatchObject({ version: 2, run: { status: "failed" } });
  });

  it("leaves a run alone that nobody knows", async () => {
    const { tell } = await started();
    expect(await tell({ runId: "build_unknown" })).toBeUndefined();
  });
});

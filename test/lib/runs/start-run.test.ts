import { describe, expect, it } from "vitest";
import { recordOutcome } from "#lib/runs/record-outcome.ts";
import { findRun } from "#lib/runs/run-store.ts";
import { type RunRequest, resumeRun, runIdOf, startRun } from "#lib/runs/start-run.ts";
import { createRunPorts, START } from "./fake-engine.ts";

const request: RunRequest = {
  owner: "ann",
  machine: "sweep",
  packId: "swingsigma",
  modelId: "m",
  tag: null,
  input: { request: { mode: "simple" } },
  codeVersion: "1",
};
const failed = { status: "failed", outputs: null, error: { code: "TIMEOUT", detail: "Too long." } } as const;

describe("runIdOf", () => {
  it("is the machine and the digest of what was asked, so equal requests share it", () => {
    expect(runIdOf(request)).toMatch(/^sweep_[0-9a-f]{24}$/);
    expect(runIdOf({ ...request, tag: "other", packId: null })).toBe(runIdOf(request));
  });

  it.each([{ owner: "bob" }, { machine: "build" as const }, { codeVersion: "2" }, { input: { request: { mode: "custom" } } }])(
    "changes with %j",
    (change) => {
      expect(runIdOf({ ...request, ...change })).not.toBe(runIdOf(request));
    },
  );
});

describe("startRun", () => {
  it("starts a new run with its id and owner in the machine's input", async () => {
    const ports = createRunPorts();
    const { run, isNew } = await startRun(ports, request);
    expect(isNew).toBe(true);
    expect(run).toMatchObject({ status: "running", attempt: 1, created_at: "2026-01-02T21:00:00.000Z" });
    expect(ports.engine.launched).toEqual([`${run.run_id}-1`]);
    expect((await ports.workflow.describe(run.run_id)) as unknown).toMatchObject({
      input: `{"owner":"ann","request":{"mode":"simple"},"run_id":"${run.run_id}"}`,
    });
  });

  it("finds the running run of an equal request", async () => {
    const ports = createRunPorts();
    const first = await startRun(ports, request);
    const second = await startRun(ports, request);
    expect(second).toEqual({ run: first.run, isNew: false });
    expect(ports.engine.launched).toHaveLength(1);
  });

  it("makes one execution of many equal requests at once, and one of them is new", async () => {
    const ports = createRunPorts();
    const started = await Promise.all(Array.from({ length: 12 }, () => startRun(ports, request)));
    expect(started.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(started.map(({ run }) => run.run_id)).size).toBe(1);
    expect(ports.engine.launched).toEqual([`${runIdOf(request)}-1`]);
    expect((await findRun(ports.metadata, runIdOf(request)))!.run).toMatchObject({ status: "running", attempt: 1 });
  });

  it("starts what a process that died after the record never started, as the same attempt", async () => {
    const ports = createRunPorts();
    const dead = { ...ports, workflow: { ...ports.workflow, start: async () => Promise.reject(new Error("killed")) } };
    await expect(startRun(dead, request)).rejects.toThrow("killed");
    const { run, isNew } = await startRun(ports, request);
    expect({ isNew, attempt: run.attempt }).toEqual({ isNew: false, attempt: 1 });
    expect(ports.engine.launched).toEqual([`${run.run_id}-1`]);
  });

  it("leaves a succeeded run alone", async () => {
    const ports = createRunPorts();
    const { run } = await startRun(ports, request);
    ports.engine.end(run.run_id, "succeeded", { rows: 3 });
    await recordOutcome(ports, { runId: run.run_id, status: "succeeded", outputs: { rows: 3 }, error: null });
    expect(await startRun(ports, request)).toMatchObject({ isNew: false, run: { status: "succeeded", outputs: { rows: 3 } } });
    expect(ports.engine.resumed).toEqual([]);
  });

  it.each(["failed", "canceled", "interrupted"] as const)("goes on with a run that was %s, without its error", async (status) => {
    const ports = createRunPorts();
    const { run } = await startRun(ports, request);
    ports.engine.end(run.run_id, status);
    if (status !== "interrupted") await recordOutcome(ports, { ...failed, status, runId: run.run_id });
    ports.clock.advanceTo(START + 1000);
    const again = await startRun(ports, request);
    expect(again.run).toMatchObject({ status: "running", attempt: 2, error: null, ended_at: null, resumed_at: "2026-01-02T21:00:01.000Z" });
    expect(ports.engine.resumed).toEqual([run.run_id]);
  });

  it("takes the end of an execution over whose news were lost", async () => {
    const ports = createRunPorts();
    const { run } = await startRun(ports, request);
    ports.engine.end(run.run_id, "succeeded", { rows: 3 });
    expect(await startRun(ports, request)).toMatchObject({ run: { status: "succeeded", attempt: 1, outputs: { rows: 3 } } });
    expect(ports.engine.resumed).toEqual([]);
  });
});

describe("resumeRun", () => {
  it("resumes once when several ask at the same moment, and the others find it running", async () => {
    const ports = createRunPorts();
    const { run } = await startRun(ports, request);
    ports.engine.end(run.run_id, "failed");
    await recordOutcome(ports, { ...failed, runId: run.run_id });
    const stored = (await findRun(ports.metadata, run.run_id))!;
    const resumed = await Promise.all(Array.from({ length: 5 }, () => resumeRun(ports, stored.run, stored.version)));
    expect(ports.engine.resumed).toHaveLength(1);
    expect(resumed.map(({ status, attempt }) => [status, attempt])).toEqual(Array.from({ length: 5 }, () => ["running", 2]));
  });

  it("starts a new attempt where the engine cannot resume any more", async () => {
    const ports = createRunPorts();
    const { run } = await startRun(ports, request);
    ports.engine.end(run.run_id, "failed");
    await recordOutcome(ports, { ...failed, runId: run.run_id });
    ports.engine.refuseResume();
    const stored = (await findRun(ports.metadata, run.run_id))!;
    expect(await resumeRun(ports, stored.run, stored.version)).toMatchObject({ attempt: 2, status: "running" });
    expect(ports.engine.launched).toEqual([`${run.run_id}-1`, `${run.run_id}-2`]);
  });
});

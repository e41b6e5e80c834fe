import { expect, it } from "vitest";
import type { ExecutionView, MachineName, Workflow } from "#lib/ports/workflow.ts";

export interface WorkflowWorld {
  readonly workflow: Workflow;
  /** A machine whose executions wait, in a step of theirs, until they are released; then they succeed with their input. */
  readonly waiting: MachineName;
  /** A machine whose executions fail with `DATA_INVALID`, `Row 3 is bad.` */
  readonly failing: MachineName;
  readonly release: () => void;
}

/** What an engine under test can show. */
export interface WorkflowAbilities {
  /** It executes steps, so that executions end by themselves and can go on; an emulator may only keep the books. */
  readonly executes: boolean;
}

/** Waits until an execution is no longer running. */
async function ended(workflow: Workflow, executionId: string): Promise<ExecutionView> {
  for (let look = 0; ; look++) {
    const view = await workflow.describe(executionId);
    if (view.status !== "running" || look === 500) return view;
    await new Promise((done) => setTimeout(done, 10));
  }
}

let lastRun = 0;
const nextRunId = (): string => `run_${process.pid}_${++lastRun}`;

/** The promises of the port, for an engine that runs machines of the test's own. */
export function workflowContract(create: () => Promise<WorkflowWorld>, { executes }: WorkflowAbilities): void {
  const stop = async ({ workflow, release }: WorkflowWorld, executionId: string): Promise<void> => {
    await workflow.cancel(executionId);
    release();
    await ended(workflow, executionId);
  };

  it("returns from a start without waiting, and describes what runs", async () => {
    const world = await create();
    const { workflow, waiting } = world;
    const { executionId } = await workflow.start({ machine: waiting, runId: nextRunId(), attempt: 1, input: { b: 1, a: [null] } });
    expect(await workflow.describe(executionId)).toEqual({ executionId, machine: waiting, status: "running", output: null, error: null });
    await stop(world, executionId);
  });

  it("is one execution when the same name starts twice with the same input, however its keys are ordered", async () => {
    const world = await create();
    const { workflow, waiting } = world;
    const runId = nextRunId();
    const first = await workflow.start({ machine: waiting, runId, attempt: 1, input: { a: 1, b: 2 } });
    expect(await workflow.start({ machine: waiting, runId, attempt: 1, input: { b: 2, a: 1 } })).toEqual(first);
    await expect(workflow.start({ machine: waiting, runId, attempt: 1, input: { a: 2, b: 2 } })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await stop(world, first.executionId);
  });

  it("cancels, once or again, and says so; what has ended stays ended", async () => {
    const { workflow, waiting, release } = await create();
    const request = { machine: waiting, runId: nextRunId(), attempt: 1, input: {} } as const;
    const { executionId } = await workflow.start(request);
    await workflow.cancel(executionId);
    await workflow.cancel(executionId);
    release();
    expect(await ended(workflow, executionId)).toMatchObject({ status: "canceled", output: null, error: { code: "RUN_CANCELED" } });
    expect(await workflow.start(request)).toEqual({ executionId });
    expect(await workflow.describe(executionId)).toMatchObject({ status: "canceled" });
  });

  it.runIf(executes)("leaves a running execution alone when it is asked to resume it", async () => {
    const world = await create();
    const { workflow, waiting } = world;
    const { executionId } = await workflow.start({ machine: waiting, runId: nextRunId(), attempt: 1, input: {} });
    await workflow.resume(executionId);
    expect(await workflow.describe(executionId)).toMatchObject({ status: "running" });
    await stop(world, executionId);
  });

  it.runIf(executes)("reports the output of what succeeded and the code and sentence of what failed", async () => {
    const { workflow, waiting, failing, release } = await create();
    const good = await workflow.start({ machine: waiting, runId: nextRunId(), attempt: 1, input: { rows: 3 } });
    release();
    expect(await ended(workflow, good.executionId)).toMatchObject({ status: "succeeded", output: { rows: 3 }, error: null });
    const bad = await workflow.start({ machine: failing, runId: nextRunId(), attempt: 1, input: {} });
    expect(await ended(workflow, bad.executionId)).toMatchObject({
      status: "failed",
      output: null,
      error: { code: "DATA_INVALID", detail: "Row 3 is bad." },
    });
  });

  it.runIf(executes)("goes on with what failed or was canceled when it is asked to", async () => {
    const world = await create();
    const { workflow, waiting, failing, release } = world;
    const failed = await workflow.start({ machine: failing, runId: nextRunId(), attempt: 1, input: {} });
    await ended(workflow, failed.executionId);
    await workflow.resume(failed.executionId);
    expect(await ended(workflow, failed.executionId)).toMatchObject({ status: "failed", error: { code: "DATA_INVALID" } });

    const canceled = await workflow.start({ machine: waiting, runId: nextRunId(), attempt: 1, input: { rows: 3 } });
    await stop(world, canceled.executionId);
    await workflow.resume(canceled.executionId);
    release();
    expect(await ended(workflow, canceled.executionId)).toMatchObject({ status: "succeeded", output: { rows: 3 }, error: null });
  });

  it("says NOT_FOUND of an execution that nobody started", async () => {
    const { workflow } = await create();
    const unknown = { code: "NOT_FOUND" };
    await expect(workflow.describe("run_nobody")).rejects.toMatchObject(unknown);
    await expect(workflow.cancel("run_nobody")).rejects.toMatchObject(unknown);
    if (executes) await expect(workflow.resume("run_nobody")).rejects.toMatchObject(unknown);
  });
}

import { describe, expect, it } from "vitest";
import { byRunId } from "#functions/shared/executions-by-run-id.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { type ExecutionView, MACHINES, type MachineName, type Workflow } from "#lib/ports/workflow.ts";

const machines = Object.fromEntries(MACHINES.map((name) => [name, `arn:aws:states:eu-west-1:1:stateMachine:lab-${name}`])) as Record<
  MachineName,
  string
>;
const executionArn = (machine: MachineName, name: string): string => `arn:aws:states:eu-west-1:1:execution:lab-${machine}:${name}`;

/** A workflow that knows executions by ARN, as the Step Functions adapter does, and notes what it was asked. */
function fakeWorkflow(...known: readonly string[]): { workflow: Workflow; asked: string[] } {
  const asked: string[] = [];
  const note = (what: string) => async (id: string) => {
    asked.push(`${what} ${id}`);
  };
  return {
    asked,
    workflow: {
      start: async ({ machine, runId, attempt }) => ({ executionId: executionArn(machine, `${runId}-${attempt}`) }),
      describe: async (executionId): Promise<ExecutionView> => {
        if (!known.includes(executionId)) throw new SigmaError("NOT_FOUND", `No execution "${executionId}".`);
        return { executionId, machine: "sweep", status: "running", output: null, error: null };
      },
      cancel: note("cancel"),
      resume: note("resume"),
    },
  };
}

describe("byRunId", () => {
  it("finds a run's execution by the machine in its id, and shows it under the run's id", async () => {
    const { workflow } = fakeWorkflow(executionArn("sweep", "sweep_ab12-1"));
    expect(await byRunId(workflow, machines).describe("sweep_ab12")).toMatchObject({ executionId: "sweep_ab12", status: "running" });
  });

  it("acts on the newest attempt, also after one that never started", async () => {
    const { workflow, asked } = fakeWorkflow(executionArn("sweep", "sweep_ab12-1"), executionArn("sweep", "sweep_ab12-3"));
    await byRunId(workflow, machines).cancel("sweep_ab12");
    await byRunId(workflow, machines).resume("sweep_ab12");
    expect(asked).toEqual([`cancel ${executionArn("sweep", "sweep_ab12-3")}`, `resume ${executionArn("sweep", "sweep_ab12-3")}`]);
  });

  it("answers NOT_FOUND for a run that was never started and for an id of no machine", async () => {
    const { workflow } = fakeWorkflow();
    for (const id of ["sweep_ab12", "other_ab12"])
      await expect(byRunId(workflow, machines).describe(id)).rejects.toMatchObject({ code: "NOT_FOUND", facts: { run_id: id } });
  });

  it("returns the run's id from a start, as local mode does", async () => {
    const { workflow } = fakeWorkflow();
    expect(await byRunId(workflow, machines).start({ machine: "sweep", runId: "sweep_ab12", attempt: 1, input: {} })).toEqual({
      executionId: "sweep_ab12",
    });
  });

  it("passes a store that is unavailable on, rather than calling the run unknown", async () => {
    const down: Workflow = {
      ...fakeWorkflow().workflow,
      describe: async () => {
        throw new SigmaError("STORE_UNAVAILABLE", "Try again.");
      },
    };
    await expect(byRunId(down, machines).describe("sweep_ab12")).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  });
});

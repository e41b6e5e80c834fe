import { SigmaError } from "#lib/errors/sigma-error.ts";
import { type ExecutionView, MACHINES, type MachineName, type Workflow } from "#lib/ports/workflow.ts";

/** How many attempts in a row may be missing: a process that died between a run's record and its start leaves one out. */
const MISSING_IN_A_ROW = 2;

/**
 * A workflow whose executions are named by run id, as in local mode. The run's machine is the first word of its id, and an
 * execution's name is the run id plus the attempt; the newest attempt speaks for the run. Full ARNs pass unchanged.
 */
export function byRunId(workflow: Workflow, machines: Readonly<Record<MachineName, string>>): Workflow {
  const newest = async (runId: string): Promise<ExecutionView> => {
    if (runId.startsWith("arn:")) return workflow.describe(runId);
    const machine = MACHINES.find((name) => runId.startsWith(`${name}_`));
    let found: ExecutionView | undefined;
    for (let attempt = 1, missing = 0; machine && missing < MISSING_IN_A_ROW; attempt++) {
      const execution = await findExecution(workflow, `${executionPrefix(machines[machine])}${runId}-${attempt}`);
      missing = execution ? 0 : missing + 1;
      found = execution ?? found;
    }
    if (found) return found;
    throw new SigmaError("NOT_FOUND", `No execution of the run "${runId}" is known.`, { run_id: runId });
  };

  return {
    async start(request) {
      await workflow.start(request);
      return { executionId: request.runId };
    },
    async describe(runId) {
      return { ...(await newest(runId)), executionId: runId };
    },
    async cancel(runId) {
      await workflow.cancel((await newest(runId)).executionId);
    },
    async resume(runId) {
      await workflow.resume((await newest(runId)).executionId);
    },
  };
}

const executionPrefix = (machineArn: string): string => `${machineArn.replace(":stateMachine:", ":execution:")}:`;

async function findExecution(workflow: Workflow, executionArn: string): Promise<ExecutionView | undefined> {
  try {
    return await workflow.describe(executionArn);
  } catch (error) {
    if (error instanceof SigmaError && error.code === "NOT_FOUND") return undefined;
    throw error;
  }
}

import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { canonicalJson, type Json } from "../../core/canonical-json.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { type ExecutionStatus, type ExecutionView, MACHINES, type MachineName, type Workflow } from "../../ports/workflow.ts";
import { awsFault } from "./aws-fault.ts";

export interface SfnWorkflowOptions {
  readonly client: SFNClient;
  /** The ARN of each deployed state machine. */
  readonly machines: Readonly<Record<MachineName, string>>;
}

/** Step Functions' limit for an execution's input. */
const INPUT_BYTES = 256 * 1024;

const STATUSES: Readonly<Record<string, ExecutionStatus>> = {
  RUNNING: "running",
  PENDING_REDRIVE: "running",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  TIMED_OUT: "failed",
  ABORTED: "canceled",
};

/** Runs the state machines in Step Functions. An execution's id is its ARN; `resume` is a redrive. */
export function createSfnWorkflow({ client, machines }: SfnWorkflowOptions): Workflow {
  const fault = (error: unknown, what: string): unknown => awsFault(error, `${what} in Step Functions`, ["StateMachineDoesNotExist"]);

  const describe = async (executionArn: string): Promise<DescribeExecutionCommandOutput> => {
    try {
      return await client.send(new DescribeExecutionCommand({ executionArn }));
    } catch (error) {
      throw unknownExecution(error, executionArn) ?? fault(error, "describing an execution");
    }
  };

  return {
    async start({ machine, runId, attempt, input }) {
      const name = executionName(runId, attempt);
      const text = inputText(input);
      const stateMachineArn = machines[machine];
      try {
        const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name, input: text }));
        return { executionId: executionArn! };
      } catch (error) {
        if ((error as Error).name !== "ExecutionAlreadyExists") throw fault(error, `starting "${name}"`);
      }
      // The name is taken: by the same start, whose execution has ended, or by another.
      const executionId = `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;
      const existing = await describe(executionId);
      if (existing.input === text) return { executionId };
      throw new SigmaError(
        "CONFLICT",
        `The execution "${name}" of "${machine}" was started with another input. Start a new attempt, or a run with another id.`,
        { machine, name },
      );
    },

    async describe(executionId) {
      const found = await describe(executionId);
      const machine = MACHINES.find((each) => machines[each] === found.stateMachineArn);
      if (!machine) throw new SigmaError("NOT_FOUND", `The execution "${executionId}" belongs to no state machine of this deployment.`);
      const status = STATUSES[found.status ?? ""];
      if (!status) throw new SigmaError("INTERNAL", `Step Functions reports the unknown status "${found.status}" for "${executionId}".`);
      return {
        executionId,
        machine,
        status,
        output: status === "succeeded" && found.output !== undefined ? (JSON.parse(found.output) as Json) : null,
        error: status === "failed" || status === "canceled" ? errorOf(found) : null,
      };
    },

    async cancel(executionId) {
      try {
        await client.send(new StopExecutionCommand({ executionArn: executionId, error: "RUN_CANCELED", cause: "The run was canceled." }));
      } catch (error) {
        throw unknownExecution(error, executionId) ?? fault(error, "canceling an execution");
      }
    },

    async resume(executionId) {
      try {
        // One token for each redrive: a retry of this call is the same redrive.
        await client.send(new RedriveExecutionCommand({ executionArn: executionId }));
      } catch (error) {
        if ((error as Error).name !== "ExecutionNotRedrivable")
          throw unknownExecution(error, executionId) ?? fault(error, "resuming an execution");
        const { status, redriveStatusReason } = await describe(executionId);
        if (status === "RUNNING" || status === "PENDING_REDRIVE") return;
        throw new SigmaError(
          "CONFLICT",
          `The execution "${executionId}" is "${status}" and cannot be resumed${redriveStatusReason ? ` (${redriveStatusReason})` : ""}. Start a new attempt of the run.`,
          { executionId, status: status ?? "" },
        );
      }
    },
  };
}

/** Execution names are kept for 90 days, so an attempt's number is part of the name. */
function executionName(runId: string, attempt: number): string {
  const name = `${runId}-${attempt}`;
  if (name.length <= 80 && /^[A-Za-z0-9_-]+$/.test(runId) && Number.isSafeInteger(attempt) && attempt >= 1) return name;
  throw new SigmaError(
    "INVALID_PARAM",
    `A run id and its attempt from 1 must form a name of 1 to 80 of [A-Za-z0-9_-]; found "${name.slice(0, 90)}".`,
  );
}

function inputText(input: Json): string {
  const text = canonicalJson(input);
  const bytes = Buffer.byteLength(text);
  if (bytes <= INPUT_BYTES) return text;
  throw new SigmaError("STATE_TOO_LARGE", `An execution's input may hold ${INPUT_BYTES} bytes; found "${bytes}". Pass ids, not data.`, {
    limitBytes: INPUT_BYTES,
    actualBytes: bytes,
  });
}

function unknownExecution(error: unknown, executionId: string): SigmaError | undefined {
  if (!["ExecutionDoesNotExist", "InvalidArn"].includes((error as Error).name)) return undefined;
  return new SigmaError("NOT_FOUND", `There is no execution "${executionId.slice(0, 300)}".`, {}, { cause: error });
}

/** A failed Lambda task's cause is JSON with the message inside; any other cause is text. */
function errorOf({ status, error, cause }: DescribeExecutionCommandOutput): ExecutionView["error"] {
  if (status === "TIMED_OUT") return { code: "TIMEOUT", detail: "The execution took longer than its state machine allows." };
  if (status === "ABORTED") return { code: "RUN_CANCELED", detail: cause ?? "The run was canceled." };
  return { code: error ?? "INTERNAL", detail: messageIn(cause) ?? cause ?? "" };
}

function messageIn(cause: string | undefined): string | undefined {
  try {
    const parsed: unknown = JSON.parse(cause ?? "");
    const message = (parsed as { errorMessage?: unknown } | null)?.errorMessage;
    return typeof message === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}

import { SFNClient } from "@aws-sdk/client-sfn";
import { createSfnWorkflow } from "#lib/adapters/aws/sfn-workflow.ts";
import { MACHINES, type MachineName, type Workflow } from "#lib/ports/workflow.ts";
import { type Env, readEnv } from "./env.ts";
import { byRunId } from "./executions-by-run-id.ts";

/**
 * Step Functions by run id. A machine's ARN is the given prefix plus its name: the functions that machines call and that
 * start machines could not otherwise be told their ARNs without a circle in the stack.
 *
 * @throws CONFIG_INVALID naming the variable that is missing
 */
export function workflowFromEnv(env: Env = process.env): Workflow {
  const prefix = readEnv(env, "STATE_MACHINE_ARN_PREFIX");
  const machines = Object.fromEntries(MACHINES.map((name) => [name, `${prefix}${name}`])) as Record<MachineName, string>;
  return byRunId(createSfnWorkflow({ client: new SFNClient({}), machines }), machines);
}

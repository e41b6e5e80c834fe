import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createSfnWorkflow } from "#lib/adapters/aws/sfn-workflow.ts";
import { MACHINES, type MachineName, type Workflow } from "#lib/ports/workflow.ts";
import { workflowContract } from "../../../contract/workflow.contract.ts";
import { describeWithAws, emulated } from "./aws-endpoint.ts";

const machineArns = Object.fromEntries(
  MACHINES.map((name) => [name, `arn:aws:states:us-east-1:123456789012:stateMachine:sigma-${name}`]),
) as Record<MachineName, string>;
const executionId = "arn:aws:states:us-east-1:123456789012:execution:sigma-sweep:run_1-1";

describe("createSfnWorkflow", () => {
  const client = new SFNClient({ region: "us-east-1" });
  const sfn = mockClient(client);
  afterEach(() => sfn.reset());
  const workflow = createSfnWorkflow({ client, machines: machineArns });
  const failure = (name: string, status = 400) => Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
  const request = { machine: "sweep", runId: "run_1", attempt: 1, input: { b: 1, a: [null] } } as const;

  it("starts under the run id and the attempt, with canonical input", async () => {
    sfn.on(StartExecutionCommand).resolves({ executionArn: executionId });
    expect(await workflow.start(request)).toEqual({ executionId });
    expect(sfn.commandCalls(StartExecutionCommand)[0]!.args[0].input).toEqual({
      stateMachineArn: machineArns.sweep,
      name: "run_1-1",
      input: '{"a":[null],"b":1}',
    });
  });

  it("is one execution when the same start comes again after the execution ended", async () => {
    sfn.on(StartExecutionCommand).rejects(failure("ExecutionAlreadyExists"));
    sfn.on(DescribeExecutionCommand, { executionArn: executionId }).resolves({ input: '{"a":[null],"b":1}', status: "SUCCEEDED" });
    expect(await workflow.start(request)).toEqual({ executionId });
    await expect(workflow.start({ ...request, input: { b: 2 } })).rejects.toMatchObject({ code: "CONFLICT", facts: { name: "run_1-1" } });
  });

  it("refuses names and inputs that Step Functions would not take, before it asks", async () => {
    const refused = { code: "INVALID_PARAM" };
    for (const runId of ["", "a b", "a:b", "x".repeat(79)])
      await expect(workflow.start({ ...request, runId })).rejects.toMatchObject(refused);
    for (const attempt of [0, 1.5, -1]) await expect(workflow.start({ ...request, attempt })).rejects.toMatchObject(refused);
    await expect(workflow.start({ ...request, input: "x".repeat(262_143) })).rejects.toMatchObject({ code: "STATE_TOO_LARGE" });
    expect(sfn.calls()).toHaveLength(0);
  });

  it.each([
    [{ status: "RUNNING" }, "running", null, null],
    [{ status: "PENDING_REDRIVE" }, "running", null, null],
    [{ status: "SUCCEEDED", output: '{"rows":3}' }, "succeeded", { rows: 3 }, null],
    [{ status: "TIMED_OUT" }, "failed", null, { code: "TIMEOUT", detail: "The execution took longer than its state machine allows." }],
    [{ status: "ABORTED", cause: "The run was canceled." }, "canceled", null, { code: "RUN_CANCELED", detail: "The run was canceled." }],
    [
      { status: "FAILED", error: "DATA_INVALID", cause: "Row 3 is bad." },
      "failed",
      null,
      { code: "DATA_INVALID", detail: "Row 3 is bad." },
    ],
    [
      { status: "FAILED", error: "DATA_INVALID", cause: '{"errorType":"DATA_INVALID","errorMessage":"Row 3 is bad.","trace":[]}' },
      "failed",
      null,
      { code: "DATA_INVALID", detail: "Row 3 is bad." },
    ],
    [{ status: "FAILED" }, "failed", null, { code: "INTERNAL", detail: "" }],
  ] as const)("describes %j as %s", async (found, status, output, error) => {
    sfn.on(DescribeExecutionCommand).resolves({ stateMachineArn: machineArns.sweep, ...found });
    expect(await workflow.describe(executionId)).toEqual({ executionId, machine: "sweep", status, output, error });
  });

  it("says NOT_FOUND of an execution that does not exist, or is of another deployment", async () => {
    for (const name of ["ExecutionDoesNotExist", "InvalidArn"]) {
      sfn.rejects(failure(name));
      await expect(workflow.describe("x")).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(workflow.cancel("x")).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(workflow.resume("x")).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    sfn.on(DescribeExecutionCommand).resolves({ stateMachineArn: "arn:aws:states:us-east-1:1:stateMachine:other", status: "RUNNING" });
    await expect(workflow.describe(executionId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("stops with the catalogue's code", async () => {
    sfn.on(StopExecutionCommand).resolves({});
    await workflow.cancel(executionId);
    expect(sfn.commandCalls(StopExecutionCommand)[0]!.args[0].input).toMatchObject({ executionArn: executionId, error: "RUN_CANCELED" });
  });

  it("resumes by redrive; one that runs already is left alone, one that cannot is a conflict", async () => {
    sfn.on(RedriveExecutionCommand).resolves({});
    await workflow.resume(executionId);
    expect(sfn.commandCalls(RedriveExecutionCommand)[0]!.args[0].input.executionArn).toBe(executionId);
    sfn.on(RedriveExecutionCommand).rejects(failure("ExecutionNotRedrivable"));
    sfn.on(DescribeExecutionCommand).resolves({ status: "RUNNING" });
    await workflow.resume(executionId);
    sfn
      .on(DescribeExecutionCommand)
      .resolves({ status: "SUCCEEDED", redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven" });
    await expect(workflow.resume(executionId)).rejects.toMatchObject({ code: "CONFLICT", facts: { status: "SUCCEEDED" } });
  });

  it.each([
    ["ThrottlingException", 400, "STORE_UNAVAILABLE"],
    ["ServiceUnavailable", 503, "STORE_UNAVAILABLE"],
    ["AccessDeniedException", 400, "CONFIG_INVALID"],
    ["StateMachineDoesNotExist", 400, "CONFIG_INVALID"],
  ])("names %s (%i) as %s", async (name, status, code) => {
    sfn.rejects(failure(name, status));
    await expect(workflow.start(request)).rejects.toMatchObject({ code });
    await expect(workflow.describe(executionId)).rejects.toMatchObject({ code });
    await expect(workflow.cancel(executionId)).rejects.toMatchObject({ code });
    await expect(workflow.resume(executionId)).rejects.toMatchObject({ code });
  });
});

describeWithAws("createSfnWorkflow on an emulator", (endpoint) => {
  const client = new SFNClient(emulated(endpoint));
  let workflow: Workflow;
  beforeAll(async () => {
    const definition = JSON.stringify({ StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 60, End: true } } });
    const roleArn = "arn:aws:iam::123456789012:role/sigma";
    const { stateMachineArn } = await client.send(new CreateStateMachineCommand({ name: `contract-${process.pid}`, definition, roleArn }));
    workflow = createSfnWorkflow({ client, machines: { ...machineArns, sweep: stateMachineArn! } });
  });
  afterAll(() => client.destroy());

  describe("keeps the port's promises", () => {
    // An emulator keeps the books of executions; it runs no Lambda and knows no redrive.
    workflowContract(async () => ({ workflow, waiting: "sweep", failing: "sweep", release: () => {} }), { executes: false });
  });

  it("starts, describes and cancels; the same name with the same input is one execution", async () => {
    const request = { machine: "sweep", runId: `run_${process.pid}`, attempt: 1, input: { sweep_id: "s" } } as const;
    const started = await workflow.start(request);
    expect(await workflow.describe(started.executionId)).toMatchObject({ machine: "sweep", status: "running", output: null, error: null });
    expect(await workflow.start(request)).toEqual(started);
    await expect(workflow.start({ ...request, input: { sweep_id: "t" } })).rejects.toMatchObject({ code: "CONFLICT" });
    await workflow.cancel(started.executionId);
    await workflow.cancel(started.executionId);
    expect(await workflow.describe(started.executionId)).toMatchObject({ status: "canceled", error: { code: "RUN_CANCELED" } });
    expect(await workflow.start(request)).toEqual(started);
    await expect(workflow.describe(`${started.executionId}-other`)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

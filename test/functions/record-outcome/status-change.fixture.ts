/**
 * "Step Functions Execution Status Change" as EventBridge delivers it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export const statusChange = (detail: Readonly<Record<string, unknown>>) => ({
  version: "0",
  id: "315c1398-40ff-a850-213b-158f73e60175",
  "detail-type": "Step Functions Execution Status Change",
  source: "aws.states",
  account: "123456789012",
  time: "2026-01-02T21:10:00Z",
  region: "us-east-1",
  resources: ["arn:aws:states:us-east-1:123456789012:execution:sigma-sweep:sweep_0a1b-1"],
  detail: {
    executionArn: "arn:aws:states:us-east-1:123456789012:execution:sigma-sweep:sweep_0a1b-1",
    stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:sigma-sweep",
    name: "sweep_0a1b-1",
    status: "FAILED",
    startDate: 1767387600000,
    stopDate: 1767388200000,
    input: "{}",
    inputDetails: { included: true },
    output: null,
    outputDetails: null,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    redriveCount: 0,
    redriveDate: null,
    redriveStatus: "REDRIVABLE",
    redriveStatusReason: null,
    ...detail,
  },
});

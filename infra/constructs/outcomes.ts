import { Duration } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";

export interface OutcomesProps {
  readonly machines: readonly StateMachine[];
  readonly recordOutcome: LambdaFunction;
  readonly lostEvents: Queue;
}

/** Tells `record-outcome` how every execution ended, also where no state could: a timeout, an abort, a runtime error. */
export class Outcomes extends Construct {
  constructor(scope: Construct, id: string, { machines, recordOutcome, lostEvents }: OutcomesProps) {
    super(scope, id);
    new Rule(this, "ExecutionEnded", {
      description: "Executions of Sigma Lab's machines that have ended",
      eventPattern: {
        source: ["aws.states"],
        detailType: ["Step Functions Execution Status Change"],
        detail: {
          status: ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"],
          stateMachineArn: machines.map((machine) => machine.stateMachineArn),
        },
      },
      targets: [new LambdaTarget(recordOutcome, { deadLetterQueue: lostEvents, maxEventAge: Duration.hours(6), retryAttempts: 20 })],
    });
    // The target's queue takes what could not be delivered; this takes what was delivered and failed.
    recordOutcome.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.hours(6), onFailure: new SqsDestination(lostEvents) });
  }
}

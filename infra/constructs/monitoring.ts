import { Aws, Duration } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Topic } from "aws-cdk-lib/aws-sns";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { MachineName } from "#lib/ports/workflow.ts";
import type { FunctionName } from "../manifest.ts";

export interface MonitoringProps {
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>;
  readonly machines: Readonly<Record<MachineName, StateMachine>>;
  readonly api: HttpApi;
  readonly lostEvents: Queue;
  readonly topic: Topic;
}

/** Functions whose errors are never a user's: a step's error may be an answer (`HISTORY_TOO_SHORT`), theirs is a fault. */
const BOOKKEEPERS: readonly FunctionName[] = ["api", "authorizer", "record-failure", "record-outcome", "deliver-signal"];
const SCHEDULED: readonly MachineName[] = ["rebuild", "volatility", "signals"];
/** An alarm's expression may read this many metrics. */
const METRICS_PER_ALARM = 10;
const period = Duration.minutes(5);

/** Alarms for what an operator must look at, and one dashboard. */
export class Monitoring extends Construct {
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, { functions, machines, api, lostEvents, topic }: MonitoringProps) {
    super(scope, id);
    this.topic = topic;
    const errors = (name: FunctionName): IMetric => functions[name].metricErrors({ period, label: name });
    const throttles = Object.values(functions).map((lambda) => lambda.metricThrottles({ period }));
    const unfinished = (name: MachineName): IMetric[] => {
      const machine = machines[name];
      return [machine.metricFailed({ period, label: `${name} failed` }), machine.metricTimedOut({ period, label: `${name} timed out` })];
    };
    const byHand = (Object.keys(machines) as MachineName[]).filter((name) => !SCHEDULED.includes(name));
    const serverErrors = api.metricServerError({ period, label: "5xx" });
    const waiting = lostEvents.metricApproximateNumberOfMessagesVisible({ period });

    this.alarm("FunctionErrors", "A function that serves or keeps records failed", total(BOOKKEEPERS.map(errors)), 1);
    for (let i = 0; i < throttles.length; i += METRICS_PER_ALARM)
      this.alarm(`Throttles${1 + i / METRICS_PER_ALARM}`, "Lambda refused calls", total(throttles.slice(i, i + METRICS_PER_ALARM)), 1);
    this.alarm("LostEvents", "Ticks or outcomes wait in the queue of lost events", waiting, 1);
    this.alarm("ScheduledRuns", "A scheduled run failed", total(SCHEDULED.flatMap(unfinished)), 1);
    this.alarm("Runs", "Several runs failed within minutes", total(byHand.map((name) => unfinished(name)[0]!)), 5);
    this.alarm("TimedOutRuns", "A run took longer than its machine allows", total(byHand.map((name) => unfinished(name)[1]!)), 1);
    this.alarm("ServerErrors", "The API answered 5xx", serverErrors, 5);

    new Dashboard(this, "Dashboard", {
      dashboardName: Aws.STACK_NAME,
      widgets: [
        [
          new GraphWidget({
            title: "API",
            width: 12,
            left: [api.metricCount({ period }), serverErrors],
            right: [api.metricLatency({ period, statistic: "p95" })],
          }),
          new GraphWidget({
            title: "Runs that did not finish",
            width: 12,
            left: (Object.keys(machines) as MachineName[]).flatMap(unfinished),
          }),
        ],
        [
          new GraphWidget({ title: "Function errors", width: 12, left: (Object.keys(functions) as FunctionName[]).map(errors) }),
          new GraphWidget({ title: "Throttles and lost events", width: 12, left: throttles, right: [waiting] }),
        ],
      ],
    });
  }

  private alarm(id: string, description: string, metric: IMetric, threshold: number): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: description,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}

function total(metrics: readonly IMetric[]): IMetric {
  const usingMetrics = Object.fromEntries(metrics.map((metric, i) => [`m${i}`, metric]));
  return new MathExpression({ expression: `SUM([${Object.keys(usingMetrics).join(",")}])`, usingMetrics, period });
}

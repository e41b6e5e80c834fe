import { Duration, TimeZone } from "aws-cdk-lib";
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { StepFunctionsStartExecution } from "aws-cdk-lib/aws-scheduler-targets";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { MachineName } from "#lib/ports/workflow.ts";
import { TIMER_TIMES, type TimerTimes } from "../timers.ts";

/** Below each timer's interval: a tick that comes later than the next one is of no use. */
const maxAge = ({ hours: [first, last] }: TimerTimes): Duration => (first === last ? Duration.hours(2) : Duration.minutes(30));

/**
 * What the machine gets at a tick. Delivery is at least once: the scheduled time is the tick's identity, so a second delivery
 * writes the same records again and nothing new.
 */
export function tickInput(machine: TimerTimes["machine"], scheduledTime: string): Record<string, unknown> {
  const tick = { run_id: `${machine}_${scheduledTime}`, owner: "system", tick: scheduledTime };
  return machine === "signals" ? { ...tick, request: { as_of: null, trained_model_id: null, scope: "all" } } : { ...tick, request: {} };
}

/** EventBridge Scheduler's timers, in the time zone of the exchange. */
export class Schedules extends Construct {
  constructor(
    scope: Construct,
    id: string,
    parts: { readonly machines: Readonly<Record<MachineName, StateMachine>>; readonly lostEvents: Queue },
  ) {
    super(scope, id);
    for (const timer of TIMER_TIMES) {
      const { id: name, machine, description, minute } = timer;
      const hour = timer.hours[0] === timer.hours[1] ? `${timer.hours[0]}` : timer.hours.join("-");
      new Schedule(this, name, {
        description,
        schedule: ScheduleExpression.cron({ minute: `${minute}`, hour, weekDay: "MON-FRI", timeZone: TimeZone.AMERICA_NEW_YORK }),
        target: new StepFunctionsStartExecution(parts.machines[machine], {
          input: ScheduleTargetInput.fromObject(tickInput(machine, ContextAttribute.scheduledTime)),
          deadLetterQueue: parts.lostEvents,
          maxEventAge: maxAge(timer),
          retryAttempts: 20,
        }),
      });
    }
  }
}

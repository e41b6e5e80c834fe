import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { createPlanRebuild } from "#functions/plan-rebuild/plan-rebuild.ts";
import { createPlanSignals } from "#functions/plan-signals/plan-signals.ts";
import { createPlanVolatility } from "#functions/plan-volatility/plan-volatility.ts";
import { tickInput } from "#infra/constructs/schedules.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { RunIdSchema } from "#lib/runs/run-record.schema.ts";
import { ofType, type Resource, synthesize, targetOf, textOf } from "./stack-fixture.ts";

const TICK = "2026-11-20T21:15:00Z";
/** What EventBridge Scheduler puts in place of the word when it delivers. */
const delivered = (input: unknown): Record<string, unknown> => JSON.parse(textOf(input).replaceAll("<aws.scheduler.scheduled-time>", TICK));

describe("Schedules", () => {
  let schedules: Resource[];
  let queue: string;
  beforeAll(() => {
    const { resources } = synthesize();
    schedules = ofType(resources, "AWS::Scheduler::Schedule").map(([, resource]) => resource);
    queue = ofType(resources, "AWS::SQS::Queue")[0]![0];
  }, 120_000);

  it("run on weekdays by the exchange's clock", () => {
    expect(
      schedules.map(({ Properties }) => [Properties["ScheduleExpression"], Properties["ScheduleExpressionTimezone"]]).toSorted(),
    ).toEqual([
      ["cron(15 16 ? * MON-FRI *)", "America/New_York"],
      ["cron(30 18 ? * MON-FRI *)", "America/New_York"],
      ["cron(32 10-15 ? * MON-FRI *)", "America/New_York"],
      ["cron(40 16 ? * MON-FRI *)", "America/New_York"],
    ]);
  });

  it("keep what cannot be delivered, and give up before the next tick", () => {
    const intervalSeconds = {
      "cron(15 16 ? * MON-FRI *)": 86_400,
      "cron(40 16 ? * MON-FRI *)": 86_400,
      "cron(30 18 ? * MON-FRI *)": 86_400,
      "cron(32 10-15 ? * MON-FRI *)": 3600,
    };
    for (const { Properties } of schedules) {
      const target = Properties["Target"] as {
        DeadLetterConfig: { Arn: unknown };
        RetryPolicy: { MaximumEventAgeInSeconds: number; MaximumRetryAttempts: number };
      };
      expect(targetOf(target.DeadLetterConfig.Arn)).toBe(queue);
      expect(target.RetryPolicy.MaximumEventAgeInSeconds).toBeLessThan(
        intervalSeconds[Properties["ScheduleExpression"] as keyof typeof intervalSeconds],
      );
      expect(target.RetryPolicy.MaximumRetryAttempts).toBeGreaterThan(0);
    }
  });

  it("hand over an input that the first step of the machine accepts", async () => {
    const clock = { now: () => Date.parse(TICK) };
    const ports = { metadata: createMemoryMetadataStore({ clock }), clock };
    for (const { Properties } of schedules) {
      const { Input, Arn } = Properties["Target"] as { Input: unknown; Arn: unknown };
      const machine =
        (["rebuild", "volatility"] as const).find((name) => targetOf(Arn).toLowerCase().startsWith(`machines${name}`)) ?? "signals";
      const input = delivered(Input);
      expect(input).toEqual(tickInput(machine, TICK));
      expect(RunIdSchema.parse(input["run_id"])).toBe(`${machine}_${TICK}`);

      const step = firstStepInput(machine, input);
      const [create, nothing] = {
        rebuild: [createPlanRebuild, { models: [] }] as const,
        volatility: [createPlanVolatility, { batches: [], series: 0, left_out: false }] as const,
        signals: [createPlanSignals, { due: [] }] as const,
      }[machine];
      expect(await create(ports)(step)).toEqual(nothing);
    }
  });
});

/** The fields that the machine's first state picks from the machine's input. */
function firstStepInput(machine: string, input: Record<string, unknown>): Record<string, unknown> {
  const definition = JSON.parse(readFileSync(new URL(`../../state-machines/${machine}.asl.json`, import.meta.url), "utf8"));
  const parameters = definition.States[definition.StartAt].Parameters as Record<string, string>;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, path]) => {
      const field = /^\$\.(\w+)$/.exec(path)![1]!;
      expect(input).toHaveProperty(field);
      return [name.replace(/\.\$$/, ""), input[field]];
    }),
  );
}

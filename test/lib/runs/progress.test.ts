import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsAfter, latestProgress, recordStepDone } from "#lib/runs/progress.ts";
import { createRunPorts } from "./fake-engine.ts";

const RUN = "sweep_1";
const step = (name: string, item = "", plans?: number | null) => ({
  step: name,
  item,
  message: `${name} ${item}`,
  ...(plans === undefined ? {} : { plans }),
});

describe("recordStepDone", () => {
  it("numbers events from 1 and counts them against what the plan said", async () => {
    const ports = createRunPorts();
    await recordStepDone(ports, RUN, step("PlanSweep", "", 4));
    await recordStepDone(ports, RUN, step("FitFold", "0"));
    expect(await eventsAfter(ports.metadata, RUN, 0)).toEqual([
      {
        seq: 1,
        at: "2026-01-02T21:00:00.000Z",
        step: "PlanSweep",
        item: null,
        message: "PlanSweep ",
        done: 1,
        expected: 4,
        share: 0.25,
      },
      { seq: 2, at: "2026-01-02T21:00:00.000Z", step: "FitFold", item: "0", message: "FitFold 0", done: 2, expected: 4, share: 0.5 },
    ]);
    expect(await eventsAfter(ports.metadata, RUN, 1)).toHaveLength(1);
  });

  it("gives a step that runs twice one event, also when both end at once", async () => {
    const ports = createRunPorts();
    await Promise.all([recordStepDone(ports, RUN, step("FitFold", "0")), recordStepDone(ports, RUN, step("FitFold", "0"))]);
    await recordStepDone(ports, RUN, step("FitFold", "0"));
    expect(await eventsAfter(ports.metadata, RUN, 0)).toHaveLength(1);
  });

  it("gives forty steps that end at once forty numbers without a gap", async () => {
    const ports = createRunPorts();
    await recordStepDone(ports, RUN, step("PlanSweep", "", 41));
    await Promise.all(Array.from({ length: 40 }, (_, i) => recordStepDone(ports, RUN, step("EvaluateVariants", String(i)))));
    const events = await eventsAfter(ports.metadata, RUN, 0);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 41 }, (_, i) => i + 1));
    expect(new Set(events.map(({ item }) => item)).size).toBe(41);
    expect((await latestProgress(ports.metadata, RUN)).share).toBe(1);
  });

  it("adds a later plan to what was done before, and claims no share while the rest is unknown", async () => {
    const ports = createRunPorts();
    await recordStepDone(ports, RUN, step("BuildMatrix", "", null));
    expect(await latestProgress(ports.metadata, RUN)).toMatchObject({ share: 0, last: { done: 1, expected: 2 } });
    await recordStepDone(ports, RUN, step("PlanBacktest", "", 7));
    expect(await latestProgress(ports.metadata, RUN)).toMatchObject({ share: 0.25, last: { done: 2, expected: 8 } });
  });

  it("does not count a plan again that is repeated", async () => {
    const ports = createRunPorts();
    await recordStepDone(ports, RUN, step("PlanSweep", "", 3));
    await recordStepDone(ports, RUN, step("FitFold", "0"));
    await recordStepDone(ports, RUN, step("PlanSweep", "", 3));
    expect((await latestProgress(ports.metadata, RUN)).last).toMatchObject({ done: 2, expected: 3 });
  });

  it("never lets the share fall nor the done exceed the expected, whatever is planned when", async () => {
    const plans = fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(plans, fc.constant(null)), { minLength: 1, maxLength: 25 }), async (planned) => {
        const ports = createRunPorts();
        for (const [i, each] of planned.entries()) await recordStepDone(ports, RUN, step("S", String(i), each));
        const events = await eventsAfter(ports.metadata, RUN, 0);
        expect(events).toHaveLength(planned.length);
        events.forEach(({ done, expected, share }, i) => {
          expect(done).toBeLessThanOrEqual(expected);
          expect(share).toBeGreaterThanOrEqual(events[i - 1]?.share ?? 0);
          expect(expected).toBeGreaterThanOrEqual(events[i - 1]?.expected ?? 1);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe("latestProgress", () => {
  it("is 0 of a run that has done nothing", async () => {
    expect(await latestProgress(createRunPorts().metadata, RUN)).toEqual({ share: 0, last: null });
  });
});

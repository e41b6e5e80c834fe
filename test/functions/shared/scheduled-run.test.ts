import { describe, expect, it } from "vitest";
import { createPlanSignals } from "#functions/plan-signals/plan-signals.ts";
import { createRecordOutcome } from "#functions/record-outcome/record-outcome.ts";
import { createMemoryAlertSink } from "#lib/adapters/memory/memory-alert-sink.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { findRun } from "#lib/runs/run-store.ts";

const clock = { now: () => Date.parse("2026-01-02T21:05:00Z") };
const tick = { run_id: "signals_2026-01-02T21:05:00Z", owner: "system", tick: "2026-01-02T21:05:00Z", request: { scope: "all" } };

describe("ensureScheduledRun", () => {
  it("gives a run to a tick that the schedule started, once", async () => {
    const metadata = createMemoryMetadataStore({ clock });
    const plan = createPlanSignals({ metadata, clock });
    expect(await plan(tick)).toEqual({ due: [] });
    await plan(tick);
    expect((await findRun(metadata, tick.run_id))?.run).toMatchObject({
      machine: "signals",
      owner: "system",
      status: "running",
      tag: "schedule",
    });
  });

  it("lets the execution's end be recorded under the run that its input names", async () => {
    const metadata = createMemoryMetadataStore({ clock });
    const alerts = createMemoryAlertSink();
    await createPlanSignals({ metadata, clock })(tick);
    await createRecordOutcome({ metadata, clock, alerts })({
      source: "aws.states",
      detail: {
        name: "2f0c-scheduler-name",
        input: JSON.stringify(tick),
        status: "TIMED_OUT",
        stopDate: clock.now(),
        output: null,
        error: null,
        cause: null,
      },
    });
    expect((await findRun(metadata, tick.run_id))?.run).toMatchObject({ status: "failed", error: { code: "TIMEOUT" } });
    expect(alerts.delivered.map(({ kind }) => kind)).toEqual(["run_failed"]);
  });
});

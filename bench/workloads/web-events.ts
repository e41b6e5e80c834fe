import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createSqliteMetadataStore } from "#lib/adapters/local/sqlite-metadata-store.ts";
import { createSystemClock } from "#lib/adapters/local/system-clock.ts";
import { recordStepDone } from "#lib/runs/progress.ts";
import { readRun, writeRun } from "#lib/runs/run-store.ts";
import { demoHome } from "../../test/web/e2e/support/demo-home.ts";
import { openTab, until } from "../../test/web/e2e/support/tab.ts";
import { readWorld } from "../../test/web/e2e/support/world.ts";
import { heapMb, inWebLab } from "../web-lab.ts";
import type { Workload } from "../workload.ts";

const EVENTS = 3600;
/** The page has shown what it shows of a run: its log is as long as it gets. */
const WARM_EVENTS = 400;
const BATCH = 20;
const BATCH_MS = 100;
const RUN_ID = "sweep_000000000000000000000001";

/** A page that stays open on a long run: an hour of events at one a second, in a shorter time. */
export const webEvents: Workload = {
  name: "web-events",
  title: `Web app: a run's page through ${EVENTS} streamed events`,
  async run() {
    const home = await demoHome();
    const clock = createSystemClock();
    const metadata = createSqliteMetadataStore({ path: join(home.path, "metadata.sqlite"), clock });
    const tell = async (from: number, to: number): Promise<void> => {
      for (let i = from; i < to; i += 1) {
        const plans = i === 0 ? { plans: EVENTS + WARM_EVENTS + 1 } : {};
        await recordStepDone({ metadata, clock }, RUN_ID, {
          step: "EvaluateVariants",
          item: String(i),
          message: `variant ${i} evaluated`,
          ...plans,
        });
        if (i % BATCH === BATCH - 1) await pause(BATCH_MS);
      }
    };
    return inWebLab({ path: home.path, remove: home.remove }, async ({ app, browser }) => {
      const { sweepRunId } = await readWorld(app.url);
      const { run } = await readRun(metadata, "local", sweepRunId);
      // So young that its engine may not know it yet: it counts as running for as long as this takes.
      const young = { status: "running", created_at: "2999-01-01T00:00:00.000Z", ended_at: null, outputs: null } as const;
      await writeRun(metadata, { ...run, ...young, run_id: RUN_ID as typeof run.run_id }, "absent");
      const tab = await openTab(browser, app.url);
      await tab.open(`/app/runs/${RUN_ID}`);
      const shows = (count: number) =>
        until(tab.page, `document.querySelector("main").innerText.includes("variant ${count - 1} evaluated")`, 60_000);
      await tell(0, WARM_EVENTS);
      await shows(WARM_EVENTS);
      const before = await heapMb(tab.page);
      const startedAt = performance.now();
      await tell(WARM_EVENTS, WARM_EVENTS + EVENTS);
      await shows(WARM_EVENTS + EVENTS);
      const seconds = (performance.now() - startedAt) / 1000;
      const after = await heapMb(tab.page);
      await tab.close();
      metadata.close();
      return [
        { label: `heap growth over ${EVENTS} events`, value: after - before, unit: "MB", aim: "<= 20 MB" },
        { label: "heap before", value: before, unit: "MB" },
        { label: "events a second, written and shown", value: EVENTS / seconds, unit: "", note: "as fast as they were written" },
      ];
    });
  },
};

import { setTimeout as sleep } from "node:timers/promises";
import { dueTicks, nextTick } from "#infra/timer-ticks.ts";
import { TIMER_TIMES } from "#infra/timers.ts";
import { command } from "../command.ts";
import { startTick, type TickOutcome } from "../ticks.ts";

export const schedule = command({
  name: "schedule",
  description:
    "Run the timers that EventBridge would: the signals tick, the daily implied volatilities and the nightly rebuild, in New York time",
  localOnly: "it runs the timers of this machine; a deployed system has its own",
  args: {
    once: { type: "boolean", description: "Start the latest due tick of each timer now, wait for it and end" },
  },
  examples: ["sigma schedule", "sigma schedule --once --json"],
  async run({ session, args }) {
    const system = await session.local();
    const { clock } = system.ports;
    if (args.once === true) {
      const now = clock.now();
      const started = [];
      for (const tick of dueTicks(now)) started.push(await startTick(session, system, tick));
      return {
        document: { ticks: started },
        text: started.map(tickText).join("\n"),
      };
    }

    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    process.once("SIGINT", onSignal);
    process.once("SIGTERM", onSignal);
    for (const { id, description } of TIMER_TIMES) session.note(`${id}: ${description}`);
    try {
      while (!stop.signal.aborted) {
        const tick = nextTick(clock.now());
        session.note(`Next: ${tick.timer} at ${new Date(tick.at).toISOString()} (Ctrl-C ends)`);
        await sleepUntil(tick.at, () => clock.now(), stop.signal);
        if (stop.signal.aborted) break;
        session.note(tickText(await startTick(session, system, tick)));
      }
    } finally {
      process.removeListener("SIGINT", onSignal);
      process.removeListener("SIGTERM", onSignal);
    }
    return undefined;
  },
});

/** A machine that sleeps wakes late: the clock is looked at again every minute instead of trusting one long timer. */
async function sleepUntil(at: number, now: () => number, signal: AbortSignal): Promise<void> {
  while (now() < at && !signal.aborted) await sleep(Math.min(60_000, Math.max(1, at - now())), undefined, { signal }).catch(() => {});
}

function tickText({ run_id, status, is_new, error, started }: TickOutcome): string {
  return [
    `${run_id}  ${status}${is_new ? "" : " (was done before)"}${error === null ? "" : `: ${error.detail} (${error.code})`}`,
    ...started.map((run) => `  ${run.run_id}  ${run.status}`),
  ].join("\n");
}

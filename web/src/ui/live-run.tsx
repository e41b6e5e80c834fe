import { Circle, CircleCheck, CircleDot } from "lucide-react";
import { useEffect, useState } from "react";
import type { Run } from "#client/sigma-client.ts";
import { useRunFeed } from "../data/run-events.ts";
import { formatNumber } from "../words/format.ts";
import { MACHINE_STAGES, secondsLeft, stagesOf, stepInWords } from "../words/runs.ts";
import { classes } from "./classes.ts";
import styles from "./live-run.module.css";
import { EventLog, ProgressLine } from "./run-progress.tsx";

/** The time left counts down between the events. */
const TICK_MS = 1_000;

function useSeconds(isRunning: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}

const MARKS = { done: CircleCheck, current: CircleDot, ahead: Circle } as const;

/**
 * A run as it goes on: bar, time left, its stages, and every step that ended. Read from the run's own events, so it is the same for
 * whoever comes back later.
 */
export function LiveRun({ run }: { readonly run: Run }) {
  const feed = useRunFeed(run.run_id);
  const isRunning = run.status === "running";
  const now = useSeconds(isRunning);
  const left = isRunning ? secondsLeft(feed.events, now) : undefined;
  const done = feed.last?.done ?? run.progress.done;
  const expected = feed.last?.expected ?? run.progress.expected;
  const stages = stagesOf(MACHINE_STAGES[run.machine] ?? [], feed.events, run.status === "succeeded");
  return (
    <div className={styles.live}>
      <ProgressLine run={run} feed={feed} />
      <div className={styles.pace}>
        <span>
          {formatNumber(done, "count")}
          {expected !== null && ` of ${formatNumber(expected, "count")}`} steps
        </span>
        {isRunning && <span>{left === undefined ? "Working out the time left" : `About ${formatNumber(left, "seconds")} left`}</span>}
      </div>
      {feed.state === "broken" && isRunning && (
        <p className={styles.broken} role="status">
          The live events broke off. The run goes on, and its state is asked for every few seconds.
        </p>
      )}
      {stages.length > 0 && (
        <ol className={styles.stages} aria-label="Stages">
          {stages.map(({ name, state, count }) => {
            const Mark = MARKS[state];
            return (
              <li key={name} className={classes(styles.stage, styles[state])}>
                <Mark size={14} aria-label={state === "done" ? "done" : state === "current" ? "going on" : "not begun"} />
                <span>{stepInWords(name)}</span>
                <span className={styles.count}>{count > 0 ? formatNumber(count, "count") : ""}</span>
              </li>
            );
          })}
        </ol>
      )}
      {feed.events.length > 0 && <EventLog feed={feed} />}
    </div>
  );
}

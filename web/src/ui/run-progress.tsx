import type { Run } from "#client/sigma-client.ts";
import { useAsk } from "../data/ask.ts";
import { type RunFeed, useRunFeed } from "../data/run-events.ts";
import { formatMoment, formatNumber } from "../words/format.ts";
import { RUN_STATUS_NAMES, stepInWords } from "../words/runs.ts";
import { classes } from "./classes.ts";
import styles from "./run-progress.module.css";
import { Loaded } from "./states.tsx";

export interface ProgressLineProps {
  readonly run: Pick<Run, "status" | "progress" | "step" | "message">;
  readonly feed?: RunFeed;
}

/** How far a run is, in one line and a bar. */
export function ProgressLine({ run, feed }: ProgressLineProps) {
  const running = run.status === "running";
  const share = run.status === "succeeded" ? 1 : (feed?.last?.share ?? run.progress.share);
  const step = stepInWords(feed?.last?.step ?? run.step ?? "");
  const message = feed?.last?.message ?? run.message ?? "";
  const status = RUN_STATUS_NAMES[run.status] ?? run.status;
  const what = running ? (step === "" ? "Starting" : message === "" ? step : `${step}: ${message}`) : status;
  return (
    <div className={classes(styles.progress, run.status === "failed" && styles.failed)}>
      <div className={styles.line}>
        <span className={styles.what} title={what}>
          {what}
        </span>
        <span className={styles.share}>{formatNumber(share, "share").replace(".0%", "%")}</span>
      </div>
      <progress className={styles.bar} max={1} value={share} aria-label={`${status}, ${step}`} />
    </div>
  );
}

/**
 * A run as it goes on: bar, step, and the steps that are done. Follows the run's events while it runs; whoever comes back later sees
 * the same.
 */
export function RunProgress({ runId, log = true }: { readonly runId: string; readonly log?: boolean }) {
  const query = useAsk("GET /runs/{run_id}", { params: { run_id: runId } }, { everyMs: 15_000 });
  const feed = useRunFeed(query.data?.status === "running" ? runId : undefined);
  return (
    <Loaded query={query} title="The run could not be read">
      {(run) => (
        <div>
          <ProgressLine run={run} feed={feed} />
          {log && feed.events.length > 0 && <EventLog feed={feed} />}
        </div>
      )}
    </Loaded>
  );
}

/** The last steps of a run, newest first. */
export function EventLog({ feed }: { readonly feed: RunFeed }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <ol className={styles.log} aria-label="Steps of the run" tabIndex={0}>
      {feed.events.toReversed().map(({ seq, at, step, item, message }) => (
        <li key={seq}>
          <span className={styles.time}>{formatMoment(at).slice(11, 16)}</span>
          <span>
            {stepInWords(step)}
            {item !== null && ` ${item}`}
            {message !== "" && `: ${message}`}
          </span>
        </li>
      ))}
    </ol>
  );
}

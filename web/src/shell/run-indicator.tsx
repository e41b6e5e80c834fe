import { Activity } from "lucide-react";
import { useAsk } from "../data/ask.ts";
import { buttonClass } from "../ui/button.tsx";
import { classes } from "../ui/classes.ts";
import { Moment } from "../ui/moment.tsx";
import { PlaceLink } from "../ui/place-link.tsx";
import { Popover } from "../ui/popover.tsx";
import { ProgressLine } from "../ui/run-progress.tsx";
import { formatNumber, plural } from "../words/format.ts";
import { PLACE_OF } from "../words/places.ts";
import { MACHINE_NAMES } from "../words/runs.ts";

import styles from "./frame.module.css";

/** In the cloud reads are counted by the minute. */
const BUSY_MS = 5_000;
const IDLE_MS = 20_000;

/** Runs that are going on, wherever the reader is: work is never lost by leaving its page. */
export function RunIndicator() {
  const query = useAsk(
    "GET /runs",
    { query: { status: "running", limit: 20 } },
    { everyMs: (answer) => (answer !== undefined && answer.rows.length > 0 ? BUSY_MS : IDLE_MS) },
  );
  const rows = query.data?.rows ?? [];
  const first = rows[0];
  const says =
    first === undefined
      ? "No runs"
      : rows.length === 1
        ? `Running ${formatNumber(first.progress.share, "share")}`
        : `${rows.length} running`;
  return (
    <Popover
      className={classes(buttonClass(rows.length > 0 ? "plain" : "quiet"), styles.runs)}
      aria-label={first === undefined ? `${says} going on` : `${says}: ${plural(rows.length, "run")} going on`}
      align="end"
      title="Runs going on"
      content={() =>
        rows.length === 0 ? (
          <p className={styles.soft}>None. Builds, backtests, sweeps and trainings show up here, whichever page you are on.</p>
        ) : (
          <ul className={styles.runList}>
            {rows.map((run) => (
              <li key={run.run_id}>
                <div className={styles.runHead}>
                  <PlaceLink to={PLACE_OF.run(run.run_id)}>
                    {MACHINE_NAMES[run.machine]} {run.model_id}
                  </PlaceLink>
                  <Moment at={run.created_at} ago />
                </div>
                <ProgressLine run={run} />
              </li>
            ))}
          </ul>
        )
      }
    >
      <Activity size={16} aria-hidden="true" />
      <span className={styles.wide}>{says}</span>
      {rows.length > 0 && <span className={styles.narrow}>{rows.length}</span>}
    </Popover>
  );
}

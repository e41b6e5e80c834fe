import type { AnswerOf, RowOf } from "../../data/ask.ts";
import { useRunFeed } from "../../data/run-events.ts";
import { StatusChip } from "../../ui/chip.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { ProgressLine } from "../../ui/run-progress.tsx";
import { type Asked, EmptyState, Loaded } from "../../ui/states.tsx";
import { formatNumber } from "../../words/format.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { MACHINE_NAMES, RUN_STATUS_NAMES } from "../../words/runs.ts";
import styles from "./dashboard.module.css";

const SHOWN = 8;
/** Browsers keep few connections to one server; the others are read with the list. */
const FOLLOWED = 2;

/** The newest runs, those that go on with their progress. */
export function RecentRuns({ query }: { readonly query: Asked<AnswerOf<"GET /runs">> }) {
  return (
    <Loaded query={query} title="Runs could not be read">
      {({ rows }) => {
        if (rows.length === 0)
          return (
            <EmptyState title="No run yet" action={<PlaceLink to={PAGE.createModel}>Create a model</PlaceLink>}>
              Builds, backtests, sweeps, trainings and signals of your models are listed here, newest first.
            </EmptyState>
          );
        const running = rows.filter(({ status }) => status === "running").map(({ run_id }) => run_id);
        return (
          <ul className={styles.runs}>
            {rows.slice(0, SHOWN).map((run) => (
              <RunLine key={run.run_id} run={run} follows={running.indexOf(run.run_id) >= 0 && running.indexOf(run.run_id) < FOLLOWED} />
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}

function RunLine({ run, follows }: { readonly run: RowOf<"GET /runs">; readonly follows: boolean }) {
  const feed = useRunFeed(follows ? run.run_id : undefined);
  const { run_id, machine, model_id, status, created_at, ended_at, error } = run;
  const took = ended_at === null ? null : (Date.parse(ended_at) - Date.parse(created_at)) / 1000;
  return (
    <li>
      <span className={styles.runName}>
        <PlaceLink to={PLACE_OF.run(run_id)}>
          {MACHINE_NAMES[machine]} {model_id}
        </PlaceLink>
      </span>
      {status === "running" ? (
        <ProgressLine run={run} {...(follows ? { feed } : {})} />
      ) : (
        <span className={styles.runName}>
          <StatusChip status={status} name={RUN_STATUS_NAMES[status] ?? status} />{" "}
          {error === null ? (
            took !== null && <span className={styles.soft}>in {formatNumber(took, "seconds")}</span>
          ) : (
            <span className={styles.failure} title={error.detail}>
              {error.detail}
            </span>
          )}
        </span>
      )}
      <span className={styles.runEnd}>
        <Moment at={created_at} ago />
      </span>
    </li>
  );
}

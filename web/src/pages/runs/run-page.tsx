import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Run } from "#client/sigma-client.ts";
import { isErrorCode } from "#lib/errors/catalog.ts";
import { ERROR_GUIDE } from "#lib/errors/guide.ts";
import { useAsk } from "../../data/ask.ts";
import { useNow } from "../../data/now.ts";
import { Chip, StatusChip } from "../../ui/chip.tsx";
import { classes } from "../../ui/classes.ts";
import { Identifier } from "../../ui/identifier.tsx";
import { LiveRun } from "../../ui/live-run.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Grid, PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { leadsOn, RunNext } from "../../ui/run-next.tsx";
import { RunResult } from "../../ui/run-result.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import { formatNumber, plural } from "../../words/format.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { MACHINE_LEADS, MACHINE_NAMES, RUN_STATUS_NAMES, secondsBetween } from "../../words/runs.ts";
import { RunActions } from "./run-actions.tsx";
import styles from "./runs.module.css";

const route = getRouteApi("/runs/$runId");

/** Between the events of a run the record says whether it still lives. */
const BUSY_MS = 3_000;

/** One run: how far it is, what went wrong and how to go on, what it made, and what comes next. */
export function RunPage() {
  const { runId } = route.useParams();
  const request = { params: { run_id: runId } };
  const query = useAsk("GET /runs/{run_id}", request, { everyMs: BUSY_MS });
  const head = <PageHeader title="Run" trail={<PlaceLink to={PAGE.runs}>Runs</PlaceLink>} />;
  return (
    <>
      {query.data === undefined && head}
      <Loaded query={query} title="The run could not be read" skeleton={<Skeleton lines={6} />}>
        {(run) => <RunView run={run} />}
      </Loaded>
    </>
  );
}

function RunView({ run }: { readonly run: Run }) {
  const navigate = useNavigate();
  const { machine, model_id, pack_id, status, attempt, run_id } = run;
  const kind = MACHINE_NAMES[machine] ?? machine;
  const hasResult = run.outputs !== null && status === "succeeded";
  return (
    <>
      <PageHeader
        title={model_id === null ? kind : `${kind}: ${model_id}`}
        trail={<PlaceLink to={PAGE.runs}>Runs</PlaceLink>}
        marks={
          <>
            <StatusChip status={status} name={RUN_STATUS_NAMES[status] ?? status} />
            {attempt > 1 && <Chip>Attempt {attempt}</Chip>}
          </>
        }
        lead={MACHINE_LEADS[machine]}
        actions={<RunActions run={run} />}
      />
      <Grid>
        {status === "failed" && run.error !== null && (
          <div className={styles.trouble} role="alert">
            <Failure error={run.error} />
          </div>
        )}
        {status === "interrupted" && (
          <div className={classes(styles.trouble, styles.paused)} role="alert">
            <h3>Interrupted</h3>
            <p>
              The server that worked on this run stopped. {plural(run.progress.done, "step is", "steps are")} finished and kept. Press
              Resume to go on from there, or Cancel to leave it.
            </p>
          </div>
        )}
        {status === "canceled" && (
          <div className={classes(styles.trouble, styles.paused)}>
            <h3>Canceled</h3>
            <p>{plural(run.progress.done, "finished step is", "finished steps are")} kept. Press Resume to go on from there.</p>
          </div>
        )}
        {leadsOn(run) && (
          <Panel title="What to do next">
            <RunNext run={run} onStarted={(next) => void navigate({ to: PLACE_OF.run(next) })} />
          </Panel>
        )}
        {hasResult && (
          <Panel title="What it made" span={8}>
            <RunResult run={run} />
          </Panel>
        )}
        <div className={hasResult ? styles.side : styles.whole}>
          <Panel title="Progress">
            {/* Another attempt is followed anew. */}
            <LiveRun key={`${attempt} ${status === "running"}`} run={run} />
          </Panel>
          <Panel title="Details">
            <dl className={styles.facts}>
              <dt>Run</dt>
              <dd>
                <Identifier id={run_id} most={26} />
              </dd>
              {pack_id !== null && model_id !== null && (
                <>
                  <dt>Model</dt>
                  <dd>
                    <PlaceLink to={PLACE_OF.model(pack_id, model_id)}>{model_id}</PlaceLink>
                  </dd>
                  <dt>Pack</dt>
                  <dd>
                    <PlaceLink to={PLACE_OF.pack(pack_id)}>{pack_id}</PlaceLink>
                  </dd>
                </>
              )}
              <dt>Started</dt>
              <dd>
                <Moment at={run.created_at} />
              </dd>
              <dt>Ended</dt>
              <dd>{run.ended_at === null ? "Not yet" : <Moment at={run.ended_at} />}</dd>
              <dt>Duration</dt>
              <dd>
                <Duration run={run} />
              </dd>
              {run.tag !== null && (
                <>
                  <dt>Tag</dt>
                  <dd>{run.tag}</dd>
                </>
              )}
            </dl>
          </Panel>
        </div>
      </Grid>
    </>
  );
}

function Duration({ run }: { readonly run: Run }) {
  const now = useNow();
  return <>{run.status === "interrupted" ? "Not known" : formatNumber(secondsBetween(run.created_at, run.ended_at, now), "seconds")}</>;
}

/** What happened in the API's own words, what the code means, and what to do. */
function Failure({ error: { code, detail } }: { readonly error: NonNullable<Run["error"]> }) {
  const guide = isErrorCode(code) ? ERROR_GUIDE[code] : undefined;
  return (
    <>
      <h3>{detail}</h3>
      {guide !== undefined && (
        <>
          <p>{guide.meaning.replaceAll("`", "")}</p>
          <p>{guide.remedy.replaceAll("`", "")}</p>
        </>
      )}
      <p className={styles.code}>{code}</p>
    </>
  );
}

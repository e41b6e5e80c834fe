import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type AnswerOf, keyOf, useAct, useAsk } from "../../data/ask.ts";
import { useGoingOn } from "../../data/going-on.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { StatusChip } from "../../ui/chip.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { DataMarks } from "../../ui/data-mark.tsx";
import { GoOn } from "../../ui/go-on.tsx";
import { Grid, PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { CartBar } from "../../ui/results/cart-bar.tsx";
import { RunProgress } from "../../ui/run-progress.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { say, sayFailure } from "../../ui/toast.tsx";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { RUN_STATUS_NAMES } from "../../words/runs.ts";
import { SweepResults } from "./sweep-results.tsx";
import styles from "./sweeps.module.css";

type Found = AnswerOf<"GET /sweeps/{sweep_id}">;

/** One sweep: its progress while it runs, then its verdict and every variant. */
export function SweepPage() {
  const { sweepId } = getRouteApi("/sweeps/$sweepId").useParams();
  const navigate = useNavigate({ from: "/sweeps/$sweepId" });
  const [runs, setRuns] = useState(true);
  const query = useAsk("GET /sweeps/{sweep_id}", { params: { sweep_id: sweepId } }, { everyMs: runs ? 2_000 : false });
  const running = query.data?.run?.status === "running";
  if (query.data !== undefined && running !== runs) setRuns(running);
  const { sweep, run } = query.data ?? { sweep: null, run: null };
  const model = sweep ?? run;
  const modelId = model?.model_id ?? undefined;
  const packId = model?.pack_id ?? undefined;
  return (
    <>
      <PageHeader
        title={modelId === undefined ? "Sweep" : `Sweep of ${modelId}`}
        trail={<PlaceLink to={PAGE.sweeps}>Sweeps</PlaceLink>}
        marks={
          <>
            {run !== null && run.status !== "succeeded" && (
              <StatusChip status={run.status} name={RUN_STATUS_NAMES[run.status] ?? run.status} />
            )}
            {sweep !== null && <DataMarks stamps={sweep.stamps} />}
          </>
        }
        actions={
          <>
            {running && <CancelSweep sweepId={sweepId} />}
            {packId !== undefined && modelId !== undefined && !running && (
              <PlaceLink to={PAGE.newSweep} search={{ pack: packId, model: modelId }} className={buttonClass()}>
                Sweep this model again
              </PlaceLink>
            )}
          </>
        }
      />
      <Loaded query={query} title="The sweep could not be read">
        {(found) =>
          found.sweep === null ? (
            <Unfinished
              found={found}
              onStart={() => void navigate({ to: PAGE.newSweep, search: { pack: packId, model: modelId } as never })}
            />
          ) : (
            <SweepResults sweep={found.sweep} />
          )
        }
      </Loaded>
      <CartBar />
    </>
  );
}

function Unfinished({ found, onStart }: { readonly found: Found; readonly onStart: () => void }) {
  const { run } = found;
  if (run === null)
    return (
      <EmptyState title="Nothing is known of this sweep" action={<PlaceLink to={PAGE.sweeps}>All sweeps</PlaceLink>}>
        Its run has been removed.
      </EmptyState>
    );
  return (
    <Grid>
      <Panel title="Progress" note={run.status === "running" ? "goes on when this page is closed" : undefined}>
        <RunProgress runId={run.run_id} />
        {run.status !== "running" && (
          <>
            {run.error !== null && <p className={styles.failure}>{run.error.detail}</p>}
            <div className={styles.buttons}>
              <ResumeSweep runId={run.run_id} />
              <Button onClick={onStart}>Change and start again</Button>
              <PlaceLink to={PLACE_OF.run(run.run_id)} className={buttonClass()}>
                Open the run
              </PlaceLink>
            </div>
          </>
        )}
      </Panel>
    </Grid>
  );
}

/** What is done stays done: the run goes on where it was. */
function ResumeSweep({ runId }: { readonly runId: string }) {
  const resume = useAct("POST /runs/{run_id}/resume", ["GET /runs", "GET /runs/{run_id}", "GET /sweeps/{sweep_id}"]);
  const { state, goOn, leave } = useGoingOn(
    () => resume.mutateAsync({ params: { run_id: runId } }),
    () => say("The sweep goes on"),
    (error) => sayFailure("The sweep could not go on", error),
  );
  return (
    <GoOn state={state} onGoOn={goOn} onLeave={leave}>
      Go on with it
    </GoOn>
  );
}

function CancelSweep({ sweepId }: { readonly sweepId: string }) {
  const [asks, setAsks] = useState(false);
  const queries = useQueryClient();
  const cancel = useAct("DELETE /sweeps/{sweep_id}", ["GET /sweeps/{sweep_id}", "GET /runs", "GET /runs/{run_id}"]);
  const stop = async (): Promise<void> => {
    try {
      await cancel.mutateAsync({ params: { sweep_id: sweepId } });
      say("The sweep was canceled", "What was evaluated is kept; going on begins there.");
    } catch (error) {
      sayFailure("The sweep could not be canceled", error as Error);
      await queries.invalidateQueries({ queryKey: keyOf("GET /sweeps/{sweep_id}") });
    }
    setAsks(false);
  };
  return (
    <>
      <Button kind="danger" onClick={() => setAsks(true)}>
        Cancel sweep
      </Button>
      <Confirm
        open={asks}
        onOpenChange={setAsks}
        title="Cancel this sweep?"
        verb="Cancel sweep"
        keep="Let it run"
        busy={cancel.isPending}
        onConfirm={() => void stop()}
      >
        Nothing more is started. Variants that were evaluated are kept but not judged: a verdict needs all of them. You can go on with it
        later.
      </Confirm>
    </>
  );
}

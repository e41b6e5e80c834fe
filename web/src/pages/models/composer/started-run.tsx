import { useEffect } from "react";
import { useAct, useAsk } from "../../../data/ask.ts";
import { Button } from "../../../ui/button.tsx";
import { PlaceLink } from "../../../ui/place-link.tsx";
import { RunProgress } from "../../../ui/run-progress.tsx";
import { sayFailure } from "../../../ui/toast.tsx";
import { PLACE_OF } from "../../../words/places.ts";
import { MACHINE_NAMES } from "../../../words/runs.ts";
import { useModelRefresh } from "../model-query.ts";
import styles from "../models.module.css";
import type { Job } from "./compose.ts";

const NEXT: Readonly<Record<string, { readonly job: Job; readonly says: string }>> = {
  build: { job: "sweep", says: "Sweep it next" },
  backtest: { job: "train", says: "Train a result" },
  sweep: { job: "train", says: "Train a result" },
};

export interface StartedRunProps {
  readonly runId: string;
  readonly onNext: (job: Job) => void;
}

/** A run that was started here, as it goes on, and what follows when it has ended. */
export function StartedRun({ runId, onNext }: StartedRunProps) {
  const query = useAsk("GET /runs/{run_id}", { params: { run_id: runId } }, { everyMs: 15_000 });
  const cancel = useAct("DELETE /runs/{run_id}", ["GET /runs", "GET /runs/{run_id}"]);
  const refresh = useModelRefresh();
  const run = query.data;
  const status = run?.status;
  const hasEnded = status !== undefined && status !== "running";
  // What a finished run made of the model is read again, also when it had ended before anybody looked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each run
  useEffect(() => {
    if (hasEnded) void refresh();
  }, [hasEnded]);
  const next = run?.status === "succeeded" ? NEXT[run.machine] : undefined;
  const sweep = run?.links["sweep"]?.split("/").at(-1);
  return (
    <div className={styles.started}>
      <p className={styles.says}>
        <PlaceLink to={PLACE_OF.run(runId)}>{run === undefined ? runId : (MACHINE_NAMES[run.machine] ?? run.machine)}</PlaceLink>
      </p>
      <RunProgress runId={runId} />
      {run?.error && (
        <p className={styles.warning} role="alert">
          {run.error.detail}
        </p>
      )}
      <div className={styles.submit}>
        {run?.status === "running" && (
          <Button
            small
            busy={cancel.isPending}
            onClick={() => cancel.mutate({ params: { run_id: runId } }, { onError: (error) => sayFailure("It was not canceled", error) })}
          >
            Cancel
          </Button>
        )}
        {sweep !== undefined && <PlaceLink to={PLACE_OF.sweep(sweep)}>Results of the sweep</PlaceLink>}
        {run?.machine === "backtest" && run.status === "succeeded" && <PlaceLink to={PLACE_OF.run(runId)}>Report</PlaceLink>}
        {next !== undefined && (
          <Button small onClick={() => onNext(next.job)}>
            {next.says}
          </Button>
        )}
      </div>
    </div>
  );
}

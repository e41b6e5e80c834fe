import { useNavigate } from "@tanstack/react-router";
import { ArrowLeft, Play } from "lucide-react";
import { useState } from "react";
import { useAct, useAsk } from "../../data/ask.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Chip, Chips, StatusChip } from "../../ui/chip.tsx";
import { LiveRun } from "../../ui/live-run.tsx";
import { Grid, PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { leadsOn, RunNext } from "../../ui/run-next.tsx";
import { RunResult } from "../../ui/run-result.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState, Loaded } from "../../ui/states.tsx";
import { say } from "../../ui/toast.tsx";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { RUN_STATUS_NAMES } from "../../words/runs.ts";
import styles from "./create.module.css";
import { STEPS } from "./draft.ts";
import { entryInWords } from "./indicator-params.ts";
import { foldsObjection, planBody, planInWords } from "./plan.ts";
import type { StepProps } from "./step-props.ts";
import { Stepper } from "./stepper.tsx";

type StepRunProps = { readonly runId: string } | (StepProps & { readonly onStarted: (runId: string) => void; readonly onBack: () => void });

/** Saves the model and runs its pipeline, or shows the run that was started so. */
export function StepRun(props: StepRunProps) {
  return "runId" in props ? <Running runId={props.runId} /> : <Save {...props} />;
}

function Save({
  values,
  request,
  judged: { verdict, isBehind, isComplete },
  plan,
  onStarted,
  onBack,
}: StepProps & { readonly onStarted: (runId: string) => void; readonly onBack: () => void }) {
  const navigate = useNavigate();
  const create = useAct("POST /models", ["GET /models", "GET /packs/{pack_id}/models"]);
  const pipeline = useAct("POST /pipeline", ["GET /runs"]);
  const [saved, setSaved] = useState<{ readonly model_id: string; readonly pack_id: string }>();
  const [error, setError] = useState<Error>();
  const isBusy = create.isPending || pipeline.isPending;
  const model = verdict?.model;
  const objection = foldsObjection(plan);

  const save = async () => {
    const made = await create.mutateAsync({ body: request as never });
    setSaved(made);
    return made;
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      setError(failure as Error);
    }
  };
  const run = (): Promise<void> =>
    attempt(async () => {
      const { model_id, pack_id } = saved ?? (await save());
      const { run_id } = (await pipeline.mutateAsync({ body: { pack_id, model_id, ...planBody(plan) } as never })) as { run_id: string };
      onStarted(run_id);
    });
  const saveOnly = (): Promise<void> =>
    attempt(async () => {
      const { model_id, pack_id } = saved ?? (await save());
      say("Saved", `${model_id} can be built and evaluated whenever you like.`);
      void navigate({ to: PLACE_OF.model(pack_id, model_id) });
    });

  return (
    <>
      <Panel title="What will be made">
        {model == null ? (
          isBehind ? (
            <Skeleton lines={6} />
          ) : (
            <p className={styles.soft}>
              The model is not coherent yet. What has to change stands beside, with the step where you can change it.
            </p>
          )
        ) : (
          <dl className={styles.facts}>
            <dt>Model</dt>
            <dd>
              <code>{verdict?.model_id}</code>
            </dd>
            <dt>Data</dt>
            <dd>
              {model.config.data.symbol} of {model.config.data.provider}, {model.config.cadence} bars
            </dd>
            <dt>Indicators</dt>
            <dd>{model.indicators.map((entry) => entryInWords(entry as never)).join(", ")}</dd>
            <dt>Strategy</dt>
            <dd>{model.config.strategy ?? "None"}</dd>
            <dt>Risk profile</dt>
            <dd>{model.config.risk_profile}</dd>
            <dt>Then</dt>
            <dd>{planInWords(plan)}</dd>
          </dl>
        )}
        {model != null && (
          <Chips>
            {model.tags.map((tag) => (
              <Chip key={tag}>{tag.replaceAll("_", " ")}</Chip>
            ))}
          </Chips>
        )}
      </Panel>
      {error !== undefined && (
        <ErrorState
          error={error}
          title={saved === undefined ? "The model was not saved" : `${saved.model_id} is saved, but its pipeline did not start`}
          onRetry={() => void run()}
        />
      )}
      {objection !== undefined && (
        <p className={styles.warn} role="alert">
          It cannot run yet: under Settings, the number of walk-forward folds {objection}.
        </p>
      )}
      <div className={styles.steps}>
        <Button icon={ArrowLeft} onClick={onBack}>
          Back
        </Button>
        <span className={styles.forward}>
          <Button disabled={isBusy || isBehind || !isComplete || verdict?.valid !== true} onClick={() => void saveOnly()}>
            Save only
          </Button>
          <Button
            kind="primary"
            icon={Play}
            busy={isBusy}
            disabled={objection !== undefined || (saved === undefined && (isBehind || !isComplete || verdict?.valid !== true))}
            onClick={() => void run()}
          >
            Save and run
          </Button>
        </span>
      </div>
      <p className={styles.note}>
        {values.data.provider === "sample"
          ? "On the sample data this takes some seconds."
          : "You can leave while it runs: it is found under Runs."}
      </p>
    </>
  );
}

/** The pipeline as it runs, in the wizard's own frame, and what to do at its end. */
function Running({ runId }: { readonly runId: string }) {
  const navigate = useNavigate();
  const query = useAsk("GET /runs/{run_id}", { params: { run_id: runId } }, { everyMs: 3_000 });
  return (
    <>
      <PageHeader
        title="Create a model"
        trail={<PlaceLink to={PAGE.createModel}>Templates</PlaceLink>}
        lead="Saved. Its pipeline runs by itself: you can leave and find it again under Runs."
      />
      <Stepper
        steps={STEPS.filter((step) => step !== "flow")}
        current="run"
        errors={[]}
        onOpen={() => void navigate({ to: PAGE.createModel })}
      />
      <Loaded query={query} title="The run could not be read">
        {(run) => (
          <Grid>
            {leadsOn(run) && (
              <Panel title="What to do next">
                <RunNext run={run} onStarted={(next) => void navigate({ to: PLACE_OF.run(next) })} />
              </Panel>
            )}
            <Panel
              title={run.model_id ?? "Pipeline"}
              span={run.status === "succeeded" ? 4 : 12}
              actions={<StatusChip status={run.status} name={RUN_STATUS_NAMES[run.status] ?? run.status} />}
            >
              <LiveRun key={`${run.attempt} ${run.status === "running"}`} run={run} />
              {run.status !== "succeeded" && run.status !== "running" && (
                <p className={styles.warn} role="alert">
                  {run.error?.detail ?? "It stopped before its end. What is finished is kept."}
                </p>
              )}
              <div className={styles.save}>
                <PlaceLink to={PLACE_OF.run(run.run_id)} className={buttonClass()}>
                  {run.status === "running" ? "Open the run" : run.status === "succeeded" ? "Open the run" : "Open the run to go on"}
                </PlaceLink>
                {run.pack_id !== null && run.model_id !== null && (
                  <PlaceLink to={PLACE_OF.model(run.pack_id, run.model_id)} className={buttonClass()}>
                    Open the model
                  </PlaceLink>
                )}
              </div>
            </Panel>
            {run.status === "succeeded" && (
              <Panel title="What it made" span={8}>
                <RunResult run={run} />
              </Panel>
            )}
          </Grid>
        )}
      </Loaded>
    </>
  );
}

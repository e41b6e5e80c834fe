import { type ReactNode, useEffect, useRef, useState } from "react";
import { type Resolver, useForm, useWatch } from "react-hook-form";
import { ProblemError } from "#client/problem.ts";
import { useAct, useAsk } from "../../../data/ask.ts";
import { Button } from "../../../ui/button.tsx";
import { showServerIssues } from "../../../ui/form/server-issues.ts";
import { SplitFields } from "../../../ui/form/split-fields.tsx";
import { Grid, Panel } from "../../../ui/panel.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { plural } from "../../../words/format.ts";
import { MatrixChip } from "../matrix-chip.tsx";
import { MATRIX_STATES } from "../model-line.ts";
import type { TaggedModel } from "../model-query.ts";
import { useModelSearch } from "../model-search.ts";
import styles from "../models.module.css";
import { CalibratePanel } from "./calibrate-panel.tsx";
import { type ComposeDraft, EMPTY_DRAFT, issuesOf, JOBS, type Job, requestOf } from "./compose.ts";
import { Estimate } from "./estimate.tsx";
import { BuildFields, EvaluateFields, SweepFields, TrainFields } from "./job-fields.tsx";
import { StartedRun } from "./started-run.tsx";

const WORDS: Readonly<Record<Job, { readonly name: string; readonly verb: string; readonly says: string }>> = {
  build: {
    name: "Build",
    verb: "Build matrix",
    says: "Computes features and label over the window, proves that nothing looks ahead, and stores the matrix.",
  },
  backtest: {
    name: "Backtest",
    verb: "Start backtest",
    says: "Trains on the past and tests on what follows, fold by fold. Each threshold counts as a trial.",
  },
  sweep: {
    name: "Sweep",
    verb: "Start sweep",
    says: "Trades the same forecasts in many ways and judges all of them together. The more variants, the more luck must be ruled out.",
  },
  train: {
    name: "Train",
    verb: "Start training",
    says: "Fits chosen results anew on all rows before the holdout, then looks at the holdout once.",
  },
  pipeline: {
    name: "All in one",
    verb: "Start pipeline",
    says: "Builds the matrix, evaluates, and trains the best result if it passes the gate and you allow it.",
  },
};

/** Fields of the form that the server's objections can stand beside. */
const FIELDS = Object.keys({
  ...EMPTY_DRAFT,
  start: 0,
  end: 0,
  thresholds: 0,
  threshold_mode: 0,
  top_pct: 0,
  calibration: 0,
  embargo_bars: 0,
  preset: 0,
  thresholds_variants: 0,
  allowed_hours_variants: 0,
  top_pct_variants: 0,
  override_reason: 0,
}) as (keyof ComposeDraft)[];

/** Build, backtest, sweep and train from one page, with the requests of the API, and the progress beside it. */
export function ComposerTab({ tagged: { detail } }: { readonly tagged: TaggedModel }) {
  const { pack_id, model_id, config, matrix } = detail;
  const { search, set } = useModelSearch();
  const job: Job = search.job ?? (matrix.status === "current" ? "sweep" : "build");
  const ids = { pack_id, model_id };
  const [failure, setFailure] = useState<{ readonly error: Error; readonly rest: readonly string[] }>();
  const current = useRef(job);
  current.current = job;
  const [resolver] = useState(
    (): Resolver<ComposeDraft> => (values) => {
      const issues = issuesOf(current.current, values, ids);
      if (issues.length === 0) return { values, errors: {} };
      return {
        values: {},
        errors: Object.fromEntries(issues.toReversed().map(({ path, message }) => [path, { type: "schema", message }])),
      };
    },
  );
  const form = useForm<ComposeDraft>({
    resolver,
    defaultValues: { ...EMPTY_DRAFT, start: config.window.start ?? undefined, end: config.window.end ?? undefined },
    mode: "onBlur",
  });
  const draft = useWatch({ control: form.control }) as ComposeDraft;
  const changes = ["GET /runs", "GET /models", "GET /models/{model_id}"] as const;
  const acts = {
    build: useAct("POST /build_matrix", changes),
    backtest: useAct("POST /backtest", changes),
    sweep: useAct("POST /sweeps", changes),
    train: useAct("POST /train", changes),
    pipeline: useAct("POST /pipeline", changes),
  };
  const performance = useAsk("GET /models/{model_id}/performance", { params: { model_id }, query: { pack_id } });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said of another job says nothing of this one
  useEffect(() => {
    form.clearErrors();
    setFailure(undefined);
  }, [job]);

  const start = form.handleSubmit(async (values) => {
    setFailure(undefined);
    try {
      const { run_id } = await acts[job].mutateAsync({ body: requestOf(job, values, ids) } as never);
      set({ run: run_id });
    } catch (error) {
      setFailure({ error: error as Error, rest: showServerIssues(form, error as Error, FIELDS) });
    }
  });

  const { says, verb } = WORDS[job];
  const isEvaluation = job === "backtest" || job === "sweep" || job === "pipeline";
  const needsMatrix = job !== "build" && job !== "pipeline" && matrix.status !== "current";
  const evaluated = job === "pipeline" ? draft.evaluate : job;
  const shared = { control: form.control, draft, config };
  return (
    <Grid>
      <Panel
        title="Compose"
        span={8}
        note={
          <>
            <MatrixChip status={matrix.status} /> {MATRIX_STATES[matrix.status]?.says}
          </>
        }
      >
        <fieldset className={styles.jobs}>
          <legend className={styles.hidden}>What to do</legend>
          {JOBS.map((each) => (
            <label key={each} className={styles.job} data-chosen={each === job ? "" : undefined}>
              <input type="radio" name="job" value={each} checked={each === job} onChange={() => set({ job: each })} />
              {WORDS[each].name}
            </label>
          ))}
        </fieldset>
        <p className={styles.says}>{says}</p>
        {needsMatrix && (
          <p className={styles.warning} role="note">
            {matrix.status === "none"
              ? "There is no matrix yet: build it first, or do all in one."
              : "The matrix does not say what the model says now. Build it again first, or do all in one."}
          </p>
        )}
        <form className={styles.form} noValidate onSubmit={(event) => void start(event)}>
          {(job === "build" || job === "pipeline") && <BuildFields {...shared} isPipeline={job === "pipeline"} />}
          {evaluated === "backtest" && <EvaluateFields {...shared} />}
          {evaluated === "sweep" && <SweepFields {...shared} />}
          {isEvaluation && (
            <div className={styles.row}>
              <SplitFields control={form.control} kind={draft.split_kind} />
            </div>
          )}
          {job === "train" && <TrainFields {...shared} performance={performance.data} />}
          {failure !== undefined && <Refused failure={failure} />}
          <div className={styles.submit}>
            <Button kind="primary" type="submit" busy={acts[job].isPending}>
              {verb}
            </Button>
            {evaluated === "sweep" && <Estimate request={requestOf("sweep", draft, ids)} check={() => form.trigger()} />}
          </div>
        </form>
      </Panel>
      <Panel title="Progress" span={4} note={search.run === undefined ? undefined : "you can leave: it goes on"}>
        {search.run === undefined ? (
          <p className={styles.says}>What you start is followed here, step by step. Earlier runs are under Runs.</p>
        ) : (
          <StartedRun key={search.run} runId={search.run} onNext={(next) => set({ job: next })} />
        )}
      </Panel>
      <CalibratePanel detail={detail} onStarted={(run) => set({ run })} />
    </Grid>
  );
}

function Refused({
  failure: { error, rest },
}: {
  readonly failure: { readonly error: Error; readonly rest: readonly string[] };
}): ReactNode {
  const isPlaced = error instanceof ProblemError && (error.problem.field_errors ?? []).length > 0 && rest.length === 0;
  if (isPlaced)
    return (
      <p className={styles.warning} role="alert">
        Not started: {plural((error.problem.field_errors ?? []).length, "field")} above must change.
      </p>
    );
  return <ErrorState error={error} title="It was not started" />;
}

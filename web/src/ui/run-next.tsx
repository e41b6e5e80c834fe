import { useState } from "react";
import type { Run } from "#client/sigma-client.ts";
import { useAct } from "../data/ask.ts";
import { type NextStep, nextStepOf, outcomeOf } from "../words/outcome.ts";
import { PAGE, PLACE_OF } from "../words/places.ts";
import { Button, buttonClass } from "./button.tsx";
import { Confirm } from "./confirm.tsx";
import { PlaceLink } from "./place-link.tsx";
import styles from "./run-result.module.css";
import { sayFailure } from "./toast.tsx";

export interface RunNextProps {
  readonly run: Run;
  /** A further run was started from here: go and look at it. */
  readonly onStarted: (runId: string) => void;
}

/** Whether a run leads to something further. */
export const leadsOn = (run: Run): boolean => run.status === "succeeded" && nextStepOf(outcomeOf(run.outputs)) !== undefined;

/** What to do after a run, as a button that does it: evaluate, train, publish, watch. */
export function RunNext({ run, onStarted }: RunNextProps) {
  const next = nextStepOf(outcomeOf(run.outputs));
  if (next === undefined || run.status !== "succeeded") return null;
  if (next.kind === "train" || next.kind === "research") return <TrainNext run={run} next={next} onStarted={onStarted} />;
  if (next.kind === "publish") return <PublishNext next={next} onStarted={onStarted} />;
  if (next.kind === "evaluate") return <EvaluateNext run={run} onStarted={onStarted} />;
  if (next.kind === "watch")
    return (
      <Step title="It is on paper. Watch its signals" says="It is scored at each closed bar from now on; nothing is traded.">
        <PlaceLink to={PAGE.signals} className={buttonClass("primary")}>
          See the signals
        </PlaceLink>
      </Step>
    );
  return (
    <Step
      title={next.status === "MARGINAL" ? "Decide on the marginal variants" : "No variant is significant"}
      says={
        next.status === "MARGINAL"
          ? "One limit is missed by a little. You may train such a variant with a reason, which is recorded with your name."
          : "The performance limits hold, but luck explains the result too well. With a recorded reason such a variant may go to paper, never live."
      }
    >
      <PlaceLink to={next.sweepId === undefined ? PAGE.leaderboard : PLACE_OF.sweep(next.sweepId)} className={buttonClass("primary")}>
        Look at the variants
      </PlaceLink>
    </Step>
  );
}

interface StepProps {
  readonly title: string;
  readonly says: string;
  readonly children: React.ReactNode;
}

function Step({ title, says, children }: StepProps) {
  return (
    <div className={styles.next}>
      <div className={styles.nextText}>
        <h3>{title}</h3>
        <p>{says}</p>
      </div>
      <div className={styles.actions}>{children}</div>
    </div>
  );
}

type TrainStep = Extract<NextStep, { kind: "train" | "research" }>;

function TrainNext({ run, next, onStarted }: { readonly run: Run; readonly next: TrainStep } & Pick<RunNextProps, "onStarted">) {
  const train = useAct("POST /train", ["GET /runs", "GET /trained_models"]);
  const isResearch = next.kind === "research";
  const start = async (): Promise<void> => {
    const { pack_id, model_id } = run;
    if (pack_id === null || model_id === null) return;
    const rows = next.rowId === undefined ? {} : { rows: [next.rowId] };
    try {
      const { run_id } = (await train.mutateAsync({ body: { pack_id, model_id, ...rows, ...(isResearch ? { research: true } : {}) } })) as {
        run_id: string;
      };
      onStarted(run_id);
    } catch (error) {
      sayFailure("The training did not start", error as Error);
    }
  };
  return (
    <Step
      title={isResearch ? "Nothing passed the gate" : "Train the recommended variant"}
      says={
        isResearch
          ? "Try another idea, or train the best variant for research: it is marked unproven everywhere, may be watched on paper, and can never trade live."
          : "It is fitted for use on all development rows, and the holdout, which nothing has seen so far, is looked at once."
      }
    >
      {isResearch && (
        <PlaceLink to={PAGE.createModel} className={buttonClass()}>
          Try another idea
        </PlaceLink>
      )}
      <Button kind="primary" busy={train.isPending} onClick={() => void start()}>
        {isResearch ? "Train for research" : "Train it"}
      </Button>
    </Step>
  );
}

type PublishStep = Extract<NextStep, { kind: "publish" }>;

function PublishNext({ next, onStarted }: { readonly next: PublishStep } & Pick<RunNextProps, "onStarted">) {
  const [asks, setAsks] = useState(false);
  const publish = useAct("POST /trained_models/{trained_model_id}/{action}", ["GET /runs", "GET /trained_models"]);
  const start = async (): Promise<void> => {
    try {
      const { run_id } = (await publish.mutateAsync({
        params: { trained_model_id: next.trainedModelId, action: "publish" },
        body: { reason: "" },
      })) as { run_id: string };
      setAsks(false);
      onStarted(run_id);
    } catch (error) {
      setAsks(false);
      sayFailure("It was not published", error as Error);
    }
  };
  return (
    <Step
      title="Publish it to paper"
      says="From then on it is scored at each closed bar and writes signals. Paper means that nothing is traded."
    >
      <PlaceLink to={PLACE_OF.trained(next.trainedModelId)} className={buttonClass()}>
        Look at it first
      </PlaceLink>
      <Button kind="primary" onClick={() => setAsks(true)}>
        Publish to paper
      </Button>
      <Confirm
        open={asks}
        onOpenChange={setAsks}
        title="Publish this model to paper?"
        verb="Publish"
        keep="Not yet"
        danger={false}
        busy={publish.isPending}
        onConfirm={() => void start()}
      >
        It will write signals at each closed bar. Nothing is traded. You can pause or retire it at any time.
        {!next.proven && " It did not pass the gate, so its signals carry the mark Unproven."}
      </Confirm>
    </Step>
  );
}

function EvaluateNext({ run, onStarted }: RunNextProps) {
  const sweep = useAct("POST /sweeps", ["GET /runs", "GET /sweeps"]);
  const start = async (): Promise<void> => {
    const { pack_id, model_id } = run;
    if (pack_id === null || model_id === null) return;
    try {
      const { run_id } = (await sweep.mutateAsync({ body: { pack_id, model_id, mode: "simple" } })) as { run_id: string };
      onStarted(run_id);
    } catch (error) {
      sayFailure("The sweep did not start", error as Error);
    }
  };
  return (
    <Step
      title="Evaluate the model"
      says="The matrix is ready. A simple sweep tries the usual thresholds over walk-forward folds and lets the gate judge each."
    >
      <Button kind="primary" busy={sweep.isPending} onClick={() => void start()}>
        Run a simple sweep
      </Button>
    </Step>
  );
}

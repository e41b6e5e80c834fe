import { RotateCcw, Square } from "lucide-react";
import { useState } from "react";
import type { Run } from "#client/sigma-client.ts";
import { useAct } from "../../data/ask.ts";
import { useGoingOn } from "../../data/going-on.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { GoOn } from "../../ui/go-on.tsx";
import { say, sayFailure } from "../../ui/toast.tsx";
import { MACHINE_NAMES } from "../../words/runs.ts";

const CHANGED = ["GET /runs", "GET /runs/{run_id}"] as const;

/** Whether a run can go on from its finished steps. */
const canResume = ({ status }: Pick<Run, "status">): boolean => status === "failed" || status === "canceled" || status === "interrupted";

export interface RunActionsProps {
  readonly run: Pick<Run, "run_id" | "machine" | "model_id" | "status">;
  readonly small?: boolean;
}

/** Cancels a run that goes on, or goes on with one that ended early. */
export function RunActions({ run, small = false }: RunActionsProps) {
  const [asks, setAsks] = useState(false);
  const cancel = useAct("DELETE /runs/{run_id}", CHANGED);
  const resume = useAct("POST /runs/{run_id}/resume", CHANGED);
  const params = { run_id: run.run_id };
  const name = `${MACHINE_NAMES[run.machine] ?? run.machine}${run.model_id === null ? "" : ` of ${run.model_id}`}`;
  const isOpen = run.status === "running" || run.status === "interrupted";

  const stop = (): void =>
    cancel.mutate(
      { params },
      {
        onSuccess: () => say("Canceled", `${name}. Finished steps are kept.`),
        onError: (error) => sayFailure("It was not canceled", error),
        onSettled: () => setAsks(false),
      },
    );
  const { state, goOn, leave } = useGoingOn(
    () => resume.mutateAsync({ params }),
    () => say("It goes on", `${name}, from the steps that are done.`),
    (error) => sayFailure("It cannot go on", error),
  );
  return (
    <>
      {canResume(run) && (
        <GoOn state={state} onGoOn={goOn} onLeave={leave} small={small} icon={RotateCcw}>
          {run.status === "failed" ? "Retry" : "Resume"}
        </GoOn>
      )}
      {isOpen && (
        <Button small={small} icon={Square} onClick={() => setAsks(true)}>
          Cancel
        </Button>
      )}
      <Confirm
        open={asks}
        onOpenChange={setAsks}
        title="Cancel this run?"
        verb="Cancel run"
        keep="Let it run"
        busy={cancel.isPending}
        onConfirm={stop}
      >
        {name}: nothing of it starts afterwards. What is finished stays, and you can go on from there later.
      </Confirm>
    </>
  );
}

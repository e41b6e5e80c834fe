import { Archive, CirclePlay, type LucideIcon, Pause, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { type LifecycleStatus, TransitionBodySchema } from "#lib/publishing/trained-model.schema.ts";
import { type AnswerOf, useAct } from "../../data/ask.ts";
import { SaidError } from "../../data/failure.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { schemaResolver } from "../../ui/form/schema-resolver.ts";
import { showServerIssues } from "../../ui/form/server-issues.ts";
import { TextField } from "../../ui/form/text-field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { say } from "../../ui/toast.tsx";
import styles from "./trained.module.css";

type Model = AnswerOf<"GET /trained_models/{trained_model_id}">;
type Action = "publish" | "pause" | "resume" | "retire" | "discard";

interface Way {
  readonly verb: string;
  readonly icon: LucideIcon;
  readonly danger: boolean;
  readonly title: (id: string) => string;
  readonly says: string;
  /** What is said when it is done. */
  readonly done: string;
}

const WAYS: Readonly<Record<Action, Way>> = {
  publish: {
    verb: "Publish to paper",
    icon: Send,
    danger: false,
    title: (id) => `Publish ${id} to paper?`,
    says: "It is scored after each close from now on, and each decision is written to the signals with its reasons. Paper only: nothing is sent to a broker. You can pause or retire it at any time.",
    done: "Published to paper",
  },
  pause: {
    verb: "Pause",
    icon: Pause,
    danger: false,
    title: (id) => `Pause ${id}?`,
    says: "It is not scored until it is resumed, so it neither opens nor closes anything meanwhile. What it said before stays in the log.",
    done: "Paused",
  },
  resume: {
    verb: "Resume",
    icon: CirclePlay,
    danger: false,
    title: (id) => `Resume ${id} on paper?`,
    says: "It is scored again after each close from now on. Closes that passed while it was paused are not made up for.",
    done: "Resumed on paper",
  },
  retire: {
    verb: "Retire",
    icon: Archive,
    danger: true,
    title: (id) => `Retire ${id} for good?`,
    says: "It gives no signal any more and cannot be published again. Its record, card, files and signals stay readable.",
    done: "Retired",
  },
  discard: {
    verb: "Discard",
    icon: Trash2,
    danger: true,
    title: (id) => `Discard ${id} for good?`,
    says: "It can never be published. Its record, card and files stay readable, and the look at the holdout that it took stays counted.",
    done: "Discarded",
  },
};

const ACTIONS_IN: Readonly<Record<LifecycleStatus, readonly Action[]>> = {
  trained: ["discard", "publish"],
  published: ["retire", "pause"],
  paused: ["retire", "resume"],
  retired: [],
  discarded: [],
};

const READS = ["GET /trained_models/{trained_model_id}", "GET /trained_models", "GET /model_cards", "GET /runs"] as const;

/** What can be done with a trained model where it stands; each is asked again first, with room for the reason, which is kept. */
export function LifecycleActions({ model }: { readonly model: Model }) {
  const [asked, setAsked] = useState<Action>();
  const isVetoed = model.holdout?.vetoed === true && !model.research;
  return (
    <>
      {ACTIONS_IN[model.status].map((action) => {
        const { verb, icon, danger } = WAYS[action];
        const isRefused = action === "publish" && isVetoed;
        return (
          <Button
            key={action}
            kind={danger ? "plain" : action === "pause" ? "plain" : "primary"}
            icon={icon}
            disabled={isRefused}
            title={isRefused ? "Its holdout vetoes it: discard it, or train the result as research." : undefined}
            onClick={() => setAsked(action)}
          >
            {verb}
          </Button>
        );
      })}
      {asked !== undefined && <Ask key={asked} action={asked} model={model} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function Ask({ action, model, onClose }: { readonly action: Action; readonly model: Model; readonly onClose: () => void }) {
  const { verb, danger, title, says, done } = WAYS[action];
  const form = useForm<z.input<typeof TransitionBodySchema>>({ resolver: schemaResolver(TransitionBodySchema) as never });
  const act = useAct("POST /trained_models/{trained_model_id}/{action}", READS);
  const [failure, setFailure] = useState<Error>();

  const confirm = form.handleSubmit(async ({ reason }) => {
    setFailure(undefined);
    try {
      const run = await act.mutateAsync({
        params: { trained_model_id: model.trained_model_id, action },
        body: reason === undefined ? {} : { reason },
        waitSeconds: 20,
      });
      if ("error" in run && run.error !== null) {
        setFailure(new SaidError(run.error.detail));
        return;
      }
      say(done, model.model_id);
      onClose();
    } catch (error) {
      showServerIssues(form, error as Error, ["reason"]);
      setFailure(error as Error);
    }
  });

  return (
    <Confirm
      open
      onOpenChange={(open) => !open && !act.isPending && onClose()}
      title={title(model.model_id)}
      verb={verb}
      keep="Leave as it is"
      danger={danger}
      busy={act.isPending}
      onConfirm={() => void confirm()}
    >
      <div className={styles.ask}>
        <p>{says}</p>
        {action === "publish" && !model.proven && (
          <p className={styles.warning}>
            It is unproven: the gate did not pass it. Its signals carry that mark wherever they show, and it can never leave paper.
          </p>
        )}
        <TextField
          control={form.control}
          name="reason"
          label="Reason"
          optional
          lines={2}
          hint="Kept in the audit trail, with your name and the time."
        />
        {failure !== undefined && <ErrorState error={failure} title={`It was not ${done.toLowerCase()}`} />}
      </div>
    </Confirm>
  );
}

import { useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { NYSE } from "#lib/core/calendar.ts";
import { parseDate } from "#lib/core/time.ts";
import { RunSignalsSchema } from "#lib/signals/run-signals.schema.ts";
import { useAct, useRows } from "../../data/ask.ts";
import { SaidError } from "../../data/failure.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { SelectField } from "../../ui/form/choice-field.tsx";
import { DateField } from "../../ui/form/date-field.tsx";
import { dateObjection, todayInNewYork } from "../../ui/form/date-text.ts";
import { schemaResolver } from "../../ui/form/schema-resolver.ts";
import { showServerIssues } from "../../ui/form/server-issues.ts";
import { PlaceLink } from "../../ui/place-link.tsx";
import { RunProgress } from "../../ui/run-progress.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { say } from "../../ui/toast.tsx";
import { formatMoment, plural } from "../../words/format.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import styles from "./signals.module.css";

/** The close of a session, UTC ms; NaN where the exchange was closed. */
function closeOf(date: string): number {
  try {
    return NYSE.closeOf(parseDate(date));
  } catch {
    return Number.NaN;
  }
}

const FormSchema = z.strictObject({
  session: z.iso
    .date()
    .refine((date) => date <= todayInNewYork(), {
      error: ({ input }) => dateObjection(String(input), { max: todayInNewYork() }),
      abort: true,
    })
    .refine((date) => !Number.isNaN(closeOf(date)), "the exchange was closed on this date: choose a trading session")
    .optional(),
  trained_model_id: RunSignalsSchema.shape.trained_model_id.unwrap().unwrap().optional(),
});

/** Scores published models at once: as of now, or as of a past close, which the signals then say. */
export function ScoreDialog({ onClose }: { readonly onClose: () => void }) {
  const models = useRows("GET /trained_models", { query: { limit: 200 } });
  const published = (models.data ?? []).filter(({ status }) => status === "published");
  const form = useForm<z.input<typeof FormSchema>>({ resolver: schemaResolver(FormSchema) });
  const act = useAct("POST /signals/run", ["GET /signals", "GET /runs"]);
  const [failure, setFailure] = useState<Error>();
  const [going, setGoing] = useState<string>();

  const submit = form.handleSubmit(async ({ session, trained_model_id }) => {
    setFailure(undefined);
    const asOf = session === undefined ? null : new Date(closeOf(session)).toISOString();
    try {
      const run = await act.mutateAsync({ body: { as_of: asOf, trained_model_id: trained_model_id ?? null }, waitSeconds: 20 });
      if (run.status === "running") setGoing(run.run_id);
      else if ("error" in run && run.error !== null) setFailure(new SaidError(run.error.detail));
      else {
        const { plan } = ("outputs" in run ? (run.outputs ?? {}) : {}) as { readonly plan?: { readonly due?: readonly unknown[] } };
        say(`Scored ${plural(plan?.due?.length ?? 0, "model")}`, asOf === null ? "As of now." : `As of ${formatMoment(asOf)}.`);
        onClose();
      }
    } catch (error) {
      showServerIssues(form, error as Error, ["trained_model_id"]);
      setFailure(error as Error);
    }
  });
  const none = models.data !== undefined && published.length === 0;

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Score published models"
      description="What the schedule does after each close, at once. A decision that exists already is not written again."
      footer={
        going === undefined ? (
          <>
            <Button onClick={onClose}>Close</Button>
            <Button kind="primary" busy={act.isPending} disabled={none} onClick={() => void submit()}>
              Score
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>Close</Button>
        )
      }
    >
      {going !== undefined ? (
        <div className={styles.form}>
          <RunProgress runId={going} />
          <PlaceLink to={PLACE_OF.run(going)}>Open the run</PlaceLink>
        </div>
      ) : none ? (
        <p>
          No model is published, so there is nothing to score. <PlaceLink to={PAGE.trained}>Publish a trained model</PlaceLink> first.
        </p>
      ) : (
        <form className={styles.form} onSubmit={(event) => void submit(event)}>
          <SelectField
            control={form.control}
            name="trained_model_id"
            label="Model"
            none="Every published model"
            options={published.map(({ trained_model_id, model_id }) => ({
              value: trained_model_id,
              label: `${model_id} (${trained_model_id.slice(0, 9)})`,
            }))}
          />
          <DateField
            control={form.control}
            name="session"
            label="As of the close of"
            optional
            max={todayInNewYork()}
            hint="Empty: now, with the newest bars. A past session is a replay: the signal says so, and nobody can act on it."
          />
          {failure !== undefined && <ErrorState error={failure} title="It was not scored" />}
        </form>
      )}
    </Dialog>
  );
}

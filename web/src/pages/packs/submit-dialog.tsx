import { useForm } from "react-hook-form";
import type * as z from "zod";
import { SubmitBodySchema } from "#functions/api/packs/submit-body.schema.ts";
import { useAct } from "../../data/ask.ts";
import { given } from "../../data/search.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { schemaResolver } from "../../ui/form/schema-resolver.ts";
import { showServerIssues } from "../../ui/form/server-issues.ts";
import { TextField } from "../../ui/form/text-field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { say } from "../../ui/toast.tsx";
import styles from "./own-pack.module.css";

type Note = z.infer<typeof SubmitBodySchema>;

export interface SubmitDialogProps {
  readonly packId: string;
  readonly etag: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Hands the version in use in for review, with a word to the reviewer. */
export function SubmitDialog({ packId, etag, open, onOpenChange }: SubmitDialogProps) {
  const form = useForm<Note>({ resolver: schemaResolver(SubmitBodySchema as never) as never });
  const submit = useAct("POST /packs/{pack_id}/submit", ["GET /packs", "GET /packs/{pack_id}"]);
  const send = form.handleSubmit((body) =>
    submit.mutate(
      { params: { pack_id: packId }, body: given(body), ifMatch: etag },
      {
        onSuccess: () => {
          say("The pack is handed in", "The decision will be shown with the pack.");
          onOpenChange(false);
        },
        onError: (error) => void showServerIssues(form, error, ["note"]),
      },
    ),
  );
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Submit for review"
      description="The reviewer sees the very documents of the version in use, and approves or refuses them with a reason."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Not now</Button>
          <Button kind="primary" busy={submit.isPending} onClick={() => void send()}>
            Submit
          </Button>
        </>
      }
    >
      <form className={styles.form} onSubmit={send} noValidate>
        <TextField control={form.control} name="note" label="Note for the reviewer" optional lines={3} hint="Up to 500 characters." />
        {submit.error !== null && <ErrorState error={submit.error} title="The pack was not handed in" />}
      </form>
    </Dialog>
  );
}

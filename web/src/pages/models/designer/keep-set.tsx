import { useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { WriteSetSchema } from "#functions/api/models/write-set.schema.ts";
import { IdSchema } from "#lib/core/ids.ts";
import { useAct } from "../../../data/ask.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { schemaResolver } from "../../../ui/form/schema-resolver.ts";
import { showServerIssues } from "../../../ui/form/server-issues.ts";
import { TextField } from "../../../ui/form/text-field.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { say } from "../../../ui/toast.tsx";
import styles from "../models.module.css";
import { type EntryDraft, entryOf } from "./design.ts";

const KeepSetSchema = z.strictObject({ name: IdSchema, description: WriteSetSchema.shape.description });
type KeepSetForm = z.output<typeof KeepSetSchema>;

/** Keeps the list that is edited as a set of one's own beside the pack's, for other models and for sweeps. */
export function KeepSet({ packId, entries }: { readonly packId: string; readonly entries: readonly EntryDraft[] }) {
  const [isOpen, setOpen] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const form = useForm<KeepSetForm>({ resolver: schemaResolver(KeepSetSchema) });
  const keep = useAct("POST /indicator_sets", ["GET /packs/{pack_id}/indicator_sets"]);
  const save = async ({ name, description }: KeepSetForm): Promise<void> => {
    setFailure(undefined);
    const said = { name, ...(description === undefined ? {} : { description }) };
    try {
      await keep.mutateAsync({ body: { pack_id: packId, ...said, indicators: entries.map(entryOf) } as never });
      say("The set is kept", `${name} can be chosen by other models of the pack, and compared in sweeps.`);
      setOpen(false);
      form.reset();
    } catch (error) {
      const rest = showServerIssues(form, error as Error, ["name", "description"]);
      if (rest.length > 0 || Object.keys(form.formState.errors).length === 0) setFailure(error as Error);
    }
  };
  return (
    <>
      <Button small onClick={() => setOpen(true)} disabled={entries.length === 0}>
        Keep as a set
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Keep this list as a set"
        description="Other models of the pack can choose it, and sweeps can compare it with the pack's own. The model stays as it is."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Leave it</Button>
            <Button kind="primary" busy={keep.isPending} onClick={() => void form.handleSubmit(save)()}>
              Keep the set
            </Button>
          </>
        }
      >
        <div className={styles.form}>
          <TextField
            control={form.control}
            name="name"
            label="Name of the set"
            placeholder="my_breakout"
            hint="Small letters, digits and _."
            transform={(text) => text.toLowerCase()}
          />
          <TextField control={form.control} name="description" label="What it is for" optional lines={2} />
          {failure !== undefined && <ErrorState error={failure} title="The set was not kept" />}
        </div>
      </Dialog>
    </>
  );
}

import { useNavigate } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { PackSchema } from "#lib/packs/pack.schema.ts";
import { useAct } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { schemaResolver } from "../../ui/form/schema-resolver.ts";
import { showServerIssues } from "../../ui/form/server-issues.ts";
import { TextField } from "../../ui/form/text-field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { say } from "../../ui/toast.tsx";
import { PLACE_OF } from "../../words/places.ts";
import { copyDocuments, type Texts } from "./document-texts.ts";
import styles from "./own-pack.module.css";
import type { PackDetail } from "./pack-standing.ts";

const CopySchema = z.strictObject({ id: PackSchema.shape.id, name: PackSchema.shape.name });
type Copy = z.infer<typeof CopySchema>;

export interface CopyDialogProps {
  readonly detail: PackDetail;
  readonly documents: Texts;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Writes a pack's documents under another id, as a draft of one's own. */
export function CopyDialog({ detail, documents, open, onOpenChange }: CopyDialogProps) {
  const form = useForm<Copy>({ resolver: schemaResolver(CopySchema as never) as never });
  const create = useAct("POST /packs", ["GET /packs"]);
  const navigate = useNavigate();
  const copy = form.handleSubmit((to) =>
    create.mutate(
      { body: { documents: copyDocuments(documents, detail.pack_id, to) } },
      {
        onSuccess: ({ pack_id }) => {
          say(`${to.name} is written`, "It is a draft: run its one-year check, then use it.");
          onOpenChange(false);
          void navigate({ to: PLACE_OF.pack(pack_id), search: { tab: "documents" } as never });
        },
        onError: (error) => void showServerIssues(form, error, ["id", "name"]),
      },
    ),
  );
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Copy ${detail.name}`}
      description="All of its documents but the models that come with it, as a pack of your own that you can change."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Not now</Button>
          <Button kind="primary" busy={create.isPending} onClick={() => void copy()}>
            Copy
          </Button>
        </>
      }
    >
      <form className={styles.form} onSubmit={copy} noValidate>
        <TextField control={form.control} name="name" label="Name" hint="Up to 20 letters, digits and spaces." />
        <TextField
          control={form.control}
          name="id"
          label="Id"
          hint="Small letters, digits and _. It names the pack for good."
          transform={(text) => text.toLowerCase().replaceAll(/[\s-]+/g, "_")}
        />
        {create.error !== null && <ErrorState error={create.error} title="The pack was not written" />}
      </form>
    </Dialog>
  );
}

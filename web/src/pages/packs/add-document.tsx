import { Plus } from "lucide-react";
import { useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { SelectField } from "../../ui/form/choice-field.tsx";
import { schemaResolver } from "../../ui/form/schema-resolver.ts";
import { TextField } from "../../ui/form/text-field.tsx";
import { titled } from "../../words/packs.ts";
import { beginningOf, KINDS } from "./document-texts.ts";
import styles from "./own-pack.module.css";

const DocumentSchema = z.strictObject({ kind: z.string(), name: IdSchema });
type NewDocument = z.infer<typeof DocumentSchema>;

export interface AddDocumentProps {
  readonly packId: string;
  readonly taken: readonly string[];
  readonly onAdd: (path: string, text: string) => void;
}

/** Adds a document with a text to begin with. */
export function AddDocument({ packId, taken, onAdd }: AddDocumentProps) {
  const [open, setOpen] = useState(false);
  const form = useForm<NewDocument>({ resolver: schemaResolver(DocumentSchema as never) as never, defaultValues: { kind: "strategies" } });
  const add = form.handleSubmit(({ kind, name }) => {
    const path = `${packId}/${kind}/${name}.yaml`;
    if (taken.includes(path)) return form.setError("name", { message: "There is a document of this name already." });
    onAdd(path, beginningOf(kind, name));
    setOpen(false);
    form.reset();
  });
  return (
    <>
      <Button small icon={Plus} onClick={() => setOpen(true)}>
        Document
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Add a document"
        description="Strategies must be named in pack.yaml, too; the check says what is missing."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Not now</Button>
            <Button kind="primary" onClick={() => void add()}>
              Add
            </Button>
          </>
        }
      >
        <form className={styles.form} onSubmit={add} noValidate>
          <SelectField control={form.control} name="kind" label="Kind" options={KINDS.map((value) => ({ value, label: titled(value) }))} />
          <TextField control={form.control} name="name" label="Name" hint="Small letters, digits and _." />
        </form>
      </Dialog>
    </>
  );
}

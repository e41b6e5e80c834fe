import { Button } from "../../ui/button.tsx";
import { CodeView } from "../../ui/code-view.tsx";
import { changesOf, type Texts } from "./document-texts.ts";
import styles from "./own-pack.module.css";
import type { TaggedDocuments } from "./use-pack.ts";

export interface StaleDocumentsProps {
  /** What the changes here are made on. */
  readonly base: Texts;
  /** What the server has by now. */
  readonly theirs: TaggedDocuments;
  readonly busy: boolean;
  readonly onOverwrite: () => void;
  readonly onTakeTheirs: () => void;
}

/** The pack was changed elsewhere meanwhile: shows how, and lets one choose whose work stands. */
export function StaleDocuments({ base, theirs, busy, onOverwrite, onTakeTheirs }: StaleDocumentsProps) {
  const changes = changesOf(base, theirs.documents).filter(({ change }) => change !== "same");
  return (
    <div className={styles.conflict} role="alert">
      <strong>The pack was changed elsewhere since you opened it, so nothing was written.</strong>
      <p>
        {changes.length === 0
          ? "Its documents are the same as before: only where it stands has changed, such as a check or a review. Write yours now, or read it again."
          : "Your changes are still here. This is what was changed elsewhere; writing yours replaces it."}
      </p>
      {changes.map(({ path }) => (
        <CodeView key={path} label={path} before={base[path] ?? ""} text={theirs.documents[path] ?? ""} />
      ))}
      <div className={styles.row}>
        <Button kind={changes.length === 0 ? "primary" : "danger"} busy={busy} onClick={onOverwrite}>
          {changes.length === 0 ? "Write mine" : "Write mine over it"}
        </Button>
        <Button onClick={onTakeTheirs}>Take theirs and lose mine</Button>
      </div>
    </div>
  );
}

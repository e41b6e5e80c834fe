import type { ReactNode } from "react";
import { Button } from "../../../ui/button.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import styles from "./builder.module.css";
import type { StepTrouble } from "./use-save-step.ts";

export interface StepFootProps {
  readonly busy: boolean;
  readonly trouble: StepTrouble;
  /** Reads the draft again and leaves what was typed here. */
  readonly onReload: () => void;
  readonly verb?: string;
  readonly children?: ReactNode;
}

/** The end of a step: what stands in the way, and the button that saves and goes on. */
export function StepFoot({ busy, trouble, onReload, verb = "Save and go on", children }: StepFootProps) {
  return (
    <div className={styles.foot}>
      {trouble.overwrite !== undefined ? (
        <div className={styles.conflict} role="alert">
          <strong>The draft was changed elsewhere since you opened it.</strong>
          <p>Your entries are still here. Save them over the other change, or read the draft again and lose them.</p>
          <div className={styles.row}>
            <Button kind="danger" busy={busy} onClick={trouble.overwrite}>
              Save mine over it
            </Button>
            <Button onClick={onReload}>Read it again</Button>
          </div>
        </div>
      ) : (
        trouble.error !== undefined && <ErrorState error={trouble.error} title="The step was not saved" />
      )}
      <div className={styles.row}>
        <Button type="submit" kind="primary" busy={busy}>
          {verb}
        </Button>
        {children}
      </div>
    </div>
  );
}

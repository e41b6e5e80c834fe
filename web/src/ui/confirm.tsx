import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import styles from "./overlay.module.css";
import { useFocusReturn } from "./quiet-focus.ts";

export interface ConfirmProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What will happen, and what cannot be undone. */
  readonly children: ReactNode;
  /** The verb of what is done: "Discard", "Cancel run". */
  readonly verb: string;
  /** What leaves things as they are; "Keep" unless something says it better. */
  readonly keep?: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  readonly onConfirm: () => void;
}

/** Asks before something is done that cannot be undone. Stays open while `busy`; the caller closes it. */
export function Confirm({ title, children, verb, keep = "Keep", danger = true, busy = false, onConfirm, ...root }: ConfirmProps) {
  const { remember, giveBack } = useFocusReturn();
  return (
    <AlertDialog.Root {...root}>
      <AlertDialog.Portal>
        <div className={styles.scrim} />
        {/* The focus begins on what leaves things as they are. */}
        <AlertDialog.Content className={styles.dialog} aria-modal="true" onOpenAutoFocus={remember} onCloseAutoFocus={giveBack}>
          <header className={styles.head}>
            <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
          </header>
          <AlertDialog.Description asChild>
            <div className={styles.body}>{children}</div>
          </AlertDialog.Description>
          <footer className={styles.foot}>
            <AlertDialog.Cancel asChild>
              <Button>{keep}</Button>
            </AlertDialog.Cancel>
            <Button kind={danger ? "danger" : "primary"} busy={busy} onClick={onConfirm}>
              {verb}
            </Button>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

import { X } from "lucide-react";
import { Toast } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { classes } from "./classes.ts";
import styles from "./toast.module.css";

export interface Shown {
  readonly id: number;
  readonly title: string;
  readonly detail: ReactNode;
  readonly failed: boolean;
}

/** What is said now; each goes by itself, what failed later. */
export function ToastList({ toasts, onGone }: { readonly toasts: readonly Shown[]; readonly onGone: (id: number) => void }) {
  return (
    <Toast.Provider label="Message">
      {toasts.map(({ id, title, detail, failed }) => (
        <Toast.Root
          key={id}
          className={classes(styles.toast, failed && styles.failure)}
          type={failed ? "foreground" : "background"}
          duration={failed ? 12_000 : 5_000}
          onOpenChange={(open) => !open && onGone(id)}
        >
          <div>
            <Toast.Title className={styles.title}>{title}</Toast.Title>
            {detail !== undefined && (
              <Toast.Description asChild>
                <div className={styles.detail}>{detail}</div>
              </Toast.Description>
            )}
          </div>
          <Toast.Close asChild>
            <IconButton label="Close" icon={X} small />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className={styles.viewport} />
    </Toast.Provider>
  );
}

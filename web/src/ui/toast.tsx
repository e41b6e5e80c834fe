import { X } from "lucide-react";
import { Toast } from "radix-ui";
import { type ReactNode, useSyncExternalStore } from "react";
import { ProblemError } from "#client/problem.ts";
import { type FailureKind, failureKind } from "../data/failure.ts";
import { IconButton } from "./button.tsx";
import { classes } from "./classes.ts";
import styles from "./toast.module.css";

interface Shown {
  readonly id: number;
  readonly title: string;
  readonly detail: ReactNode;
  readonly failed: boolean;
}

let shown: readonly Shown[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

const add = (title: string, detail: ReactNode, failed: boolean): void => set([...shown.slice(-3), { id: nextId++, title, detail, failed }]);

/** Says that something was done. */
export const say = (title: string, detail?: ReactNode): void => add(title, detail, false);

const FAILED: Readonly<Record<Exclude<FailureKind, "answered" | "said">, string>> = {
  unreachable: "The server did not answer.",
  unloadable: "A part of the app could not be loaded. Load the page again.",
  fault: "The app itself is at fault. Load the page again.",
};

function wordsOf(error: Error): string {
  if (error instanceof ProblemError) return error.problem.detail ?? error.problem.title;
  const kind = failureKind(error);
  return kind === "answered" || kind === "said" ? error.message : FAILED[kind];
}

/** Says that something could not be done, in the server's own words. */
export const sayFailure = (title: string, error: Error): void => add(title, wordsOf(error), true);

/** Where toasts appear; stands once, around the app. */
export function Toasts() {
  const toasts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return (
    <Toast.Provider label="Message">
      {toasts.map(({ id, title, detail, failed }) => (
        <Toast.Root
          key={id}
          className={classes(styles.toast, failed && styles.failure)}
          type={failed ? "foreground" : "background"}
          duration={failed ? 12_000 : 5_000}
          onOpenChange={(open) => !open && set(shown.filter((each) => each.id !== id))}
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

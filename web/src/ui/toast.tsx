import { lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";
import { ProblemError } from "#client/problem.ts";
import { type FailureKind, failureKind } from "../data/failure.ts";
import type { Shown } from "./toast-list.tsx";

const loadList = () => import("./toast-list.tsx");
const ToastList = lazy(async () => ({ default: (await loadList()).ToastList }));

/** Loads what shows toasts, before there is something to say. */
export const prepareToasts = (): void => void loadList().catch(() => undefined);

let shown: readonly Shown[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const add = (title: string, detail: ReactNode, failed: boolean): void => set([...shown.slice(-3), { id: nextId++, title, detail, failed }]);
const remove = (id: number): void => set(shown.filter((each) => each.id !== id));

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
  const toasts = useSyncExternalStore(subscribe, () => shown);
  // Once something was said the place stays, as readers of the screen listen to it.
  if (nextId === 1) return null;
  return (
    <Suspense>
      <ToastList toasts={toasts} onGone={remove} />
    </Suspense>
  );
}

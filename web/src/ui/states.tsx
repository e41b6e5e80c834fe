import type { ReactNode } from "react";
import { ProblemError } from "#client/problem.ts";
import { type FailureKind, failureKind } from "../data/failure.ts";
import { useIsOnline } from "../data/online.ts";
import { Button } from "./button.tsx";
import { classes } from "./classes.ts";
import { Moment } from "./moment.tsx";
import { Skeleton } from "./skeleton.tsx";
import styles from "./states.module.css";

export interface EmptyStateProps {
  /** What is not there. */
  readonly title: string;
  /** How to fill it. */
  readonly children: ReactNode;
  /** The next step: a button, or a link that looks like one. */
  readonly action?: ReactNode;
}

/** Nothing is there yet: says how to fill it. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <h3>{title}</h3>
      <p>{children}</p>
      {action !== undefined && <div className={styles.actions}>{action}</div>}
    </div>
  );
}

const REMEDIES: Readonly<Record<FailureKind, string>> = {
  said: "",
  answered: "Change what is named above, then try again.",
  unreachable: "The server did not answer. Check that it runs, then try again.",
  unloadable: "A part of the app could not be loaded. Load the page again.",
  fault:
    "The app itself is at fault; on the server nothing was lost. Load the page again; if it comes back, report it with the words below.",
};

/** What failed, where nobody says it better. */
const TITLES: Readonly<Record<Exclude<FailureKind, "answered">, string>> = {
  said: "It did not work",
  unreachable: "The server cannot be reached",
  unloadable: "A part of the app is missing",
  fault: "Something in the app failed",
};

/** What may be done about a failure, in words. */
function remedyOf(error: Error, isOnline: boolean): string {
  if (!isOnline) return "This device has no network. It is tried again when the network is back.";
  if (!(error instanceof ProblemError)) return REMEDIES[failureKind(error)];
  const { status } = error.problem;
  if (status === 401) return "Sign in again.";
  if (status === 403) return "Your account does not allow this; its administrator can change that.";
  if (status === 404) return "It may have been removed, or it belongs to the other workspace.";
  if (status === 409) return "It has changed in the meantime. Read it again and repeat the change.";
  if (status === 429) return `Wait ${error.retryAfterSeconds ?? 60} seconds, then try again.`;
  if (status >= 500) return "Try again. If it goes on, the server's log has more under the request id.";
  return REMEDIES.answered;
}

export interface ErrorStateProps {
  readonly error: Error;
  /** What failed, such as "The leaderboard could not be read". */
  readonly title?: string;
  readonly onRetry?: () => void;
}

/** What happened, what to do, a way to try again, and the request's id for whoever helps. */
export function ErrorState({ error, title, onRetry }: ErrorStateProps) {
  const isOnline = useIsOnline();
  const problem = error instanceof ProblemError ? error.problem : undefined;
  const kind = failureKind(error);
  return (
    <div className={classes(styles.state, styles.error)} role="alert">
      <h3>{title ?? (kind === "answered" ? problem?.title : TITLES[kind])}</h3>
      {problem !== undefined && <p>{problem.detail ?? problem.title}</p>}
      {kind === "said" && <p>{error.message}</p>}
      {problem?.field_errors !== undefined && problem.field_errors.length > 0 && (
        <ul className={styles.issues}>
          {problem.field_errors.map(({ path, issue }) => (
            <li key={`${path} ${issue}`}>
              <code>{path}</code>: {issue}
            </li>
          ))}
        </ul>
      )}
      {kind !== "said" && <p>{remedyOf(error, isOnline)}</p>}
      {(onRetry !== undefined || kind === "fault") && (
        <div className={styles.actions}>
          {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
          {kind === "fault" && <Button onClick={() => window.location.reload()}>Load the page again</Button>}
        </div>
      )}
      {kind === "fault" && (
        <span className={styles.reference}>
          {error.name}: {error.message}
        </span>
      )}
      {problem !== undefined && (
        <span className={styles.reference}>
          {problem.code}
          {problem.request_id !== undefined && ` · request ${problem.request_id}`}
        </span>
      )}
    </div>
  );
}

/** What of a query the states need. */
export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly dataUpdatedAt: number;
  readonly refetch: () => unknown;
}

/** What is shown was read before and could not be read again: says how old it is. */
export function StaleMark({ query }: { readonly query: Asked<unknown> }) {
  const isOnline = useIsOnline();
  if (query.data === undefined || (isOnline && query.error === null)) return null;
  return (
    <div className={styles.stale} role="status">
      <span>
        {isOnline ? "Could not be read again" : "Offline"}: as of <Moment at={query.dataUpdatedAt} />
        {query.error instanceof ProblemError && ` (${query.error.code})`}
      </span>
      {isOnline && (
        <Button small onClick={() => query.refetch()}>
          Try again
        </Button>
      )}
    </div>
  );
}

export interface LoadedProps<T> {
  readonly query: Asked<T>;
  /** What failed, for the error's title. */
  readonly title?: string;
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** A read in each of its states: skeleton, error with a way to try again, data, and data that is older than it should be. */
export function Loaded<T>({ query, title, skeleton, children }: LoadedProps<T>) {
  if (query.data !== undefined)
    return (
      <>
        <StaleMark query={query} />
        {children(query.data)}
      </>
    );
  if (query.error !== null)
    return <ErrorState error={query.error} {...(title === undefined ? {} : { title })} onRetry={() => void query.refetch()} />;
  return skeleton ?? <Skeleton lines={4} />;
}

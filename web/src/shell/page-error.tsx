import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { buttonClass } from "../ui/button.tsx";
import { PageHeader } from "../ui/panel.tsx";
import { EmptyState, ErrorState } from "../ui/states.tsx";

/** A page that failed; the shell around it goes on. */
export function PageError({ error: thrown, reset }: ErrorComponentProps) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  // A page that was replaced by a newer version of the app cannot be loaded any more.
  if (/dynamically imported module|module script|Unable to preload/i.test(error.message))
    return (
      <EmptyState
        title="There is a newer version of the app"
        action={
          <button type="button" className={buttonClass("primary")} onClick={() => window.location.reload()}>
            Load it
          </button>
        }
      >
        This page belongs to a version that the server does not have any more, or the network is gone.
      </EmptyState>
    );
  return <ErrorState error={error} title="The page failed" onRetry={reset} />;
}

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        title="No page has this address"
        action={
          <Link to="/" className={buttonClass("primary")}>
            Go to the dashboard
          </Link>
        }
      >
        The link may be old or cut off. Ctrl-K finds pages, models and runs by name.
      </EmptyState>
    </>
  );
}

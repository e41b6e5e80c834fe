import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { failureKind } from "../data/failure.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { PageHeader } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { EmptyState, ErrorState } from "../ui/states.tsx";

/** A page that failed; the shell around it goes on. */
export function PageError({ error: thrown, reset }: ErrorComponentProps) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const kind = failureKind(error);
  if (kind === "unloadable") return <Unloadable />;
  return (
    <>
      <PageHeader title="This page failed" />
      <ErrorState error={error} onRetry={reset} />
    </>
  );
}

/** Whether the server still hands out the app; undefined until it is known. */
function useIsServed(): boolean | undefined {
  const [isServed, setServed] = useState<boolean>();
  useEffect(() => {
    let isSeen = true;
    fetch(import.meta.env.BASE_URL, { cache: "no-store" }).then(
      ({ ok }) => isSeen && setServed(ok),
      () => isSeen && setServed(false),
    );
    return () => {
      isSeen = false;
    };
  }, []);
  return isServed;
}

/** A page's script did not come: the server is gone, or it has a newer app, which does not have this script any more. */
function Unloadable() {
  const isServed = useIsServed();
  return (
    <>
      <PageHeader title="This page failed" />
      {isServed === undefined ? <Skeleton lines={3} /> : <Missing isServed={isServed} />}
    </>
  );
}

function Missing({ isServed }: { readonly isServed: boolean }) {
  return (
    <EmptyState
      title={isServed ? "There is a newer version of the app" : "The page could not be loaded"}
      action={
        <Button kind="primary" onClick={() => window.location.reload()}>
          {isServed ? "Load it" : "Try again"}
        </Button>
      }
    >
      {isServed
        ? "This page belongs to a version that the server does not have any more."
        : "The server did not answer. Check that it runs and that this device has a network, then try again."}
    </EmptyState>
  );
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

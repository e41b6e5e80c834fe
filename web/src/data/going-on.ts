import { useEffect, useEffectEvent, useState } from "react";
import { ProblemError } from "#client/problem.ts";

/** Between two tries; a run's page reads the run as often. */
const AGAIN_MS = 3_000;

/** A run that was stopped cannot go on before the steps have ended that had begun: the API refuses so long, and names the run's status. */
const isStillEnding = (error: unknown): boolean =>
  error instanceof ProblemError && error.code === "CONFLICT" && typeof error.problem.facts?.["status"] === "string";

export interface GoingOn {
  /** `waiting`: steps of the run are still ending, and it is asked again until they have. */
  readonly state: "idle" | "asking" | "waiting";
  readonly goOn: () => void;
  /** Leaves the run as it is. */
  readonly leave: () => void;
}

/**
 * Goes on with a run as soon as it can.
 *
 * @param ask - asks the API to go on
 * @param onDone - it goes on
 * @param onRefused - it cannot go on, for another reason than that steps are still ending
 */
export function useGoingOn(ask: () => Promise<unknown>, onDone: () => void, onRefused: (error: Error) => void): GoingOn {
  const [state, setState] = useState<GoingOn["state"]>("idle");
  const [tries, setTries] = useState(0);
  const attempt = useEffectEvent((): void => {
    ask().then(
      () => {
        setState("idle");
        onDone();
      },
      (error: Error) => {
        if (isStillEnding(error)) {
          setState((before) => (before === "idle" ? "idle" : "waiting"));
          setTries((before) => before + 1);
          return;
        }
        setState("idle");
        onRefused(error);
      },
    );
  });
  useEffect(() => {
    if (state === "asking") attempt();
  }, [state]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal begins another wait
  useEffect(() => {
    if (state !== "waiting") return;
    const timer = setTimeout(attempt, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [state, tries]);
  return { state, goOn: () => setState("asking"), leave: () => setState("idle") };
}

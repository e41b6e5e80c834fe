import { useCallback, useSyncExternalStore } from "react";
import { ProblemError } from "#client/problem.ts";
import type { RunProgress } from "#client/run-events.ts";
import { keyOf } from "./ask.ts";
import { client } from "./client.ts";
import { queryClient } from "./query-client.ts";

/** What is known of a run's progress: the last events, however many came. */
export interface RunFeed {
  readonly events: readonly RunProgress[];
  readonly last: RunProgress | undefined;
  /** How many came in all. */
  readonly count: number;
  readonly state: "connecting" | "following" | "ended" | "broken";
  readonly error: Error | undefined;
}

/** More than anybody reads; the page stays as small after an hour as after a minute. */
const MOST_EVENTS = 200;
/** Events are shown so often at most. */
const SHOW_MS = 100;

const NOTHING: RunFeed = { events: [], last: undefined, count: 0, state: "connecting", error: undefined };

interface Following {
  feed: RunFeed;
  readonly fresh: RunProgress[];
  readonly listeners: Set<() => void>;
  readonly stop: AbortController;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const followed = new Map<string, Following>();

/** The feed after events that came together; the oldest fall away. */
export function withEvents(feed: RunFeed, fresh: readonly RunProgress[]): RunFeed {
  if (fresh.length === 0) return feed;
  const events = [...feed.events, ...fresh].slice(-MOST_EVENTS);
  return { ...feed, events, last: fresh.at(-1)!, count: feed.count + fresh.length, state: "following" };
}

function show(following: Following, change: Partial<RunFeed> = {}): void {
  clearTimeout(following.timer);
  following.timer = undefined;
  following.feed = { ...withEvents(following.feed, following.fresh.splice(0)), ...change };
  for (const listener of following.listeners) listener();
}

async function follow(runId: string, following: Following): Promise<void> {
  try {
    for await (const event of client.events(runId, { signal: following.stop.signal })) {
      following.fresh.push(event);
      following.timer ??= setTimeout(() => show(following), SHOW_MS);
    }
    show(following, { state: "ended" });
    await Promise.all(
      (["GET /runs/{run_id}", "GET /runs", "GET /backtest_runs/{run_id}", "GET /leaderboard", "GET /trained_models"] as const).map((name) =>
        queryClient.invalidateQueries({ queryKey: keyOf(name) }),
      ),
    );
  } catch (error) {
    if (following.stop.signal.aborted) return;
    show(following, { state: "broken", error: error instanceof Error ? error : new ProblemError(unexpected(error)) });
  }
}

const unexpected = (cause: unknown) => ({ type: "about:blank", title: String(cause), status: 500, code: "INTERNAL" });

function open(runId: string, listener: () => void): () => void {
  let following = followed.get(runId);
  if (following === undefined) {
    following = { feed: NOTHING, fresh: [], listeners: new Set(), stop: new AbortController(), timer: undefined };
    followed.set(runId, following);
    void follow(runId, following);
  }
  const { listeners, stop } = following;
  const mine = following;
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(mine.timer);
    stop.abort();
    followed.delete(runId);
  };
}

/**
 * The live progress of a run, from its first step. One connection serves all who look at the run and closes with the last of them;
 * coming back later reads the run's events from the start, so nothing depends on having stayed.
 *
 * @param runId - undefined follows nothing
 */
export function useRunFeed(runId: string | undefined): RunFeed {
  const subscribe = useCallback((listener: () => void) => (runId === undefined ? () => {} : open(runId, listener)), [runId]);
  return useSyncExternalStore(subscribe, () => (runId === undefined ? NOTHING : (followed.get(runId)?.feed ?? NOTHING)));
}

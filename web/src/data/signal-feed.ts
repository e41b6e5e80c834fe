import { useSyncExternalStore } from "react";
import { ProblemError } from "#client/problem.ts";
import type { SignalEvent, SignalEventsOptions } from "#client/signal-events.ts";
import { client } from "./client.ts";
import { onWorkspace } from "./workspace.ts";

/** What is known of the signals that came while somebody looked: the last ones, however many came. */
export interface SignalFeed {
  /** Newest first. */
  readonly rows: readonly SignalEvent[];
  /** How many came in all. */
  readonly count: number;
  readonly state: "connecting" | "following" | "broken";
  readonly error: Error | undefined;
}

/** More than anybody reads; the page stays as small after a day as after a minute. */
const MOST_ROWS = 100;
/** Signals are shown so often at most. */
const SHOW_MS = 100;
/** A connection that failed for good is tried again after this time. */
const AGAIN_MS = 4_000;

const NOTHING: SignalFeed = { rows: [], count: 0, state: "connecting", error: undefined };

/** The feed after signals that came together, oldest first; the oldest rows fall away. */
export function withSignals(feed: SignalFeed, fresh: readonly SignalEvent[], count = fresh.length): SignalFeed {
  if (fresh.length === 0) return feed;
  return { ...feed, rows: [...fresh.toReversed(), ...feed.rows].slice(0, MOST_ROWS), count: feed.count + count };
}

type Source = (options: SignalEventsOptions) => AsyncIterable<SignalEvent>;

export interface FollowedSignals {
  readonly current: () => SignalFeed;
  /** The first listener opens the connection, the last one that goes closes it; whoever comes back goes on where it ended. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Forgets all, as another workspace has other signals. */
  readonly reset: () => void;
}

/** Follows signals from the moment of the first look, each once, over breaks and pauses; holds the newest ones only. */
export function followSignals(source: Source, { showMs = SHOW_MS, againMs = AGAIN_MS } = {}): FollowedSignals {
  let feed = NOTHING;
  let place: number | undefined;
  let fresh: SignalEvent[] = [];
  let came = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: AbortController | undefined;
  const listeners = new Set<() => void>();

  const show = (change: Partial<SignalFeed> = {}): void => {
    clearTimeout(timer);
    timer = undefined;
    feed = { ...withSignals(feed, fresh, came), ...change };
    fresh = [];
    came = 0;
    for (const listener of listeners) listener();
  };

  const follow = async ({ signal }: AbortController): Promise<void> => {
    const onPlace = (seq: number): void => {
      place = seq;
    };
    const onConnection = (stands: boolean): void => {
      if (!signal.aborted) show(stands ? { state: "following", error: undefined } : { state: "connecting" });
    };
    while (!signal.aborted)
      try {
        for await (const event of source({ after: place, onPlace, onConnection, signal })) {
          if (signal.aborted) return;
          came += 1;
          fresh.push(event);
          // A page that nobody sees is drawn seldom.
          if (fresh.length > 2 * MOST_ROWS) fresh = fresh.slice(-MOST_ROWS);
          timer ??= setTimeout(show, showMs);
        }
      } catch (error) {
        if (signal.aborted) return;
        // The place is of a feed that is gone.
        if (error instanceof ProblemError && error.problem.code === "INVALID_PARAM") place = undefined;
        show({ state: "broken", error: error instanceof Error ? error : new Error(String(error)) });
        await new Promise((done) => setTimeout(done, againMs));
      }
  };

  const begin = (): void => {
    stop = new AbortController();
    void follow(stop);
  };
  const end = (): void => {
    stop?.abort();
    stop = undefined;
    clearTimeout(timer);
    timer = undefined;
    // What came but was not drawn yet is kept for the next look.
    feed = { ...withSignals(feed, fresh, came), state: "connecting", error: undefined };
    fresh = [];
    came = 0;
  };

  return {
    current: () => feed,
    subscribe: (listener) => {
      listeners.add(listener);
      if (stop === undefined) begin();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) end();
      };
    },
    reset: () => {
      end();
      feed = NOTHING;
      place = undefined;
      if (listeners.size === 0) return;
      begin();
      for (const listener of listeners) listener();
    },
  };
}

const followed = followSignals((options) => client.signals(options));

onWorkspace(followed.reset);

/** New signals as they are written, while this is shown. */
export const useSignalFeed = (): SignalFeed => useSyncExternalStore(followed.subscribe, followed.current);

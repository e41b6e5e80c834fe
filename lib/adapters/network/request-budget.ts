import type { Clock } from "../../ports/clock.ts";
import type { Sleep } from "./abortable-sleep.ts";

/** How many requests a vendor may be sent. One budget is shared by everything that asks the same vendor. */
export interface RequestBudget {
  /** Waits until one more request may be sent. Callers are served in the order of their asking. */
  take(signal?: AbortSignal): Promise<void>;
}

const MINUTE_MS = 60_000;

/**
 * A bucket of tokens, each of which comes back a minute after it was taken: no minute, wherever it begins, ever sees more
 * requests than the vendor allows.
 */
export function createRequestBudget(options: { readonly perMinute: number; readonly clock: Clock; readonly sleep: Sleep }): RequestBudget {
  const { perMinute, clock, sleep } = options;
  /** When the last `perMinute` tokens were taken, oldest first. */
  const taken: number[] = [];
  let queue: Promise<void> = Promise.resolve();

  const takeNext = async (signal: AbortSignal | undefined): Promise<void> => {
    const now = clock.now();
    const wait = taken.length < perMinute ? 0 : Math.max(0, taken[0]! + MINUTE_MS - now);
    if (wait > 0) await sleep(wait, signal);
    if (taken.length === perMinute) taken.shift();
    // A clock that stands still does not make the waits longer and longer.
    taken.push(Math.max(clock.now(), now + wait));
  };

  return {
    take(signal) {
      const turn = queue.then(() => takeNext(signal));
      queue = turn.catch(() => {});
      return turn;
    },
  };
}

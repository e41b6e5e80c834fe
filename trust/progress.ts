const EVERY_MS = 5000;

/** Lines on stderr while jobs are done: how many, and how long the rest will take at the pace so far. */
export function createProgress(total: number, write: (line: string) => void, now: () => number): { step(what: string): void } {
  const from = now();
  let done = 0;
  let said = Number.NEGATIVE_INFINITY;
  return {
    step(what) {
      done += 1;
      if (now() - said < EVERY_MS && done < total) return;
      said = now();
      const elapsed = (said - from) / 1000;
      write(`${done} of ${total} (${what}), ${clock(elapsed)} gone, about ${clock((elapsed / done) * (total - done))} left`);
    },
  };
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, "0")} s`;

import { duration } from "./format.ts";

/** What a run says of itself while it works. */
export interface ProgressStep {
  readonly step: string;
  readonly message: string;
  readonly done: number;
  readonly expected: number;
}

export interface ProgressOptions {
  readonly label: string;
  /** Writes to the terminal or the log; never to the stream that carries the result. */
  readonly write: (text: string) => void;
  /** A bar that redraws itself; without it one line a step. */
  readonly isTerminal: boolean;
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number;
  readonly columns?: number;
}

/** The longest silence of a progress that works. */
const MOST_SILENT_MS = 2000;
const BAR_CELLS = 24;

/** Shows a run's steps with the time that is left. The caller calls `tick` at least once a second. */
export interface Progress {
  step(step: ProgressStep): void;
  tick(): void;
  /** Leaves the terminal's line clean. */
  end(): void;
}

export function createProgress({ label, write, isTerminal, now, columns = 80 }: ProgressOptions): Progress {
  const startedAt = now();
  let last: ProgressStep | undefined;
  let spokeAt = startedAt;
  let drawn = false;

  const redraw = (): void => {
    const elapsed = now() - startedAt;
    const share = last === undefined ? 0 : Math.min(1, last.done / last.expected);
    const filled = Math.round(share * BAR_CELLS);
    const bar = `${"#".repeat(filled)}${".".repeat(BAR_CELLS - filled)}`;
    const line = `${label} [${bar}] ${stepsOf(last)} ${timesOf(elapsed, last)} ${last?.message ?? "starting"}`;
    write(`\r\u001B[K${line.slice(0, Math.max(20, columns - 1))}`);
    drawn = true;
    spokeAt = now();
  };

  return {
    step(step) {
      last = step;
      if (isTerminal) return redraw();
      const elapsed = now() - startedAt;
      write(`${label} ${stepsOf(step)} ${timesOf(elapsed, step)} ${step.step}: ${step.message}\n`);
      spokeAt = now();
    },
    tick() {
      if (isTerminal) return redraw();
      if (now() - spokeAt < MOST_SILENT_MS) return;
      write(`${label} ${stepsOf(last)} ${timesOf(now() - startedAt, last)} working\n`);
      spokeAt = now();
    },
    end() {
      if (drawn) write("\r\u001B[K");
    },
  };
}

const stepsOf = (step: ProgressStep | undefined): string => (step === undefined ? "0 steps" : `${step.done}/${step.expected}`);

function timesOf(elapsed: number, step: ProgressStep | undefined): string {
  const left = step === undefined ? undefined : remainingMs(elapsed, step.done, step.expected);
  return `${duration(elapsed)}${left === undefined ? "" : `, about ${duration(left)} left`}`;
}

/** Time left if the steps to come take as long as those that are done took on average; undefined where none is known. */
export function remainingMs(elapsedMs: number, done: number, expected: number): number | undefined {
  if (done <= 0 || expected <= done) return undefined;
  return (elapsedMs / done) * (expected - done);
}

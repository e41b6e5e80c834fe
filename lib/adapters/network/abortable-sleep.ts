import { setTimeout as wait } from "node:timers/promises";

/** Waits; ends early, with an error, when the signal says so. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export const abortableSleep: Sleep = (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal });

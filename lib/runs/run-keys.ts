import type { RecordKey } from "../ports/metadata-store.ts";

export const runKey = (runId: string): RecordKey => ({ pk: `run#${runId}`, sk: "run" });

/** A finished piece of a run; its existence is what progress counts. */
export const doneKey = (runId: string, step: string, item: string): RecordKey => ({ pk: `run#${runId}`, sk: `done#${step}#${item}` });

/** Sequence numbers are padded, so that byte order is their order. */
export const eventKey = (runId: string, seq: number): RecordKey => ({ pk: `run#${runId}`, sk: `event#${String(seq).padStart(9, "0")}` });

/** Exists once somebody was told that this attempt failed. */
export const alertedKey = (runId: string, attempt: number): RecordKey => ({ pk: `run#${runId}`, sk: `alerted#${attempt}` });

/** Runs of an owner, newest first when read descending. */
export const runIndex = (owner: string, createdAt: string, runId: string): RecordKey => ({
  pk: `owner#${owner}#runs`,
  sk: `${createdAt}#${runId}`,
});

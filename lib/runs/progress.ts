import { SigmaError } from "../errors/sigma-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import { doneKey, eventKey } from "./run-keys.ts";
import { type RunEvent, RunEventSchema } from "./run-record.schema.ts";

export interface ProgressPorts {
  readonly metadata: MetadataStore;
  readonly clock: Clock;
}

/** A piece of work that has ended. */
export interface FinishedStep {
  readonly step: string;
  /** Which fold, batch or row; empty for a step that happens once. */
  readonly item: string;
  readonly message: string;
  /**
   * Steps of the part of the run that this step has planned, itself included: they come on top of what was done before.
   * Null when more will follow and nobody knows how much; absent when the step plans nothing.
   */
  readonly plans?: number | null;
}

/** How often a step that ends together with others is written again. */
const MOST_ATTEMPTS = 200;

/**
 * Records a finished step, once: a step that is executed again (a retry, a redrive) adds no event. Its mark and its event
 * are one transaction on the next free sequence number, so steps that end at the same moment take turns: no number is
 * left out or given twice.
 *
 * @throws STORE_UNAVAILABLE when other steps came first every time
 */
export async function recordStepDone({ metadata, clock }: ProgressPorts, runId: string, finished: FinishedStep): Promise<void> {
  const mark = doneKey(runId, finished.step, finished.item);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (await metadata.get("state", mark)) return;
    const last = await lastEvent(metadata, runId);
    const event = nextEvent(last, finished, new Date(clock.now()).toISOString());
    try {
      await metadata.transact([
        { kind: "put", table: "state", record: { ...mark, body: { seq: event.seq } }, condition: "absent" },
        { kind: "put", table: "state", record: { ...eventKey(runId, event.seq), body: { ...event } }, condition: "absent" },
      ]);
      return;
    } catch (error) {
      if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
    }
  }
  throw new SigmaError("STORE_UNAVAILABLE", `The step "${finished.step}" of "${runId}" has ended, but could not be recorded. Try again.`, {
    run_id: runId,
    step: finished.step,
  });
}

function nextEvent(last: RunEvent | null, { step, item, message, plans }: FinishedStep, at: string): RunEvent {
  const done = (last?.done ?? 0) + 1;
  const planned = plans === undefined || plans === null ? 0 : done - 1 + plans;
  const expected = Math.max(last?.expected ?? 0, planned, plans === null ? done + 1 : done);
  const share = Math.max(last?.share ?? 0, plans === null ? 0 : done / expected);
  return { seq: done, at, step, item: item === "" ? null : item, message, done, expected, share };
}

/** Events after a sequence number, oldest first. */
export async function eventsAfter(metadata: MetadataStore, runId: string, seq: number, limit = 500): Promise<readonly RunEvent[]> {
  const page = await metadata.query({ table: "state", pk: `run#${runId}`, prefix: "event#", after: eventKey(runId, seq).sk, limit });
  return page.records.map((record) => RunEventSchema.parse(record.body));
}

/** Share of the run's steps that are done, 0 to 1. Grows only: a plan that becomes known later cannot pull it back. */
export async function latestProgress(
  metadata: MetadataStore,
  runId: string,
): Promise<{ readonly share: number; readonly last: RunEvent | null }> {
  const last = await lastEvent(metadata, runId);
  return { share: last?.share ?? 0, last };
}

async function lastEvent(metadata: MetadataStore, runId: string): Promise<RunEvent | null> {
  const page = await metadata.query({ table: "state", pk: `run#${runId}`, prefix: "event#", descending: true, limit: 1 });
  return page.records[0] ? RunEventSchema.parse(page.records[0].body) : null;
}

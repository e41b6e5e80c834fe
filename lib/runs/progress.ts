import type { Clock } from "../ports/clock.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import { doneKey, eventKey, eventSequenceKey, expectedKey } from "./run-keys.ts";
import { type RunEvent, RunEventSchema } from "./run-record.schema.ts";

export interface ProgressPorts {
  readonly metadata: MetadataStore;
  readonly clock: Clock;
}

/** Says how many steps a run will have, once its plan is known. Never shrinks. */
export async function recordExpected(ports: ProgressPorts, runId: string, expected: number): Promise<void> {
  const stored = await ports.metadata.get("state", expectedKey(runId));
  if (Number(stored?.body["steps"] ?? 0) >= expected) return;
  await ports.metadata.put("state", { ...expectedKey(runId), body: { steps: expected } }, "any");
}

/**
 * Records a finished step, once: a step that is executed again (a retry, a redrive) adds no event.
 *
 * @param item - which fold, batch or row; empty for a step that happens once
 */
export async function recordStepDone(ports: ProgressPorts, runId: string, step: string, item: string, message: string): Promise<void> {
  const { metadata, clock } = ports;
  if (await metadata.get("state", doneKey(runId, step, item))) return;
  await metadata.put("state", { ...doneKey(runId, step, item), body: {} }, "any");
  const seq = await metadata.increment("state", eventSequenceKey(runId), 1);
  const expected = await metadata.get("state", expectedKey(runId));
  const event: RunEvent = {
    seq: seq!,
    at: new Date(clock.now()).toISOString(),
    step,
    item: item === "" ? null : item,
    message,
    done: seq!,
    expected: Math.max(seq!, Number(expected?.body["steps"] ?? 1)),
  };
  await metadata.put("state", { ...eventKey(runId, seq!), body: { ...event } }, "any");
}

/** Events after a sequence number, oldest first. */
export async function eventsAfter(metadata: MetadataStore, runId: string, seq: number, limit = 500): Promise<readonly RunEvent[]> {
  const page = await metadata.query({ table: "state", pk: `run#${runId}`, prefix: "event#", after: eventKey(runId, seq).sk, limit });
  return page.records.map((record) => RunEventSchema.parse(record.body));
}

/** Share of the run's steps that are done, 0 to 1. Grows only: an expectation that grows later cannot pull it back. */
export async function latestProgress(
  metadata: MetadataStore,
  runId: string,
): Promise<{ readonly share: number; readonly last: RunEvent | null }> {
  const page = await metadata.query({ table: "state", pk: `run#${runId}`, prefix: "event#", descending: true, limit: 1 });
  const last = page.records[0] ? RunEventSchema.parse(page.records[0].body) : null;
  return { share: last ? last.done / last.expected : 0, last };
}

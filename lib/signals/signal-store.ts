import { sha256 } from "../core/digest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { MetadataStore, RecordKey } from "../ports/metadata-store.ts";
import { type Signal, SignalSchema } from "./signal.schema.ts";
import { feedRecord, lastSeq } from "./signal-feed.ts";

/** Signals of an owner, newest first when read descending. */
const ownerIndexPk = (owner: string): string => `owner#${owner}#signals`;

const ownerIndex = (signal: Signal): RecordKey => ({ pk: ownerIndexPk(signal.owner), sk: `${signal.timestamp}#${signal.signal_id}` });

/** One model speaks once about one decision time. */
export function signalIdOf(trainedModelId: string, decisionTime: string): string {
  return `sig_${sha256(`${trainedModelId}@${decisionTime}`).slice(0, 24)}`;
}

const signalKey = (owner: string, signalId: string): RecordKey => ({ pk: `owner#${owner}`, sk: `signal#${signalId}` });

/** How often a signal that is stored together with others of its owner is written again. */
const MOST_ATTEMPTS = 200;

/**
 * Stores a signal once and gives it the next number of its owner's feed, in one transaction: signals that are stored at the
 * same moment take turns, and no number is left out or given twice. A second scoring of the same decision time changes nothing.
 *
 * @returns what is stored
 * @throws STORE_UNAVAILABLE when other signals came first every time
 */
export async function addSignal(metadata: MetadataStore, signal: Signal): Promise<{ readonly signal: Signal; readonly isNew: boolean }> {
  const key = signalKey(signal.owner, signal.signal_id);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const stored = await metadata.get("signals", key);
    if (stored) return { signal: SignalSchema.parse(stored.body), isNew: false };
    const seq = (await lastSeq(metadata, signal.owner)) + 1;
    try {
      await metadata.transact([
        { kind: "put", table: "signals", record: { ...key, body: { ...signal }, index: ownerIndex(signal) }, condition: "absent" },
        { kind: "put", table: "signals", record: feedRecord(signal, seq), condition: "absent" },
      ]);
      return { signal, isNew: true };
    } catch (error) {
      if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
    }
  }
  throw new SigmaError("STORE_UNAVAILABLE", `Signal "${signal.signal_id}" could not be stored: others came first every time. Try again.`, {
    signal_id: signal.signal_id,
  });
}

/** @throws NOT_FOUND also for another owner's signal */
export async function readSignal(metadata: MetadataStore, owner: string, signalId: string): Promise<Signal> {
  const record = await metadata.get("signals", signalKey(owner, signalId));
  if (!record) throw new SigmaError("NOT_FOUND", `No signal "${signalId}".`, { signal_id: signalId });
  return SignalSchema.parse(record.body);
}

/** Most signals of an owner that one look back reads at a time. */
const PAGE = 200;

/**
 * Decision times of a model's BUY and SELL signals that open, oldest first, UTC ms.
 *
 * @param from - inclusive, and `before` exclusive, UTC ms
 */
export async function actedTimes(
  metadata: MetadataStore,
  owner: string,
  trainedModelId: string,
  from: number,
  before: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await metadata.query({
      table: "signals",
      pk: ownerIndexPk(owner),
      byIndex: true,
      // A sort key is a time and more, so it comes after the time alone.
      after: new Date(from).toISOString(),
      before: new Date(before).toISOString(),
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { body } of page.records) {
      const { trained_model_id, signal, closes, timestamp } = SignalSchema.parse(body);
      if (trained_model_id === trainedModelId && signal !== "HOLD" && !closes) times.push(Date.parse(timestamp));
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return times;
}

/** Signals of an owner, newest first. */
export async function listSignals(
  metadata: MetadataStore,
  owner: string,
  page: { readonly limit: number; readonly cursor?: string; readonly modelId?: string },
): Promise<{ readonly rows: readonly Signal[]; readonly nextCursor: string | null }> {
  const { modelId, limit } = page;
  let cursor = page.cursor;
  for (;;) {
    const found = await metadata.query({
      table: "signals",
      pk: ownerIndexPk(owner),
      byIndex: true,
      descending: true,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const rows = found.records
      .map((record) => SignalSchema.parse(record.body))
      .filter((signal) => modelId === undefined || signal.model_id === modelId);
    if (found.nextCursor === null || rows.length > 0) return { rows, nextCursor: found.nextCursor };
    cursor = found.nextCursor;
  }
}

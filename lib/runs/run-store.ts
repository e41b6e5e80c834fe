import { SigmaError } from "../errors/sigma-error.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import { runIndex, runKey } from "./run-keys.ts";
import { type RunRecord, RunRecordSchema } from "./run-record.schema.ts";

export interface StoredRun {
  readonly run: RunRecord;
  readonly version: number;
}

/** The run, or undefined when no run has this id. Does not look at ownership. */
export async function findRun(metadata: MetadataStore, runId: string): Promise<StoredRun | undefined> {
  const record = await metadata.get("state", runKey(runId));
  return record && { run: RunRecordSchema.parse(record.body), version: record.version };
}

/**
 * The run of this owner. Another owner's run is not found, so that ids tell nothing.
 *
 * @throws NOT_FOUND
 */
export async function readRun(metadata: MetadataStore, owner: string, runId: string): Promise<StoredRun> {
  const found = await findRun(metadata, runId);
  if (!found || found.run.owner !== owner) throw new SigmaError("NOT_FOUND", `No run "${runId}".`, { run_id: runId });
  return found;
}

/**
 * Writes a run under its condition.
 *
 * @throws CONFLICT when the run exists (`absent`) or changed (a version)
 */
export async function writeRun(metadata: MetadataStore, run: RunRecord, condition: "absent" | number): Promise<number> {
  return metadata.put(
    "state",
    { ...runKey(run.run_id), body: { ...run }, index: runIndex(run.owner, run.created_at, run.run_id) },
    condition,
  );
}

export interface RunFilter {
  readonly machine?: string;
  readonly packId?: string;
  readonly modelId?: string;
  readonly status?: string;
  readonly tag?: string;
}

/** Runs of an owner, newest first. A filtered page may be shorter than the limit and still have a next one. */
export async function listRuns(
  metadata: MetadataStore,
  owner: string,
  filter: RunFilter,
  page: { readonly limit: number; readonly cursor?: string },
): Promise<{ readonly rows: readonly RunRecord[]; readonly nextCursor: string | null }> {
  const rows: RunRecord[] = [];
  let cursor = page.cursor;
  for (;;) {
    const found = await metadata.query({
      table: "state",
      pk: `owner#${owner}#runs`,
      byIndex: true,
      descending: true,
      limit: page.limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    rows.push(...found.records.map((record) => RunRecordSchema.parse(record.body)).filter((run) => matches(run, filter)));
    if (found.nextCursor === null || rows.length > 0) return { rows, nextCursor: found.nextCursor };
    cursor = found.nextCursor;
  }
}

function matches(run: RunRecord, { machine, packId, modelId, status, tag }: RunFilter): boolean {
  return (
    (machine === undefined || run.machine === machine) &&
    (packId === undefined || run.pack_id === packId) &&
    (modelId === undefined || run.model_id === modelId) &&
    (status === undefined || run.status === status) &&
    (tag === undefined || run.tag === tag)
  );
}

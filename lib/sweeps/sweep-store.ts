import { SigmaError } from "../errors/sigma-error.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import { type SweepRecord, SweepRecordSchema } from "./sweep-record.schema.ts";

/** Equal plans are one sweep. */
export const sweepIdOf = (planKey: string): string => `swp_${planKey.slice(0, 24)}`;

const keyOf = (owner: string, sweepId: string) => ({ pk: `owner#${owner}`, sk: `sweep#${sweepId}` });

export async function writeSweep(metadata: MetadataStore, sweep: SweepRecord): Promise<void> {
  const index = { pk: `owner#${sweep.owner}#sweeps`, sk: `${sweep.created_at}#${sweep.sweep_id}` };
  await metadata.put("state", { ...keyOf(sweep.owner, sweep.sweep_id), body: { ...sweep }, index }, "any");
}

/** @throws NOT_FOUND also for another owner's sweep */
export async function readSweep(metadata: MetadataStore, owner: string, sweepId: string): Promise<SweepRecord> {
  const record = await metadata.get("state", keyOf(owner, sweepId));
  if (!record) throw new SigmaError("NOT_FOUND", `No finished sweep "${sweepId}".`, { sweep_id: sweepId });
  return SweepRecordSchema.parse(record.body);
}

/** What sweeps are wanted; absent = any. */
export interface SweepFilter {
  readonly packId?: string;
  readonly modelId?: string;
  readonly tag?: string;
}

/** Sweeps of an owner, newest first. A page may hold fewer than its limit; it is empty at the end only. */
export async function listSweeps(
  metadata: MetadataStore,
  owner: string,
  filter: SweepFilter,
  page: { readonly limit: number; readonly cursor?: string },
): Promise<{ readonly rows: readonly SweepRecord[]; readonly nextCursor: string | null }> {
  let cursor = page.cursor;
  for (;;) {
    const found = await metadata.query({
      table: "state",
      pk: `owner#${owner}#sweeps`,
      byIndex: true,
      descending: true,
      limit: page.limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const rows = found.records.map((record) => SweepRecordSchema.parse(record.body)).filter((sweep) => matches(sweep, filter));
    if (found.nextCursor === null || rows.length > 0) return { rows, nextCursor: found.nextCursor };
    cursor = found.nextCursor;
  }
}

const matches = ({ pack_id, model_id, tag: own }: SweepRecord, { packId, modelId, tag }: SweepFilter): boolean =>
  (packId === undefined || pack_id === packId) && (modelId === undefined || model_id === modelId) && (tag === undefined || own === tag);

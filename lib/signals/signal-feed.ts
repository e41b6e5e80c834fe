import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import type { MetadataStore, RecordDraft } from "../ports/metadata-store.ts";
import type { Signal } from "./signal.schema.ts";

/** The largest number of a feed: a sequence has nine digits. */
export const LAST_SEQ = 999_999_999;

const PREFIX = "seq#";

const FeedEntrySchema = z.strictObject({
  seq: z.int().min(1).max(LAST_SEQ),
  signal_id: IdSchema,
  pack_id: IdSchema,
  model_id: IdSchema,
  ticker: z.string(),
});
/** Where a signal stands in the order in which its owner's signals were written, and what a reader may choose it by. */
export type FeedEntry = z.infer<typeof FeedEntrySchema>;

const feedPk = (owner: string): string => `owner#${owner}#feed`;

const feedSk = (seq: number): string => `${PREFIX}${String(seq).padStart(9, "0")}`;

/** The record that gives a signal its place. */
export const feedRecord = ({ owner, signal_id, pack_id, model_id, ticker }: Signal, seq: number): RecordDraft => ({
  pk: feedPk(owner),
  sk: feedSk(seq),
  body: { seq, signal_id, pack_id, model_id, ticker },
});

/** The newest number of an owner's feed; 0 before the first signal. */
export async function lastSeq(metadata: MetadataStore, owner: string): Promise<number> {
  const page = await metadata.query({ table: "signals", pk: feedPk(owner), prefix: PREFIX, descending: true, limit: 1 });
  return page.records[0] ? FeedEntrySchema.parse(page.records[0].body).seq : 0;
}

/** Places after a number, oldest first. The read is strongly consistent and numbers are given in turn, so none comes later in between. */
export async function feedAfter(metadata: MetadataStore, owner: string, seq: number, limit: number): Promise<readonly FeedEntry[]> {
  const page = await metadata.query({ table: "signals", pk: feedPk(owner), prefix: PREFIX, after: feedSk(seq), limit });
  return page.records.map(({ body }) => FeedEntrySchema.parse(body));
}

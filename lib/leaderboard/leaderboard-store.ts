import { SigmaError } from "../errors/sigma-error.ts";
import type { MetadataStore, RecordDraft } from "../ports/metadata-store.ts";
import { bestPerModel, matchesFilter, rankRows } from "./rank.ts";
import { type LeaderboardFilter, type LeaderboardRow, LeaderboardRowSchema } from "./rows.schema.ts";
import { scoreKey } from "./score-key.ts";

const rowKey = (owner: string, rowId: string) => ({ pk: `owner#${owner}`, sk: `row#${rowId}` });
const indexOf = (owner: string): string => `owner#${owner}#leaderboard`;

/** Rows written in one transaction; far inside the store's limit of 100 writes. */
const ROWS_PER_WRITE = 25;
/** Most rows that another order than the score's, or a grouping, looks at. */
const MOST_SORTED = 5000;

/**
 * Stores rows by their ids; storing them again changes nothing. Only rows that count for themselves enter the index: a
 * variant that traded like another is kept and found through its sweep.
 */
export async function addRows(metadata: MetadataStore, owner: string, rows: readonly LeaderboardRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_WRITE) {
    const part = rows.slice(from, from + ROWS_PER_WRITE);
    await metadata.transact(part.map((row) => ({ kind: "put", table: "state", record: draftOf(owner, row), condition: "any" })));
  }
}

function draftOf(owner: string, row: LeaderboardRow): RecordDraft {
  const draft = { ...rowKey(owner, row.row_id), body: { ...row } } as unknown as RecordDraft;
  return row.duplicate_of === null ? { ...draft, index: { pk: indexOf(owner), sk: scoreKey(row) } } : draft;
}

/** @throws NOT_FOUND also for another owner's row */
export async function readRow(metadata: MetadataStore, owner: string, rowId: string): Promise<LeaderboardRow> {
  const record = await metadata.get("state", rowKey(owner, rowId));
  if (!record) throw new SigmaError("NOT_FOUND", `No leaderboard row "${rowId}". "sigma leaderboard" lists them.`, { row_id: rowId });
  return LeaderboardRowSchema.parse(record.body);
}

/**
 * Rows of an owner, best first. By score they come straight from the index; another order, or one row a model, ranks the
 * best-scored rows that the filter lets through.
 */
export async function queryRows(
  metadata: MetadataStore,
  owner: string,
  filter: LeaderboardFilter,
  page: { readonly limit: number; readonly cursor?: string; readonly byModel?: boolean },
): Promise<{ readonly rows: readonly LeaderboardRow[]; readonly nextCursor: string | null }> {
  if (filter.sort === "score" && page.byModel !== true) return byScore(metadata, owner, filter, page);
  const all: LeaderboardRow[] = [];
  let cursor: string | undefined;
  do {
    const found = await byScore(metadata, owner, filter, { limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...found.rows);
    cursor = found.nextCursor ?? undefined;
  } while (cursor !== undefined && all.length < MOST_SORTED);
  const ranked = page.byModel === true ? bestPerModel(rankRows(all, filter.sort)) : rankRows(all, filter.sort);
  const start = page.cursor === undefined ? 0 : Number(readCursor(OFFSET_CURSOR, page.cursor));
  const rows = ranked.slice(start, start + page.limit);
  return { rows, nextCursor: start + page.limit < ranked.length ? `offset-${start + page.limit}` : null };
}

const OFFSET_CURSOR = /^offset-(\d{1,6})$/;
/** Most rows of one read of the index; reads grow to it while a filter lets few through. */
const ROWS_PER_READ = 200;
const KEY_CURSOR = /^key-([0-9a-f]{16}\.[0-9a-f]{16}\.[0-9a-f]{16}\.[a-z0-9][a-z0-9_-]{0,127})$/;

/** A cursor names the last row that was given; the next page starts right after it, whatever was written meanwhile. */
async function byScore(
  metadata: MetadataStore,
  owner: string,
  filter: LeaderboardFilter,
  page: { readonly limit: number; readonly cursor?: string },
): Promise<{ rows: LeaderboardRow[]; nextCursor: string | null }> {
  const rows: LeaderboardRow[] = [];
  let before = page.cursor === undefined ? undefined : readCursor(KEY_CURSOR, page.cursor);
  for (let limit = page.limit + 1; ; limit *= 4) {
    const found = await metadata.query({
      table: "state",
      pk: indexOf(owner),
      byIndex: true,
      descending: true,
      limit: Math.min(limit, ROWS_PER_READ),
      ...(before === undefined ? {} : { before }),
    });
    for (const record of found.records) {
      const row = LeaderboardRowSchema.parse(record.body);
      if (!matchesFilter(row, filter)) continue;
      if (rows.length === page.limit) return { rows, nextCursor: `key-${scoreKey(rows.at(-1)!)}` };
      rows.push(row);
    }
    if (found.nextCursor === null) return { rows, nextCursor: null };
    before = found.records.at(-1)!.index!.sk;
  }
}

function readCursor(form: RegExp, cursor: string): string {
  const match = form.exec(cursor);
  if (match) return match[1]!;
  throw new SigmaError("INVALID_PARAM", `"${cursor.slice(0, 40)}" is no cursor of this list. Ask for its first page again.`, {
    field: "cursor",
  });
}

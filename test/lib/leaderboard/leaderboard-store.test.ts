import { describe, expect, it } from "vitest";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { addRows, queryRows, readRow } from "#lib/leaderboard/leaderboard-store.ts";
import type { LeaderboardFilter } from "#lib/leaderboard/rows.schema.ts";
import { metricsWith } from "./metrics.fixture.ts";
import { rowWith } from "./rows.fixture.ts";

/** 120 rows of mixed scores, every 20th undefined; every 50th of model "b". */
const rows = Array.from({ length: 120 }, (_, i) =>
  rowWith({
    row_id: `row-${String(i).padStart(3, "0")}`,
    model_id: i % 50 === 0 ? "b" : "a",
    score: i % 20 === 19 ? null : ((i * 37) % 300) / 100 - 1.5,
    metrics: metricsWith({ total_return: i / 1000, sharpe: ((i * 11) % 300) / 100 }),
    gate: { status: i % 2 === 0 ? "PASS" : "FAIL", reasons: [] },
  }),
);

async function filled() {
  const metadata = createMemoryMetadataStore({ clock: { now: () => 0 } });
  await addRows(metadata, "ann", rows);
  return metadata;
}

async function walk(
  metadata: Awaited<ReturnType<typeof filled>>,
  filter: Partial<LeaderboardFilter>,
  page: { readonly limit: number; readonly byModel?: boolean },
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const found = await queryRows(metadata, "ann", { sort: "score", ...filter }, { ...page, ...(cursor === undefined ? {} : { cursor }) });
    expect(found.rows.length).toBeLessThanOrEqual(page.limit);
    ids.push(...found.rows.map(({ row_id }) => row_id));
    cursor = found.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

const expected = (sort: "score" | "sharpe" | "total_return", keep: (row: (typeof rows)[number]) => boolean = () => true) =>
  rows
    .filter(keep)
    .toSorted((a, b) => (b[sort] ?? Number.NEGATIVE_INFINITY) - (a[sort] ?? Number.NEGATIVE_INFINITY) || b.total_return! - a.total_return!)
    .map(({ row_id }) => row_id);

describe("queryRows", () => {
  it.each([1, 7, 110, 120])("walks all rows by score, undefined last, in pages of %d", async (limit) => {
    expect(await walk(await filled(), {}, { limit })).toEqual(expected("score"));
  });

  it("filters without losing a row between pages", async () => {
    const metadata = await filled();
    expect(await walk(metadata, { model_id: "b" }, { limit: 1 })).toEqual(expected("score", (row) => row.model_id === "b"));
    expect(await walk(metadata, { gate_status: "FAIL" }, { limit: 9 })).toEqual(expected("score", (row) => row.gate.status === "FAIL"));
    expect(await walk(metadata, { tag: "nobody" }, { limit: 9 })).toEqual([]);
  });

  it.each(["sharpe", "total_return"] as const)("sorts by %s", async (sort) => {
    expect(await walk(await filled(), { sort }, { limit: 40 })).toEqual(
      rows
        .toSorted((a, b) => b[sort]! - a[sort]! || (b.score ?? Number.NEGATIVE_INFINITY) - (a.score ?? Number.NEGATIVE_INFINITY))
        .map(({ row_id }) => row_id),
    );
  });

  it("gives the best row of each model when asked", async () => {
    const best = (model: string) => expected("score", ({ model_id }) => model_id === model)[0]!;
    expect(await walk(await filled(), {}, { limit: 1, byModel: true })).toEqual(
      expected("score").filter((id) => id === best("a") || id === best("b")),
    );
  });

  it("goes on behind the last row given although better ones were written meanwhile", async () => {
    const metadata = await filled();
    const first = await queryRows(metadata, "ann", { sort: "score" }, { limit: 10 });
    await addRows(metadata, "ann", [rowWith({ row_id: "row-best", score: 9 })]);
    const second = await queryRows(metadata, "ann", { sort: "score" }, { limit: 10, cursor: first.nextCursor! });
    expect(second.rows.map(({ row_id }) => row_id)).toEqual(expected("score").slice(10, 20));
  });

  it("refuses a cursor that is none of its own", async () => {
    const metadata = await filled();
    for (const sort of ["score", "sharpe"] as const)
      await expect(queryRows(metadata, "ann", { sort }, { limit: 1, cursor: "key-abc" })).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });

  it("shows no row of another owner, and no row that traded like another", async () => {
    const metadata = await filled();
    await addRows(metadata, "ann", [rowWith({ row_id: "row-twin", score: 9, duplicate_of: "0123456789abcdef" })]);
    expect((await queryRows(metadata, "bob", { sort: "score" }, { limit: 5 })).rows).toEqual([]);
    await expect(readRow(metadata, "bob", "row-001")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await walk(metadata, {}, { limit: 300 })).not.toContain("row-twin");
    expect((await readRow(metadata, "ann", "row-twin")).score).toBe(9);
  });
});

describe("addRows", () => {
  it("changes nothing when it is done again", async () => {
    const metadata = await filled();
    await addRows(metadata, "ann", rows);
    expect(await walk(metadata, {}, { limit: 300 })).toEqual(expected("score"));
  });

  it("moves a row that is judged anew to its new place", async () => {
    const metadata = await filled();
    await addRows(metadata, "ann", [{ ...rows[3]!, score: 100 }]);
    const ids = await walk(metadata, {}, { limit: 300 });
    expect(ids[0]).toBe("row-003");
    expect(ids.filter((id) => id === "row-003")).toHaveLength(1);
  });
});

import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { vanish, withoutRows } from "../../../web/src/data/meanwhile.ts";

const goes = (row: unknown) => (row as { id: string }).id === "b";
const page = (...ids: string[]) => ({ rows: ids.map((id) => ({ id })), next_cursor: null });

describe("withoutRows", () => {
  it("leaves the others of a page, and of all pages that were read", () => {
    expect(withoutRows(page("a", "b"), goes)).toEqual(page("a"));
    expect(withoutRows({ pages: [page("a", "b"), page("b", "c")], pageParams: ["", "x"] }, goes)).toEqual({
      pages: [page("a"), page("c")],
      pageParams: ["", "x"],
    });
  });

  it("leaves what is no list as it is", () => {
    for (const answer of [undefined, null, 3, { id: "b" }, { pages: [null] }]) expect(withoutRows(answer, goes)).toEqual(answer);
  });
});

describe("vanish", () => {
  it("takes the row out of every answer of the list, and puts all back", async () => {
    const queries = new QueryClient();
    queries.setQueryData(["GET /drafts", { limit: 1 }], page("a", "b"));
    queries.setQueryData(["GET /drafts", "pages"], { pages: [page("b")], pageParams: [""] });
    queries.setQueryData(["GET /models"], page("b"));
    const restore = await vanish(queries, { key: ["GET /drafts"], goes });
    expect(queries.getQueryData(["GET /drafts", { limit: 1 }])).toEqual(page("a"));
    expect(queries.getQueryData(["GET /drafts", "pages"])).toEqual({ pages: [page()], pageParams: [""] });
    expect(queries.getQueryData(["GET /models"])).toEqual(page("b"));
    restore();
    expect(queries.getQueryData(["GET /drafts", { limit: 1 }])).toEqual(page("a", "b"));
    expect(queries.getQueryData(["GET /drafts", "pages"])).toEqual({ pages: [page("b")], pageParams: [""] });
  });
});

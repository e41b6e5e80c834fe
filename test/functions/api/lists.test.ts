import { describe, expect, it } from "vitest";
import { csvOf, wantsCsv } from "#functions/api/http/csv.ts";
import { pageOf } from "#functions/api/http/page-of.ts";
import { waitSeconds } from "#functions/api/http/preference.ts";
import { addRows } from "#lib/leaderboard/leaderboard-store.ts";
import { rowWith } from "../../lib/leaderboard/rows.fixture.ts";
import { apiHarness } from "./support.ts";

describe("csvOf", () => {
  it("quotes by RFC 4180 and ends every line with CRLF", () => {
    expect(csvOf(["a", "b"], [['say "hi", now', "two\nlines"]])).toBe('a,b\r\n"say ""hi"", now","two\nlines"\r\n');
  });

  it("leaves numbers as they are and unknown ones empty", () => {
    expect(csvOf(["a", "b", "c"], [[-1.5, null, true]])).toBe("a,b,c\r\n-1.5,,true\r\n");
  });

  it("defuses texts that a spreadsheet would run", () => {
    for (const text of ["=1+1", "+1", "-1", "@x", "\tx"]) expect(csvOf(["a"], [[text]])).toBe(`a\r\n'${text}\r\n`);
    expect(csvOf(["a"], [['=HYPERLINK("x")']])).toBe('a\r\n"\'=HYPERLINK(""x"")"\r\n');
  });
});

describe("wantsCsv", () => {
  it("looks for the media type among others", () => {
    expect(wantsCsv("text/csv")).toBe(true);
    expect(wantsCsv("application/json;q=0.5, text/csv;q=0.9")).toBe(true);
    expect(wantsCsv("application/json")).toBe(false);
    expect(wantsCsv(undefined)).toBe(false);
  });
});

describe("pageOf", () => {
  it("goes on after the last item, whatever came or went before it", () => {
    const first = pageOf(["a", "c", "e"], (row) => row, { limit: 2 });
    expect(first.rows).toEqual(["a", "c"]);
    const second = pageOf(["b", "c", "d", "e"], (row) => row, { limit: 2, cursor: first.nextCursor! });
    expect(second).toEqual({ rows: ["d", "e"], nextCursor: null });
  });

  it("refuses a cursor that is none", () => {
    expect(() => pageOf(["a"], (row) => row, { limit: 1, cursor: "%%" })).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });
});

describe("waitSeconds", () => {
  it("waits on request on versioned paths, and until done on the classic ones", () => {
    const local = { mode: "local", versioned: true } as const;
    expect(waitSeconds(undefined, local)).toBe(0);
    expect(waitSeconds("wait=7", local)).toBe(7);
    expect(waitSeconds("wait=600", local)).toBe(20);
    expect(waitSeconds("wait", local)).toBe(Number.POSITIVE_INFINITY);
    expect(waitSeconds("respond-async, wait=7", local)).toBe(0);
    expect(waitSeconds("wait=abc", local)).toBe(0);
    expect(waitSeconds(undefined, { mode: "local", versioned: false })).toBe(Number.POSITIVE_INFINITY);
    expect(waitSeconds(undefined, { mode: "cloud", versioned: false })).toBe(25);
    expect(waitSeconds("wait", { mode: "cloud", versioned: true })).toBe(20);
  });
});

describe("GET /leaderboard", () => {
  const withRows = async () => {
    const harness = apiHarness();
    await addRows(harness.ports.metadata, "local", [
      rowWith({ row_id: "row_a", score: 0.1, tag: "=cmd()" }),
      rowWith({ row_id: "row_b", score: 0.9 }),
      rowWith({
        row_id: "row_c",
        score: null,
        gate: { status: "FAIL", reasons: [{ code: "no_skill", metric: "log_loss", value: 0.7, limit: 0.69 }] },
      }),
    ]);
    return harness;
  };
  type Page = { rows: { row_id: string }[]; next_cursor: string | null };

  it("pages best first", async () => {
    const { call } = await withRows();
    const first = (await (await call("GET", "/v1/leaderboard?limit=2")).json()) as Page;
    expect(first.rows.map(({ row_id }) => row_id)).toEqual(["row_b", "row_a"]);
    const second = (await (await call("GET", `/v1/leaderboard?limit=2&cursor=${first.next_cursor}`)).json()) as Page;
    expect(second).toMatchObject({ rows: [{ row_id: "row_c" }], next_cursor: null });
  });

  it("filters by gate, and refuses what it does not know", async () => {
    const { call } = await withRows();
    const failed = (await (await call("GET", "/v1/leaderboard?gate_status=FAIL")).json()) as Page;
    expect(failed.rows.map(({ row_id }) => row_id)).toEqual(["row_c"]);
    for (const query of ["gate_status=fail", "sort=luck", "by=ticker", "limit=0"])
      expect((await call("GET", `/v1/leaderboard?${query}`)).status, query).toBe(400);
  });

  it("is CSV on request, with unknown numbers empty and nothing to run", async () => {
    const { call } = await withRows();
    const response = await call("GET", "/v1/leaderboard?limit=2", { headers: { accept: "text/csv" } });
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("x-next-cursor")).toBeTruthy();
    const [header, , second] = (await response.text()).split("\r\n");
    const columns = header!.split(",");
    expect(columns.slice(0, 3)).toEqual(["row_id", "pack_id", "model_id"]);
    expect(second!.split(",")[columns.indexOf("tag")]).toBe("'=cmd()");
    const rest = await call("GET", "/v1/leaderboard?gate_status=FAIL", { headers: { accept: "text/csv" } });
    const [, row] = (await rest.text()).split("\r\n");
    expect(row!.split(",")[columns.indexOf("score")]).toBe("");
    expect(row!.split(",")[columns.indexOf("gate_reasons")]).toBe("no_skill");
    expect(rest.headers.get("x-next-cursor")).toBeNull();
  });
});

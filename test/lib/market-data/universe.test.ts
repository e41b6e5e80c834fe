import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { sha256 } from "#lib/core/digest.ts";
import { dateOfDayNumber, dayNumberOf, formatDate } from "#lib/core/time.ts";
import { readCsvTable } from "#lib/market-data/source/csv-table.ts";
import { membershipOf, membersOn } from "#lib/market-data/universe.ts";
import { UNIVERSE_FIELDS } from "#lib/market-data/universe-fields.ts";
import { universeFromDocument, universeFromTable } from "#lib/market-data/universe-sources.ts";
import { importUniverse, listUniverses, readUniverse } from "#lib/market-data/universe-store.ts";

const SOURCE = { name: "members.csv", sha256: sha256("x") };
const HEADER = "symbol,from,to,delisting_return";
const read = (rows: readonly string[], header = HEADER) =>
  universeFromTable("big", readCsvTable([header, ...rows].join("\n"), UNIVERSE_FIELDS, { name: "members.csv" }), SOURCE);
const refusal = (issue: string) => expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining(issue) });

describe("universeFromTable", () => {
  it("reads members by symbol and date, with what their holders got at the end", () => {
    const universe = read(["msft,2000-01-03,,", "LEH,1994-05-31,2008-09-17,-0.98", "AAPL,2000-01-03,2005-01-03,", "AAPL,2007-06-01,,"]);
    expect(universe).toMatchObject({
      name: "big",
      members: [
        { symbol: "AAPL", from: "2000-01-03", to: "2005-01-03", delisting_return: null },
        { symbol: "AAPL", from: "2007-06-01", to: null, delisting_return: null },
        { symbol: "LEH", from: "1994-05-31", to: "2008-09-17", delisting_return: -0.98 },
        { symbol: "MSFT", from: "2000-01-03", to: null, delisting_return: null },
      ],
      stamps: [],
      notes: ["1 of 2 members that left have no delisting return: it is unknown."],
    });
    expect(
      read(["AAPL,2007-06-01,,", "AAPL,2000-01-03,2005-01-03,", "LEH,1994-05-31,2008-09-17,-0.98", "MSFT,2000-01-03,,"]).fingerprint,
    ).toBe(universe.fingerprint);
  });

  it("is stamped as survivorship biased without dates since when members belong to it", () => {
    expect(read(["AAPL", "MSFT"], "symbol")).toMatchObject({
      stamps: ["survivorship_biased"],
      notes: ["2 of 2 members have no date since when they belong to it."],
    });
    expect(read(["AAPL,2000-01-03,,", "MSFT,,,"]).stamps).toEqual(["survivorship_biased"]);
  });

  it("says when it looks like a list of today's members", () => {
    const rows = Array.from({ length: 20 }, (_, i) => `A${i},2000-01-03,,`);
    expect(read(rows).notes).toEqual([
      "No member ever left: if this is a list of today's members, a test over its past knows who survived.",
    ]);
    expect(read(rows.slice(1)).notes).toEqual([]);
  });

  it.each([
    [
      "a stay that ends before it begins",
      ["AAPL,2005-01-03,2005-01-03,"],
      'line 2: "AAPL" leaves on "2005-01-03", not after it came on "2005-01-03"',
    ],
    [
      "a stay that overlaps another",
      ["AAPL,2005-01-03,,", "AAPL,2000-01-03,2005-01-04,"],
      'line 2: this stay of "AAPL" overlaps the one at line 3',
    ],
    [
      "a stay after one without an end",
      ["AAPL,2000-01-03,,", "AAPL,2005-01-03,,"],
      'line 3: this stay of "AAPL" overlaps the one at line 2',
    ],
    ["a delisting return of a member", ["AAPL,2000-01-03,,-0.5"], 'line 2: "AAPL" has a delisting return and no day on which it left'],
    [
      "a loss of more than all",
      ["AAPL,2000-01-03,2005-01-03,-1.5"],
      'line 2, column "delisting_return": expected a fraction of -1 or more, found "-1.5"',
    ],
    ["a symbol that is none", ["../x,2000-01-03,,"], 'line 2, column "symbol": expected a symbol, found "../X"'],
    ["a date that does not exist", ["AAPL,2000-02-30,,"], 'line 2, column "from": expected a time'],
    ["no member", [], 'expected 1 to 100000 members, found "0"'],
  ])("refuses %s", (_, rows, issue) => {
    expect(() => read(rows)).toThrow(refusal(`members.csv: ${issue}`));
  });
});

describe("universeFromDocument", () => {
  it("gives the universe that the same rows of a table give, under its own name or another", () => {
    const members = [{ symbol: "AAPL", from: "2000-01-03", to: null, delisting_return: null }];
    const universe = universeFromDocument({ name: "big", members }, SOURCE);
    expect(universe).toEqual(read(["AAPL,2000-01-03,,"]));
    expect(universeFromDocument({ name: "big", members }, SOURCE, "other").name).toBe("other");
    const wrong = { symbol: "AAPL", from: "2000-02-30", to: null, delisting_return: null };
    expect(() => universeFromDocument({ name: "big", members: [wrong] }, SOURCE)).toThrow(/members\.0: from must be a date that exists/);
  });
});

describe("membership", () => {
  const universe = read(["AAPL,2000-01-03,2005-01-03,", "AAPL,2007-06-01,,", "LEH,1994-05-31,2008-09-17,-0.98", "OLD,,1999-01-04,"]);

  it.each([
    [19991231, ["LEH"]],
    [20000103, ["AAPL", "LEH"]],
    [20050102, ["AAPL", "LEH"]],
    // The day on which a member left is not one of its days.
    [20050103, ["LEH"]],
    [20080916, ["AAPL", "LEH"]],
    [20080917, ["AAPL"]],
    [19900102, ["OLD"]],
  ])("on %i is %j", (date, symbols) => {
    expect(membersOn(universe, date)).toEqual(symbols);
  });

  it("of a symbol agrees with the members of each date", () => {
    const belongs = Object.fromEntries(["AAPL", "LEH", "OLD", "NONE"].map((symbol) => [symbol, membershipOf(universe, symbol)]));
    fc.assert(
      fc.property(fc.integer({ min: dayNumberOf(19900101), max: dayNumberOf(20301231) }), (day) => {
        const date = dateOfDayNumber(day);
        const members = membersOn(universe, date);
        for (const [symbol, is] of Object.entries(belongs))
          expect(is(date), `${symbol} ${formatDate(date)}`).toBe(members.includes(symbol));
      }),
    );
  });
});

describe("importUniverse", () => {
  const key = "owners/local/data/universes/big.json";

  it("stores a universe under its owner, once, and replaces it by another", async () => {
    const store = createMemoryArtifactStore();
    const universe = read(["AAPL,2000-01-03,,"]);
    expect(await importUniverse(store, "local", universe)).toBe("created");
    const before = await store.get(key);
    expect(await importUniverse(store, "local", { ...universe, source: { name: "copy.csv", sha256: sha256("y") } })).toBe("unchanged");
    expect(await store.get(key)).toEqual(before);
    expect(await readUniverse(store, "local", "big")).toEqual(universe);
    const other = read(["MSFT,2000-01-03,,"]);
    expect(await importUniverse(store, "local", other)).toBe("replaced");
    expect(await listUniverses(store, "local")).toEqual([other]);
    expect(await readUniverse(store, "other", "big")).toBeUndefined();
    expect(await listUniverses(store, "other")).toEqual([]);
  });

  it("refuses what is stored and is no universe, and importing again repairs it", async () => {
    const store = createMemoryArtifactStore();
    const universe = read(["AAPL,2000-01-03,,"]);
    await importUniverse(store, "local", universe);
    for (const text of ["{", '{"schema_version":2}', JSON.stringify({ ...universe, name: "small" })]) {
      await store.put(key, new TextEncoder().encode(text), "any");
      await expect(readUniverse(store, "local", "big")).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
      expect(await importUniverse(store, "local", universe)).toBe("replaced");
      expect(await readUniverse(store, "local", "big")).toEqual(universe);
    }
  });

  it.each(["../x", "Big", "", "a b", "__proto__"])("reaches no storage for the name %j", async (name) => {
    await expect(readUniverse(createMemoryArtifactStore(), "local", name)).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });
});

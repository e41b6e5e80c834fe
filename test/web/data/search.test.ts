import { describe, expect, it } from "vitest";
import { dayIn, flagIn, given, listIn, oneIn, textIn } from "../../../web/src/data/search.ts";

describe("readers of search parameters", () => {
  it("take what fits", () => {
    const search = { q: "spx", sort: "-sharpe", rows: ["a", "b", "a"], one: "x", pass: true, year: 2020 };
    expect(textIn(search, "q")).toBe("spx");
    expect(textIn(search, "year")).toBe("2020");
    expect(oneIn({ tab: "runs" }, "tab", ["config", "runs"])).toBe("runs");
    expect(listIn(search, "rows")).toEqual(["a", "b"]);
    expect(listIn(search, "one")).toEqual(["x"]);
    expect(flagIn(search, "pass")).toBe(true);
  });

  it("leave out what anybody may have written into the address", () => {
    const search = { q: { evil: 1 }, tab: "nowhere", rows: [{}, null, ""], pass: "maybe", long: "x".repeat(201) };
    expect(textIn(search, "q")).toBeUndefined();
    expect(textIn(search, "long")).toBeUndefined();
    expect(oneIn(search, "tab", ["config", "runs"])).toBeUndefined();
    expect(listIn(search, "rows")).toBeUndefined();
    expect(flagIn(search, "pass")).toBeUndefined();
    expect(textIn(search, "absent")).toBeUndefined();
  });

  it("take days of the calendar only", () => {
    expect(dayIn({ from: "2024-02-29" }, "from")).toBe("2024-02-29");
    expect(dayIn({ from: "2026-02-29" }, "from")).toBeUndefined();
    expect(dayIn({ from: "yesterday" }, "from")).toBeUndefined();
    expect(dayIn({ from: "2026-13-01" }, "from")).toBeUndefined();
  });

  it("bound how much a list may hold", () => {
    expect(listIn({ rows: Array.from({ length: 80 }, (_, i) => `r${i}`) }, "rows")).toHaveLength(50);
  });
});

describe("given", () => {
  it("leaves no key without a value", () => {
    expect(given({ a: 1, b: undefined, c: null })).toEqual({ a: 1, c: null });
  });
});

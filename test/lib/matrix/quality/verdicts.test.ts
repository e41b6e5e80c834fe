import { describe, expect, it } from "vitest";
import { reportOf, verdictOf } from "./support.ts";
import { VERDICT_FIXTURES } from "./verdicts.ts";

describe.each(Object.entries(VERDICT_FIXTURES))("%s", (check, fixtures) => {
  it.each(fixtures.map((fixture) => [fixture.status, fixture.name, fixture] as const))("says %s of %s", (status, _, fixture) => {
    const found = verdictOf(check, fixture.options);
    expect(found).toMatchObject({
      status,
      ...(fixture.numbers === undefined ? {} : { numbers: fixture.numbers }),
      ...(fixture.items === undefined ? {} : { items: fixture.items }),
    });
    if (fixture.says !== undefined) expect(found.summary).toContain(fixture.says);
    expect(found.summary).toMatch(/^["A-Z0-9a-z].*\.$/);
    expect(found.summary).not.toMatch(/NaN|undefined|Infinity| {2}/);
  });
});

describe("the fixtures", () => {
  it("are there for every check of a report, in its order, and for no other", () => {
    expect(Object.keys(VERDICT_FIXTURES)).toEqual(reportOf().verdicts.map(({ check }) => check));
  });
  it.each(Object.entries(VERDICT_FIXTURES))("hold cases of %s that pass and that trip it", (_, fixtures) => {
    const statuses = fixtures.map(({ status }) => status);
    expect(statuses).toContain("ok");
    expect(statuses.some((status) => status !== "ok")).toBe(true);
    expect(new Set(fixtures.map(({ name }) => name)).size).toBe(fixtures.length);
  });
});

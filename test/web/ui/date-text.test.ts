import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { dateObjection, dayOf, textOfDay, withHyphens } from "../../../web/src/ui/form/date-text.ts";
import { objectionsTo } from "../../../web/src/ui/form/objections.ts";

describe("dateObjection", () => {
  it("objects to what the schemas object to, in their words", () => {
    const nearDates = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/),
      fc
        .tuple(fc.integer({ min: 1900, max: 2100 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 27, max: 32 }))
        .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join("-")),
    );
    fc.assert(
      fc.property(
        nearDates.filter((text) => text !== ""),
        (text) => {
          expect(dateObjection(text)).toBe(objectionsTo(z.iso.date(), text)[0]?.issue);
        },
      ),
    );
  });

  it("has nothing to say of nothing", () => {
    expect([dateObjection(undefined), dateObjection("")]).toEqual([undefined, undefined]);
  });

  it("keeps to the first and the last date, both taken", () => {
    const bounds = { min: "2020-01-02", max: "2020-12-31" };
    expect(["2020-01-02", "2020-12-31"].map((text) => dateObjection(text, bounds))).toEqual([undefined, undefined]);
    expect(dateObjection("2020-01-01", bounds)).toBe('must be 2020-01-02 or later; found "2020-01-01"');
    expect(dateObjection("2021-01-01", bounds)).toBe('must be 2020-12-31 or earlier; found "2021-01-01"');
  });
});

describe("withHyphens", () => {
  it.each([
    ["20261120", "2026-11-20"],
    ["2026/11/20", "2026-11-20"],
    ["2026.11.20", "2026-11-20"],
    [" 2026-11-20 ", "2026-11-20"],
    ["11/20/2026", "11/20/2026"],
    ["2026-1", "2026-1"],
    ["202611", "202611"],
  ])('makes "%s" "%s"', (typed, text) => {
    expect(withHyphens(typed)).toBe(text);
  });
});

describe("dayOf", () => {
  it("is the day that textOfDay writes", () => {
    for (const text of ["1990-01-01", "2024-02-29", "2026-11-20", "2030-12-31"]) expect(textOfDay(dayOf(text)!)).toBe(text);
  });

  it("is no day for what is no date", () => {
    expect([undefined, "", "2026-1", "2023-02-29", "2026-13-01"].map(dayOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

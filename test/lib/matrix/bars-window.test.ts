import { describe, expect, it } from "vitest";
import { sliceBars } from "#lib/matrix/bars-window.ts";
import { publishedLate, someBars } from "../market-data/some-bars.ts";

describe("sliceBars", () => {
  it("cuts every column, the times from which rows are available included, and has none where there are none", () => {
    const late = publishedLate(someBars(5));
    const cut = sliceBars(late, 1, 3);
    expect([...cut.close]).toEqual([102, 103]);
    expect(cut.availableAt).toEqual(late.availableAt!.slice(1, 3));
    expect(sliceBars(someBars(5), 1, 3)).not.toHaveProperty("availableAt");
  });
});

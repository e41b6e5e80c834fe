import { describe, expect, it } from "vitest";
import { assessHealth } from "#lib/signals/data-health.ts";

const barEnd = Date.parse("2013-11-27T21:00:00Z");
/** Close of the half day after Thanksgiving. */
const due = Date.parse("2013-11-29T18:00:00Z");
const input = { cadence: "daily", barEnd, now: barEnd + 60_000, close: 100, features: [1, 2, 3, 4] } as const;
const codes = (change: Partial<Parameters<typeof assessHealth>[0]>) => assessHealth({ ...input, ...change }).map(({ code }) => code);

describe("assessHealth", () => {
  it("has nothing against a fresh and complete bar", () => {
    expect(codes({})).toEqual([]);
  });

  it("calls a bar stale once the next one has closed, holidays and early closes taken into account", () => {
    expect(codes({ now: due })).toEqual([]);
    expect(codes({ now: due + 1 })).toEqual(["stale_data"]);
    expect(codes({ cadence: "hourly", now: Date.parse("2013-11-29T15:00:00Z") + 1 })).toEqual(["stale_data"]);
  });

  it.each([Number.NaN, 0, -1])("misses a close of %d", (close) => {
    expect(codes({ close })).toEqual(["missing_close"]);
  });

  it("accepts half of the features unknown and not more", () => {
    expect(codes({ features: [1, 2, Number.NaN, Number.NaN] })).toEqual([]);
    expect(assessHealth({ ...input, features: [1, Number.NaN, Number.NaN, Number.NaN] })).toEqual([
      { code: "features_unknown", text: "75 % of the features are unknown at this bar.", value: 0.75, limit: 0.5 },
    ]);
  });

  it("says everything that is wrong at once", () => {
    expect(codes({ now: due + 1, close: Number.NaN, features: [Number.NaN] })).toEqual(["stale_data", "missing_close", "features_unknown"]);
  });
});

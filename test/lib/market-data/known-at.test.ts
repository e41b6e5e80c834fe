import { describe, expect, it } from "vitest";
import { KnownAtSchema, readKnownAt } from "#lib/market-data/known-at.ts";

const iso = (rule: string, session: number): string => new Date(readKnownAt(rule)(session)).toISOString();

describe("readKnownAt", () => {
  it.each([
    ["16:15", 20240702, "2024-07-02T20:15:00.000Z"],
    ["16:15", 20240102, "2024-01-02T21:15:00.000Z"],
    ["open", 20240702, "2024-07-02T13:30:00.000Z"],
    ["close", 20240702, "2024-07-02T20:00:00.000Z"],
    ["close+15m", 20240702, "2024-07-02T20:15:00.000Z"],
    // A half day: closed at 13:00.
    ["close+15m", 20240703, "2024-07-03T17:15:00.000Z"],
    ["16:15", 20240703, "2024-07-03T20:15:00.000Z"],
    // Independence Day lies between.
    ["next_session 09:30", 20240703, "2024-07-05T13:30:00.000Z"],
    ["next_session open", 20240705, "2024-07-08T13:30:00.000Z"],
    ["next_session 06:30+30m", 20240702, "2024-07-03T11:00:00.000Z"],
  ])("%s of %i is %s", (rule, session, expected) => {
    expect(iso(rule, session)).toBe(expected);
  });

  it.each(["", "16:60", "24:00", "9:30", "closing", "close+0m", "close+1000m", "next session open", "next_session", "open ", "16:15:00"])(
    "refuses %j",
    (rule) => {
      expect(KnownAtSchema.safeParse(rule).success).toBe(false);
      expect(() => readKnownAt(rule)).toThrow(
        expect.objectContaining({ code: "INVALID_PARAM", message: expect.stringContaining('must be a time in New York such as "16:15"') }),
      );
    },
  );
});

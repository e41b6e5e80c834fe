import { describe, expect, it } from "vitest";
import { holdEnd, latestExit, nextBarEnd, nextBarStart } from "#lib/signals/hold-end.ts";

const at = (text: string): number => Date.parse(text);
const iso = (ms: number): string => new Date(ms).toISOString();
/** Thursday before Thanksgiving 2013: 28 November is closed, 29 November ends at 13:00 (18:00 UTC). */
const NOV_21 = at("2013-11-21T21:00:00Z");
const FRIDAY = 20131129;

describe("holdEnd", () => {
  it.each([
    [1, "2013-11-22T21:00:00.000Z"],
    [4, "2013-11-27T21:00:00.000Z"],
    [5, "2013-11-29T18:00:00.000Z"],
    [6, "2013-12-02T21:00:00.000Z"],
  ])("counts %d sessions to %s", (bars, expected) => {
    expect(iso(holdEnd(20131121, NOV_21, "daily", bars))).toBe(expected);
  });

  it.each([
    // Hourly bars of the half day: 9:30-10, 10-11, 11-12, 12-13 in New York; then Monday's first ends at 10:00.
    ["2013-11-29T15:00:00Z", 1, "2013-11-29T16:00:00.000Z"],
    ["2013-11-29T15:00:00Z", 3, "2013-11-29T18:00:00.000Z"],
    ["2013-11-29T15:00:00Z", 4, "2013-12-02T15:00:00.000Z"],
    ["2013-11-29T18:00:00Z", 1, "2013-12-02T15:00:00.000Z"],
    // Seven bars a full day: 4 + 7 + 1.
    ["2013-11-29T15:00:00Z", 11, "2013-12-03T15:00:00.000Z"],
  ])("counts hourly bars from %s: %d end at %s", (end, bars, expected) => {
    expect(iso(holdEnd(FRIDAY, at(end), "hourly", bars))).toBe(expected);
  });
});

describe("nextBarStart", () => {
  it("is the bar's own end inside a session and the next open after its close", () => {
    expect(iso(nextBarStart(FRIDAY, at("2013-11-29T15:00:00Z")))).toBe("2013-11-29T15:00:00.000Z");
    expect(iso(nextBarStart(FRIDAY, at("2013-11-29T18:00:00Z")))).toBe("2013-12-02T14:30:00.000Z");
    expect(iso(nextBarEnd(FRIDAY, at("2013-11-29T18:00:00Z"), "daily"))).toBe("2013-12-02T21:00:00.000Z");
  });
});

describe("latestExit", () => {
  const terms = { entry: "next_open", trade: { kind: "bars" }, holdBars: 5, timeStopBars: null, timeStopMinutes: null } as const;
  const exit = (change: Partial<Parameters<typeof latestExit>[3]>, end = "2013-11-27T15:00:00Z"): string =>
    iso(latestExit(20131127, at(end), "hourly", { ...terms, ...change }));

  it("is the end of the hold without a time stop", () => {
    expect(exit({})).toBe("2013-11-27T20:00:00.000Z");
  });

  it("is the close or the open at which a label's trade ends, on half days too", () => {
    // Wednesday 2013-11-27, then the half day after Thanksgiving.
    expect(exit({ trade: { kind: "session_close", sessions: 0 } })).toBe("2013-11-27T21:00:00.000Z");
    expect(exit({ trade: { kind: "session_close", sessions: 1 } })).toBe("2013-11-29T18:00:00.000Z");
    expect(exit({ trade: { kind: "overnight" } })).toBe("2013-11-29T14:30:00.000Z");
    expect(exit({ trade: { kind: "session_close", sessions: 1 }, timeStopBars: 3 })).toBe("2013-11-27T18:00:00.000Z");
  });

  it("is the time stop's bar when that comes first", () => {
    expect(exit({ timeStopBars: 2 })).toBe("2013-11-27T17:00:00.000Z");
    expect(exit({ timeStopBars: 9 })).toBe("2013-11-27T20:00:00.000Z");
  });

  it("is the first bar that closes after the minutes, counted from the entry", () => {
    expect(exit({ timeStopMinutes: 120 })).toBe("2013-11-27T17:00:00.000Z");
    expect(exit({ timeStopMinutes: 121 })).toBe("2013-11-27T18:00:00.000Z");
    // Decided at the close of the session, entered at the open of the half day: 30 minutes later its first bar ends.
    expect(exit({ timeStopMinutes: 30 }, "2013-11-27T21:00:00Z")).toBe("2013-11-29T15:00:00.000Z");
    expect(exit({ timeStopMinutes: 30, entry: "decision_close" }, "2013-11-27T21:00:00Z")).toBe("2013-11-29T15:00:00.000Z");
  });
});

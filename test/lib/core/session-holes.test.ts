import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { isHole, nextHole } from "#lib/core/session-holes.ts";

describe("isHole", () => {
  it("allows the longest closure of the exchange and a feed that missed five sessions", () => {
    // 2001-09-11 to 2001-09-14 were no sessions at all.
    expect(isHole(20010910, 20010917)).toBe(false);
    expect(isHole(20240701, NYSE.addSessions(20240701, 6))).toBe(false);
    expect(isHole(20240701, NYSE.addSessions(20240701, 7))).toBe(true);
  });

  it("does not judge dates that the calendar does not know", () => {
    expect(isHole(19870101, 19890101)).toBe(false);
  });
});

describe("nextHole", () => {
  it("names the last bar before each hole, for every bar before it", () => {
    const after = NYSE.addSessions(20240703, 30);
    const sessions = Float64Array.of(20240701, 20240702, 20240703, 20240703, after, NYSE.nextSession(after));
    expect([...nextHole(sessions)]).toEqual([3, 3, 3, 3, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  it("finds none in whole data", () => {
    const sessions = Float64Array.from(NYSE.sessionsBetween(20230103, 20240103));
    expect(nextHole(sessions).every((row) => row === Number.POSITIVE_INFINITY)).toBe(true);
  });
});

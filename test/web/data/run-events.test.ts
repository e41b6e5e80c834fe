import { describe, expect, it } from "vitest";
import type { RunProgress } from "#client/run-events.ts";
import { type RunFeed, withEvents } from "../../../web/src/data/run-events.ts";

const event = (seq: number): RunProgress => ({
  seq,
  at: "2026-11-26T12:00:00Z",
  step: "FitFold",
  item: null,
  message: `fold ${seq}`,
  done: seq,
  expected: 3600,
  share: seq / 3600,
});
const nothing: RunFeed = { events: [], last: undefined, count: 0, state: "connecting", error: undefined };

describe("withEvents", () => {
  it("adds events that came together and follows from then on", () => {
    const feed = withEvents(nothing, [event(1), event(2)]);
    expect(feed).toMatchObject({ last: { seq: 2 }, count: 2, state: "following" });
    expect(feed.events.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("is the same feed when nothing came", () => {
    expect(withEvents(nothing, [])).toBe(nothing);
  });

  it("keeps the newest 200 of any number, and says how many there were", () => {
    let feed = nothing;
    for (let seq = 1; seq <= 3600; seq++) feed = withEvents(feed, [event(seq)]);
    expect(feed.count).toBe(3600);
    expect(feed.events).toHaveLength(200);
    expect(feed.events[0]!.seq).toBe(3401);
    expect(feed.last!.seq).toBe(3600);
  });
});

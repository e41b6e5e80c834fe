import { describe, expect, it } from "vitest";
import { dueTicks, nextTick, scheduledTime } from "#infra/timer-ticks.ts";

// Friday, 2026-01-02, 21:00 UTC is 16:00 in New York (standard time).
const FRIDAY_CLOSE = Date.parse("2026-01-02T21:00:00Z");

describe("nextTick", () => {
  it("is the signals tick a quarter past the close", () => {
    const tick = nextTick(FRIDAY_CLOSE);
    expect([tick.timer, scheduledTime(tick)]).toEqual(["DailySignals", "2026-01-02T21:15:00Z"]);
  });

  it("passes over the weekend", () => {
    const tick = nextTick(Date.parse("2026-01-03T00:00:00Z"));
    expect([tick.timer, scheduledTime(tick)]).toEqual(["HourlySignals", "2026-01-05T15:32:00Z"]);
  });

  it("follows New York's clock into daylight time", () => {
    // 2026-03-08 is the change; Monday 10:32 in New York is 14:32 UTC.
    expect(scheduledTime(nextTick(Date.parse("2026-03-09T12:00:00Z")))).toBe("2026-03-09T14:32:00Z");
  });
});

describe("dueTicks", () => {
  it("is the newest tick of each machine, oldest first", () => {
    expect(dueTicks(FRIDAY_CLOSE).map((tick) => [tick.machine, scheduledTime(tick)])).toEqual([
      ["volatility", "2026-01-01T21:40:00Z"],
      ["rebuild", "2026-01-01T23:30:00Z"],
      ["signals", "2026-01-02T20:32:00Z"],
    ]);
  });
});

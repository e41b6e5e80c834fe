import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { formatDate, sessionDateOf } from "#lib/core/time.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { sliceToWindow } from "#lib/market-data/window.ts";
import { anyBars, publishedLate, someBars } from "./some-bars.ts";

const seriesOf = (bars: ReturnType<typeof someBars>) => ({
  bars,
  facts: { provider: "files", fingerprint: fingerprintOf(bars), stamps: [], simulation: null },
});
const datesOf = (values: Float64Array): number[] => Array.from(values, sessionDateOf);

describe("sliceToWindow", () => {
  it("takes the start and leaves the end out", () => {
    const { bars } = sliceToWindow(seriesOf(someBars(5)), { start: "2024-07-02", end: "2024-07-05" });
    expect(datesOf(bars.start)).toEqual([20240702, 20240703]);
    expect([...bars.close]).toEqual([102, 103]);
  });

  it("cuts the times from which rows are available alike", () => {
    const { bars } = sliceToWindow(seriesOf(publishedLate(someBars(5))), { start: "2024-07-02", end: "2024-07-05" });
    // 2024-07-03 closed at 13:00 New York time.
    expect(Array.from(bars.availableAt!, (ms) => new Date(ms).toISOString())).toEqual([
      "2024-07-02T20:15:00.000Z",
      "2024-07-03T17:15:00.000Z",
    ]);
  });

  it("takes all when nothing bounds it, and keeps whole sessions of intraday bars", () => {
    const hourly = seriesOf(someBars(14, { cadence: "hourly" }));
    expect(sliceToWindow(hourly, { start: null, end: null })).toBe(hourly);
    const { bars } = sliceToWindow(hourly, { start: "2024-07-02", end: null });
    expect(datesOf(bars.start)).toEqual(new Array(7).fill(20240702));
  });

  it("names a window's data alike whatever comes before or after it", () => {
    const window = { start: "2024-07-02", end: "2024-07-05" };
    const longer = sliceToWindow(seriesOf(someBars(30)), window);
    expect(longer.facts.fingerprint).toBe(sliceToWindow(seriesOf(someBars(4)), window).facts.fingerprint);
    expect(longer.facts.fingerprint).toBe(fingerprintOf(longer.bars));
  });

  it("splits a series at any date without losing or doubling a bar", () => {
    fc.assert(
      fc.property(anyBars, fc.nat(), (bars, at) => {
        const date = sessionDateOf(bars.start[at % bars.length]!);
        const series = seriesOf(bars);
        const late = sliceToWindow(series, { start: formatDate(date), end: null }).bars;
        const early = date > sessionDateOf(bars.start[0]!) ? sliceToWindow(series, { start: null, end: formatDate(date) }).bars.length : 0;
        expect(early + late.length).toBe(bars.length);
        expect(late.close).toEqual(bars.close.slice(early));
      }),
    );
  });

  it("refuses an empty window, a date that is none, and one outside the calendar", () => {
    const series = seriesOf(someBars(5));
    const refusal = (text: string) => expect.objectContaining({ code: "INVALID_PARAM", message: expect.stringContaining(text) });
    expect(() => sliceToWindow(series, { start: "2024-07-02", end: "2024-07-02" })).toThrowError(
      refusal('window.end must come after window.start ("2024-07-02"); found "2024-07-02"'),
    );
    expect(() => sliceToWindow(series, { start: "2024-02-30", end: null })).toThrowError(
      refusal("window.start must be a date that exists"),
    );
    expect(() => sliceToWindow(series, { start: "1980-01-01", end: null })).toThrowError(refusal('covers "1990-01-01" to "2030-12-31"'));
  });

  it("says what there is when the window has no bar", () => {
    expect(() => sliceToWindow(seriesOf(someBars(5)), { start: "2025-01-01", end: "2025-02-01" })).toThrowError(
      expect.objectContaining({
        code: "DATA_UNAVAILABLE",
        message: '"files" has TEST daily from 2024-07-01 to 2024-07-08; found no bar from "2025-01-01" to before "2025-02-01".',
      }),
    );
    expect(NYSE.isSession(20240708)).toBe(true);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bars, CADENCES } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { parseCsvBars } from "#lib/market-data/csv-bars.ts";
import { someBars } from "./some-bars.ts";

type Intraday = Exclude<Bars["cadence"], "daily">;
const INTRADAY = CADENCES.filter((cadence): cadence is Intraday => cadence !== "daily");

/** Bars as a file whose stamps mark one of their ends. */
function print(bars: Bars, label: "start" | "end"): string {
  const lines = Array.from(bars[label], (ms) => `${new Date(ms).toISOString()},10,11,9,10`);
  return ["ts,open,high,low,close", ...lines].join("\n");
}
const whole = (cadence: Intraday, sessions: number, from = 20240701): Bars => {
  const perSession = { "1m": 390, "5m": 78, "15m": 26, hourly: 7 }[cadence];
  return someBars(perSession * sessions, { cadence, from });
};

describe("the bar label of intraday files", () => {
  it.each(INTRADAY)("is refused when the stamps of %s bars say the other one", (cadence) => {
    const bars = whole(cadence, 2);
    expect(() => parseCsvBars(print(bars, "end"), { symbol: "T", cadence })).toThrow(
      expect.objectContaining({
        code: "DATA_INVALID",
        message: expect.stringContaining(
          'every line, column "ts": the bar label is "start", but in 2 of 2 sessions their first time comes after the open and their last is the close; set it to "end"',
        ),
      }),
    );
    expect(() => parseCsvBars(print(bars, "start"), { symbol: "T", cadence, barLabel: "end" })).toThrow(
      expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining('set it to "start"') }),
    );
  });

  it("is refused for hours labelled by the clock, the first 09:00", () => {
    const csv = "ts,open,high,low,close\n2024-07-01T09:00,10,11,9,10\n2024-07-01T10:00,10,11,9,10\n2024-07-01T15:00,10,11,9,10\n";
    expect(parseCsvBars(csv, { symbol: "T", cadence: "hourly" }).bars.length).toBe(3);
    expect(() => parseCsvBars(csv, { symbol: "T", cadence: "hourly", barLabel: "end" })).toThrow(/set it to "start"/);
  });

  it("stands when the sessions have extended hours, whichever it is", () => {
    const times = ["09:00", "09:15", "09:30", "09:45", "15:45", "16:00", "16:15"];
    const csv = ["ts,open,high,low,close", ...times.map((time) => `2024-07-01T${time},10,11,9,10`)].join("\n");
    expect(parseCsvBars(csv, { symbol: "T", cadence: "15m" }).bars.length).toBe(3);
    expect(parseCsvBars(csv, { symbol: "T", cadence: "15m", barLabel: "end" }).bars.length).toBe(3);
  });

  it("never refuses the label by which a file was written", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...INTRADAY),
        fc.integer({ min: 0, max: NYSE.sessionCount - 5 }),
        fc.constantFrom("start" as const, "end" as const),
        fc.nat({ max: 5 }),
        (cadence, session, label, cut) => {
          const bars = whole(cadence, 2, NYSE.sessionAt(session));
          const part = print({ ...bars, start: bars.start.slice(cut), end: bars.end.slice(cut) }, label);
          const found = parseCsvBars(part, { symbol: "T", cadence, barLabel: label }).bars;
          expect(found.start).toEqual(bars.start.slice(cut));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("the times of daily files", () => {
  const read = (stamp: string, barLabel: "start" | "end" = "start") =>
    parseCsvBars(`ts,open,high,low,close\n${stamp},10,11,9,10\n`, { symbol: "T", cadence: "daily", barLabel }).bars;

  it.each([
    ["2024-07-02", "start"],
    ["2024-07-02T00:00:00", "start"],
    ["2024-07-02T09:30", "start"],
    ["2024-07-02T16:00", "start"],
    ["2024-07-02T16:00", "end"],
    ["2024-07-02T20:00Z", "end"],
  ] as const)("%s is the session of 2024-07-02 (label %s)", (stamp, label) => {
    expect(new Date(read(stamp, label).start[0]!).toISOString()).toBe("2024-07-02T13:30:00.000Z");
  });

  it.each([
    // Midnight UTC in another zone: the session of July 2nd or that of July 1st.
    ["2024-07-01T20:00:00-04:00", "start", "a time at night"],
    ["2024-07-02T02:00", "start", "a time at night"],
    ["2024-07-02T19:00", "end", "a time at night"],
    ["2024-07-02", "end", "a date names its session and marks no end of a bar"],
    ["2024-07-02T00:00", "end", "a date names its session and marks no end of a bar"],
    ["2024-07-02T09:30", "end", "expected the end of a session"],
  ] as const)("%s is refused with the label %s: %s", (stamp, label, issue) => {
    expect(() => read(stamp, label)).toThrow(expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining(issue) }));
  });
});

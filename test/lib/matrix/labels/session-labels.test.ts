import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import type { CloseToOpenLabel, HeadfakeReversalLabel, PinDriftLabel } from "#lib/matrix/label.schema.ts";
import { closeToOpenLabel } from "#lib/matrix/labels/close-to-open.ts";
import { forwardReturnLabel } from "#lib/matrix/labels/forward-return.ts";
import { headfakeReversalLabel } from "#lib/matrix/labels/headfake-reversal.ts";
import type { LabelColumns, LabelSeries } from "#lib/matrix/labels/label-series.ts";
import { pinDriftLabel } from "#lib/matrix/labels/pin-drift.ts";
import { hourly, labelBars } from "./label-bars.ts";

const MONDAY = 20240701;
const TUESDAY = 20240702;
/** A half day: 09:30 to 13:00, four hourly bars. */
const HALF_DAY = 20240703;

/** [row, class, return to 6 digits] of every row that has a label end. */
const labelled = ({ y, retFwd, t1 }: LabelColumns): [number, number, number][] =>
  [...t1.keys()].filter((row) => !Number.isNaN(t1[row]!)).map((row) => [row, y[row]!, Number(retFwd[row]!.toFixed(6))]);

const constant = ({ length }: LabelSeries, value: number): Float64Array => new Float64Array(length).fill(value);

describe("closeToOpenLabel", () => {
  const label: CloseToOpenLabel = { kind: "close_to_open", entry: "decision_close", decision_time: "15:00", band: { kind: "none" } };
  const series = labelBars("hourly", MONDAY, [
    hourly(100, 101, 102, 103, 104, 105, 106, 107),
    hourly(110, 109, 108, 107, 106, 105, 104, 103),
    hourly(100, 100.5, 101, 102, 103),
    hourly(104, 105),
  ]);

  it("is the return from the session's close to the next open, carried by the bar that ends at the decision time", () => {
    // Monday 15:00 is the end of the sixth bar; 107 to 110. The half day decides an hour before its early close.
    expect(labelled(closeToOpenLabel(series, label, "hourly"))).toEqual([
      [5, 1, Number((110 / 107 - 1).toFixed(6))],
      [12, -1, Number((100 / 103 - 1).toFixed(6))],
      [16, 1, Number((104 / 103 - 1).toFixed(6))],
    ]);
  });

  it("ends when the next session opens", () => {
    const { t1 } = closeToOpenLabel(series, label, "hourly");
    expect([t1[5], t1[12], t1[16]]).toEqual([NYSE.openOf(TUESDAY), NYSE.openOf(HALF_DAY), NYSE.openOf(20240705)]);
  });

  it("decides at daily cadence with the day's own bar", () => {
    const daily = labelBars("daily", MONDAY, [[[100, 108, 99, 107]], [[110, 111, 102, 103]], [[100, 104, 99, 103]]]);
    expect(labelled(closeToOpenLabel(daily, label, "daily"))).toEqual([
      [0, 1, Number((110 / 107 - 1).toFixed(6))],
      [1, -1, Number((100 / 103 - 1).toFixed(6))],
    ]);
  });

  it("has no label from a session whose close is still to come, nor where the close or the open is missing", () => {
    const cut = labelBars("hourly", MONDAY, [hourly(100, 101, 102), hourly(110, 109)]);
    expect(labelled(closeToOpenLabel(cut, label, "hourly"))).toEqual([]);
    const missing = { ...series, close: series.close.map((value, i) => (i === 6 ? Number.NaN : value)) };
    expect(labelled(closeToOpenLabel(missing, label, "hourly")).map(([row]) => row)).toEqual([12, 16]);
  });

  it("measures the band by the nights before", () => {
    const closes = [100, 101, 100, 101, 100, 101, 100];
    const days = closes.map((close, i): [number, number, number, number][] => [[close * (i % 2 === 0 ? 1.01 : 0.99), 200, 1, close]]);
    const daily = labelBars("daily", MONDAY, days);
    const banded = { ...label, band: { kind: "trailing_sigma" as const, k: 0.1, window: 3 } };
    const { y } = closeToOpenLabel(daily, banded, "daily");
    expect(Array.from(y.subarray(0, 3))).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(Math.abs(y[4]!)).toBe(1);
    expect(closeToOpenLabel(daily, { ...banded, band: { ...banded.band, k: 10 } }, "daily").y[4]).toBe(0);
  });
});

describe("headfakeReversalLabel", () => {
  const label: HeadfakeReversalLabel = {
    kind: "headfake_reversal",
    entry: "decision_close",
    window_end: "11:00",
    move_atr: 0.5,
    reverse_atr: 0.5,
    atr_window: 14,
  };
  // The second hourly bar ends at 11:00. Range 4: a move of 2 puts the question, a return of 2 answers it.
  const days = {
    reversedDown: hourly(100, 101, 103, 103, 102, 102, 101, 100.5),
    held: hourly(100, 101, 103, 103, 102, 102, 102, 102),
    reversedUp: hourly(100, 99, 98, 98, 99, 99, 100, 100),
    small: hourly(100, 101, 101, 101, 99, 98, 97, 96),
    exact: hourly(100, 101, 102, 102, 101, 101, 101, 100),
  };
  const labelOf = (day: ReturnType<typeof hourly>, entry: HeadfakeReversalLabel["entry"] = "decision_close") => {
    const series = labelBars("hourly", MONDAY, [day]);
    return labelled(headfakeReversalLabel(series, { ...label, entry }, constant(series, 4)));
  };

  it("is 1 after a reversed fall, -1 after a reversed rise, 0 where the move held", () => {
    expect(labelOf(days.reversedDown)).toEqual([[1, -1, Number((100.5 / 103 - 1).toFixed(6))]]);
    expect(labelOf(days.held)).toEqual([[1, 0, Number((102 / 103 - 1).toFixed(6))]]);
    expect(labelOf(days.reversedUp)).toEqual([[1, 1, Number((100 / 98 - 1).toFixed(6))]]);
  });

  it("puts no question after a small move, and counts a move of just the size", () => {
    expect(labelOf(days.small)).toEqual([]);
    expect(labelOf(days.exact)).toEqual([[1, -1, Number((100 / 102 - 1).toFixed(6))]]);
  });

  it("measures the return from the next bar's open where the entry is there", () => {
    const gapped = days.reversedDown.map((bar, i): [number, number, number, number] => (i === 2 ? [103.5, 104, 103, 103] : [...bar]));
    expect(labelOf(gapped, "next_open")).toEqual([[1, -1, Number((100.5 / 103.5 - 1).toFixed(6))]]);
  });

  it("has no label without a known range, before the close, or on a half day that has no such bar", () => {
    const series = labelBars("hourly", MONDAY, [days.reversedDown]);
    expect(labelled(headfakeReversalLabel(series, label, constant(series, Number.NaN)))).toEqual([]);
    const cut = labelBars("hourly", MONDAY, [days.reversedDown.slice(0, 5)]);
    expect(labelled(headfakeReversalLabel(cut, label, constant(cut, 4)))).toEqual([]);
    const half = labelBars("hourly", HALF_DAY, [hourly(100, 101, 103, 102, 101)]);
    expect(labelled(headfakeReversalLabel(half, { ...label, window_end: "14:00" }, constant(half, 4)))).toEqual([]);
    expect(labelled(headfakeReversalLabel(half, label, constant(half, 4)))).toEqual([[1, -1, Number((101 / 103 - 1).toFixed(6))]]);
  });
});

describe("pinDriftLabel", () => {
  const label: PinDriftLabel = {
    kind: "pin_drift",
    entry: "decision_close",
    drift_start: "14:00",
    peak: "oi",
    drift_atr: 0.25,
    atr_window: 14,
  };
  // The fifth hourly bar ends at 14:00 at 100; the session closes at the last value. Range 4: a drift of 1 counts.
  const classOf = (close: number, peak: number): number[] => {
    const series = labelBars("hourly", MONDAY, [hourly(100, 100, 100, 100, 100, 100, 100, close)]);
    return labelled(pinDriftLabel(series, label, constant(series, peak), constant(series, 4))).map(([, y]) => y);
  };

  it("is 1 when the price drifts up to the peak, -1 down to it, 0 when it does neither", () => {
    expect(classOf(101, 105)).toEqual([1]);
    expect(classOf(99, 95)).toEqual([-1]);
    expect(classOf(100.9, 105)).toEqual([0]);
    expect(classOf(99, 105)).toEqual([0]);
    expect(classOf(101, 100)).toEqual([0]);
  });

  it("has no label without a known peak", () => {
    expect(classOf(101, Number.NaN)).toEqual([]);
  });
});

describe("forwardReturnLabel in sessions", () => {
  const series = labelBars("hourly", MONDAY, [
    hourly(100, 101, 102, 103, 104, 105, 106, 107),
    hourly(110, 109, 108, 107, 106, 105, 104, 103),
    hourly(100, 101, 102),
  ]);
  const options = { entry: "decision_close", horizon: 1, unit: "sessions", band: { kind: "none" }, crossSession: true } as const;

  it("ends with the last bar of the session so many sessions ahead, once that is complete", () => {
    const { t1, retFwd } = forwardReturnLabel(series, { ...options, task: "classify" });
    expect(new Set(t1.subarray(0, 7))).toEqual(new Set([NYSE.closeOf(TUESDAY)]));
    expect(retFwd[2]).toBeCloseTo(103 / 103 - 1, 12);
    // Wednesday's half day has not ended: nothing of Tuesday's rows is known.
    expect(Array.from(t1.subarray(7)).every(Number.isNaN)).toBe(true);
  });

  it("is the return itself for a regression", () => {
    const { y, retFwd } = forwardReturnLabel(series, { ...options, unit: "bars", task: "regress" });
    expect(y).toEqual(retFwd);
    expect(y[0]).toBeCloseTo(102 / 101 - 1, 12);
  });
});

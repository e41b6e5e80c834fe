import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { forwardReturnLabel } from "#lib/matrix/labels/forward-return.ts";
import { plainBars } from "./label-bars.ts";

describe("forwardReturnLabel across a hole in the data", () => {
  it("has no label whose span crosses it, and every other", () => {
    const before = NYSE.sessionsBetween(20240102, 20240112);
    const after = NYSE.sessionsBetween(20240603, 20240611);
    const dates = Float64Array.from([...before, ...after]);
    const close = Float64Array.from(dates, (_, i) => 100 + i);
    const end = Float64Array.from(dates, (date) => NYSE.closeOf(date));
    const series = { ...plainBars({ close: Array.from(close) }), end, sessionDate: dates };
    const options = { entry: "decision_close", horizon: 2, unit: "bars", task: "classify", band: { kind: "none" } } as const;
    const { t1 } = forwardReturnLabel(series, { ...options, crossSession: true });
    const unlabelled = [...t1.keys()].filter((row) => Number.isNaN(t1[row]!));
    // The last two before the hole (8 sessions before it), and the last two of all.
    expect(unlabelled).toEqual([before.length - 2, before.length - 1, dates.length - 2, dates.length - 1]);
  });
});

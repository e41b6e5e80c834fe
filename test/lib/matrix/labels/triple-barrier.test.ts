import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TripleBarrierLabel } from "#lib/matrix/label.schema.ts";
import { tripleBarrierLabel } from "#lib/matrix/labels/triple-barrier.ts";
import { plainBars } from "./label-bars.ts";

const nan = Number.NaN;

/** Two percent on both sides, four bars. */
const TWO_PERCENT: TripleBarrierLabel = {
  kind: "triple_barrier",
  entry: "decision_close",
  horizon: 4,
  up: 1,
  down: 1,
  sigma: { kind: "fixed", fraction: 0.02 },
  touch: "close",
  vertical: "sign",
};
const close = [100, 101, 100.5, 102.2, 99, 97.5, 98.2, 98.4, 100.9, 101];
const high = [100.2, 101.5, 101.2, 102.6, 102.3, 99.1, 98.9, 98.8, 101.2, 101.6];
const low = [99.7, 99.8, 100.1, 100.4, 98.7, 97.2, 97.4, 98, 98.3, 100.6];

describe("tripleBarrierLabel", () => {
  // The reference's worked path: labels and touching bars of rows 0 to 8; the last one's tail is cut off, so it is unknown here.
  it("is the barrier that a close touches first, or the sign at the time limit", () => {
    const { y, t1 } = tripleBarrierLabel(plainBars({ close }), TWO_PERCENT, true);
    expect(Array.from(y)).toEqual([1, -1, -1, -1, 1, 1, 1, 1, nan, nan]);
    expect(Array.from(t1, (time) => time / 100 - 1)).toEqual([3, 5, 5, 4, 8, 8, 8, 8, nan, nan]);
  });

  it("touches within the bar, the lower barrier first when a bar touches both", () => {
    const open = [100, ...close.slice(0, -1)];
    const { y, t1, retFwd } = tripleBarrierLabel(plainBars({ close, open, high, low }), { ...TWO_PERCENT, touch: "high_low" }, true);
    expect(Array.from(y)).toEqual([1, -1, 1, -1, 1, 1, 1, 1, nan, nan]);
    expect(Array.from(t1, (time) => time / 100 - 1)).toEqual([3, 4, 3, 4, 8, 8, 8, 8, nan, nan]);
    // Row 0 leaves at its barrier, 102.
    expect(retFwd[0]).toBeCloseTo(0.02, 12);
  });

  it("takes the open where a bar gaps beyond a barrier", () => {
    const series = plainBars({ close: [100, 96, 96], open: [100, 95, 96], high: [100, 97, 96], low: [100, 94, 96] });
    const { y, retFwd } = tripleBarrierLabel(series, { ...TWO_PERCENT, touch: "high_low", horizon: 2 }, true);
    expect([y[0], retFwd[0]]).toEqual([-1, 95 / 100 - 1]);
  });

  it("starts at the next open where the entry is there", () => {
    // Row 0 enters at 110: 112.2 and 107.8 are its barriers; the close of 108 touches none, the one of 107 does.
    const series = plainBars({ close: [100, 108, 107, 107], open: [100, 110, 108, 107] });
    const { y, t1, retFwd } = tripleBarrierLabel(series, { ...TWO_PERCENT, entry: "next_open", horizon: 3 }, true);
    expect([y[0], t1[0], retFwd[0]]).toEqual([-1, 300, 107 / 110 - 1]);
  });

  it("calls the time limit flat where asked, and an exact zero by sign nothing", () => {
    const still = plainBars({ close: [100, 100, 100] });
    expect(tripleBarrierLabel(still, { ...TWO_PERCENT, horizon: 1 }, true).y[0]).toBeNaN();
    expect(tripleBarrierLabel(still, { ...TWO_PERCENT, horizon: 1 }, true).retFwd[0]).toBe(0);
    expect(tripleBarrierLabel(still, { ...TWO_PERCENT, horizon: 1, vertical: "flat" }, true).y[0]).toBe(0);
  });

  it("does not look beyond the session where labels may not, and knows what was touched inside it", () => {
    const sessionDate = [20240701, 20240701, 20240701, 20240702, 20240702];
    const series = plainBars({ close: [100, 101, 103, 90, 90], sessionDate });
    const inside = tripleBarrierLabel(series, TWO_PERCENT, false);
    // Row 0 touches at row 2; row 1 (101: barriers 103.02, 98.98) and row 2 would need the next session.
    expect(Array.from(inside.y.subarray(0, 3))).toEqual([1, nan, nan]);
    expect(Array.from(tripleBarrierLabel(series, TWO_PERCENT, true).y.subarray(0, 3))).toEqual([1, -1, -1]);
  });

  it("widens trailing barriers with the root of the horizon, and has none without a sigma", () => {
    // Returns alternate by 10 %: sigma over two bars is 0.1414 from row 2 on; times sqrt(4) = 0.2828.
    const closes = [100, 110, 99, 108.9, 98.01, 107.811, 150];
    const label: TripleBarrierLabel = { ...TWO_PERCENT, sigma: { kind: "trailing", window: 2 } };
    const { y, t1 } = tripleBarrierLabel(plainBars({ close: closes }), label, true);
    expect(Array.from(y.subarray(0, 3))).toEqual([nan, nan, 1]);
    // 99 x 1.2828 = 127: only 150 is above.
    expect(t1[2]).toBe(700);
  });

  it("never changes a label that has ended, and knows none that has not, when the series is cut", () => {
    const prices = fc.array(
      fc.oneof({ weight: 9, arbitrary: fc.double({ min: 90, max: 110, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(nan) }),
      { minLength: 3, maxLength: 50 },
    );
    fc.assert(
      fc.property(
        prices,
        fc.constantFrom("next_open" as const, "decision_close" as const),
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (closes, entry, crossSession, share) => {
          const sessionDate = closes.map((_, i) => 20240701 + Math.floor(i / 7));
          const label: TripleBarrierLabel = { ...TWO_PERCENT, entry, sigma: { kind: "trailing", window: 3 } };
          const full = tripleBarrierLabel(plainBars({ close: closes, sessionDate }), label, crossSession);
          const kept = 1 + Math.floor(share * (closes.length - 1));
          const cut = tripleBarrierLabel(
            plainBars({ close: closes.slice(0, kept), sessionDate: sessionDate.slice(0, kept) }),
            label,
            crossSession,
          );
          for (let i = 0; i < kept; i++) {
            const known = full.t1[i]! <= kept * 100;
            expect([cut.y[i], cut.retFwd[i], cut.t1[i]]).toEqual(known ? [full.y[i], full.retFwd[i], full.t1[i]] : [nan, nan, nan]);
          }
        },
      ),
    );
  });
});

import { describe, expect, it } from "vitest";
import type { Verdict } from "#lib/matrix/quality/quality.schema.ts";
import { verdictOf } from "./support.ts";

const swap = (column: Float64Array, i: number, j: number): void => {
  [column[i], column[j]] = [column[j]!, column[i]!];
};

describe("the checks of times", () => {
  it("fails bars that run backwards", () => {
    const found = verdictOf("monotonic_time", {
      bars: ({ start, end }) => {
        swap(start, 100, 101);
        swap(end, 100, 101);
      },
    });
    expect(found).toMatchObject({ status: "fail", numbers: { rows: 600, out_of_order: 1 } });
    expect(found.summary).toContain("2018-05-25");
  });

  it("fails repeated bars", () => {
    const found = verdictOf("duplicate_bars", {
      bars: ({ start, end }) => {
        start[101] = start[100]!;
        end[101] = end[100]!;
      },
    });
    expect(found).toMatchObject({ status: "fail", numbers: { duplicates: 1 } });
  });

  it("warns of a stray bar outside the session and fails a series of other hours", () => {
    const shifted = (hours: number, count: number): Verdict =>
      verdictOf("session_alignment", {
        cadence: "hourly",
        bars: ({ start, end }) => {
          for (let i = 0; i < count; i++) {
            const row = i * 7 + 6;
            start[row] = start[row]! + hours * 3_600_000;
            end[row] = end[row]! + hours * 3_600_000;
          }
        },
      });
    expect(shifted(2, 1)).toMatchObject({ status: "warn", numbers: { outside_hours: 1 } });
    expect(shifted(2, 80)).toMatchObject({ status: "fail", numbers: { outside_hours: 80 } });
  });

  it("warns of a missing session, names it, and fails when many are missing", () => {
    const without = (dropped: (row: number) => boolean): Verdict =>
      verdictOf("missing_sessions", {
        bars: (bars) => {
          const kept = [...bars.start.keys()].filter((row) => !dropped(row));
          for (const name of ["start", "end", "open", "high", "low", "close", "volume", "factor"] as const)
            bars[name] = Float64Array.from(kept, (row) => bars[name][row]!);
          bars.length = kept.length;
        },
      });
    // Row 2 is the third session of 2018.
    expect(without((row) => row === 2)).toMatchObject({ status: "warn", items: ["2018-01-04"], numbers: { missing: 1, sessions: 600 } });
    expect(without((row) => row % 10 === 5)).toMatchObject({ status: "fail", numbers: { missing: 60 } });
  });
});

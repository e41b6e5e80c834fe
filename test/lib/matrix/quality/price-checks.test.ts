import { describe, expect, it } from "vitest";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import { barsOnly } from "#lib/matrix/matrix-data.ts";
import { assessQuality } from "#lib/matrix/quality/assess-quality.ts";
import type { Verdict } from "#lib/matrix/quality/quality.schema.ts";
import { FACTS, randomSeries, specOf } from "../fixtures.ts";
import { type Options, scaleFree, verdictOf } from "./support.ts";

describe("the checks of prices and volumes", () => {
  it.each<[string, "warn" | "fail", string, NonNullable<Options["bars"]>]>([
    ["a price of zero", "fail", "non_positive", ({ low }) => low.fill(0, 50, 51)],
    ["a negative price", "fail", "non_positive", ({ open }) => open.fill(-3, 50, 51)],
    ["a high below the low", "fail", "high_below_low", ({ high, low }) => high.fill(low[50]! * 0.99, 50, 51)],
    ["a close above the high", "warn", "outside_range", ({ close, high }) => close.fill(high[50]! * 1.01, 50, 51)],
    [
      "a move of 60 %",
      "warn",
      "extreme_moves",
      ({ open, high, low, close, length }) => {
        for (const column of [open, high, low, close]) for (let i = 300; i < length; i++) column[i] = column[i]! * 1.6;
      },
    ],
    [
      "a ten for one split that the data does not know",
      "fail",
      "impossible_moves",
      ({ open, high, low, close, length }) => {
        for (const column of [open, high, low, close]) for (let i = 300; i < length; i++) column[i] = column[i]! / 10;
      },
    ],
  ])("reports %s as price_sanity %s", (_, status, number, bars) => {
    expect(verdictOf("price_sanity", { bars })).toMatchObject({ status, numbers: { [number]: 1 } });
  });

  it("does not mistake a split that the data knows for a move", () => {
    const { bars } = randomSeries({ bars: 600, seed: "quality", actions: true });
    const spec = specOf({}, scaleFree);
    const report = assessQuality(spec, buildMatrix(spec, barsOnly({ bars, facts: FACTS })), barsOnly({ bars, facts: FACTS }));
    expect(report.verdicts.find(({ check }) => check === "price_sanity")).toMatchObject({ status: "ok" });
  });

  it("fails a negative volume, not an unknown one", () => {
    expect(verdictOf("non_negative_volume", { bars: ({ volume }) => volume.fill(-1, 9, 10) })).toMatchObject({
      status: "fail",
      numbers: { negative: 1 },
    });
    expect(verdictOf("non_negative_volume", { bars: ({ volume }) => volume.fill(Number.NaN, 9, 10) })).toMatchObject({ status: "ok" });
  });

  it("warns of a missing close and fails when one in twenty is missing", () => {
    const missing = (every: number): Verdict =>
      verdictOf("missing_closes", {
        bars: ({ close }) => {
          for (let i = every; i < 600; i += every) close[i] = Number.NaN;
        },
      });
    expect(missing(500)).toMatchObject({ status: "warn", numbers: { missing: 1 } });
    expect(missing(15)).toMatchObject({ status: "fail", numbers: { missing: 39 } });
  });
});

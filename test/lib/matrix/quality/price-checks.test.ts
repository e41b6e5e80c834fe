import { describe, expect, it } from "vitest";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import { barsOnly } from "#lib/matrix/matrix-data.ts";
import { assessQuality } from "#lib/matrix/quality/assess-quality.ts";
import { FACTS, randomSeries, specOf } from "../fixtures.ts";
import { scaleFree } from "./support.ts";

describe("priceSanity", () => {
  it("does not mistake a split that the data knows for a move", () => {
    const { bars } = randomSeries({ bars: 600, seed: "quality", actions: true });
    const spec = specOf({}, scaleFree);
    const report = assessQuality(spec, buildMatrix(spec, barsOnly({ bars, facts: FACTS })), barsOnly({ bars, facts: FACTS }));
    expect(report.verdicts.find(({ check }) => check === "price_sanity")).toMatchObject({ status: "ok" });
  });
});

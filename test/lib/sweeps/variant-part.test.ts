import { describe, expect, it } from "vitest";
import { VariantParamsSchema } from "#lib/sweeps/variant.schema.ts";
import { variantOf } from "#lib/sweeps/variant-id.ts";
import { decodeVariantPart, encodeVariantPart, type VariantPart } from "#lib/sweeps/variant-part.ts";
import { metricsWith } from "../leaderboard/metrics.fixture.ts";

const variant = variantOf(
  VariantParamsSchema.parse({ threshold_mode: "edge", threshold: 0.1, top_pct: null, hours: null, hold_bars: null }),
  5,
);
const part: VariantPart = {
  outcomes: [
    {
      status: "done",
      paths: null,
      variant,
      metrics: metricsWith(),
      daily_digest: "a".repeat(64),
      trades_digest: "b".repeat(64),
      realised_share: null,
      net_exposure: -0,
      repriced_trades: 0,
      ambiguous_bars: 0,
      notes: ["hold_differs_from_label"],
    },
    { status: "failed", variant, code: "LABEL_ENTRY_MISMATCH", detail: "Another entry." },
  ],
  daily: [Float64Array.of(0.01, -0.02, 0), new Float64Array(0)],
};

describe("decodeVariantPart", () => {
  it("gives back finished and failed variants with their returns", () => {
    const read = decodeVariantPart(encodeVariantPart(part));
    expect(read.daily).toEqual(part.daily);
    expect(read.outcomes).toEqual(JSON.parse(JSON.stringify(part.outcomes)));
    expect(encodeVariantPart(read)).toEqual(encodeVariantPart(part));
  });

  it("refuses a changed or truncated file", () => {
    const bytes = encodeVariantPart(part);
    const changed = bytes.slice();
    changed[bytes.length - 40]! ^= 1;
    for (const damaged of [changed, bytes.subarray(0, 100)])
      expect(() => decodeVariantPart(damaged)).toThrow(expect.objectContaining({ code: "ARTIFACT_CORRUPT" }) as Error);
  });
});

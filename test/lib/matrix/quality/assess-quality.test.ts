import { describe, expect, it } from "vitest";
import { requireQuality } from "#lib/matrix/quality/assess-quality.ts";
import { QualityReportSchema } from "#lib/matrix/quality/quality.schema.ts";
import { reportOf } from "./support.ts";

describe("assessQuality", () => {
  it("finds nothing wrong with a clean series, daily or hourly", () => {
    for (const cadence of ["daily", "hourly"] as const) {
      const report = reportOf({ cadence });
      expect(report.verdicts.filter(({ status }) => status !== "ok")).toEqual([]);
      expect(report.status).toBe("ok");
      expect(QualityReportSchema.parse(report)).toEqual(report);
      expect(report.verdicts.map(({ check }) => check)).toEqual([
        "monotonic_time",
        "duplicate_bars",
        "session_alignment",
        "missing_sessions",
        "price_sanity",
        "adjusted_twice",
        "non_negative_volume",
        "missing_closes",
        "stale_open",
        "stale_close",
        "label_balance",
        "coverage_by_hour",
        "nan_share",
        "constant_columns",
        "leakage_scan",
        "drift",
        "other_series",
        "chain_sanity",
        "iv_populated",
        "flow_present",
      ]);
    }
  });
});

describe("requireQuality", () => {
  const failing = reportOf({
    bars: ({ volume, low }) => {
      volume.fill(-1, 9, 10);
      low.fill(0, 50, 51);
    },
  });

  it("stops a failed matrix and names each failed check", () => {
    expect(() => requireQuality(failing, { force: false })).toThrowError(
      expect.objectContaining({ code: "QUALITY_FAILED", facts: { failed: ["price_sanity", "non_negative_volume"] } }),
    );
  });
  it("lets a forced one pass and returns what was overruled", () => {
    expect(requireQuality(failing, { force: true })).toEqual(["price_sanity", "non_negative_volume"]);
  });
  it("has nothing to say about warnings", () => {
    expect(requireQuality(reportOf({ bars: ({ volume }) => volume.fill(0, 5, 6) }), { force: false })).toEqual([]);
  });
});

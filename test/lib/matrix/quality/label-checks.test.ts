import { describe, expect, it } from "vitest";
import type { MatrixConfig } from "#lib/matrix/matrix-spec.ts";
import { requireQuality } from "#lib/matrix/quality/assess-quality.ts";
import { reportOf, verdictOf } from "./support.ts";

describe("the checks of labels and hours", () => {
  describe("label_balance", () => {
    const flatBand: Partial<MatrixConfig> = {
      label: { kind: "next_bar_direction", entry: "decision_close", band: { kind: "fixed_bps", bps: 9000 } },
    };

    it("fails labels of one class", () => {
      const report = reportOf({ config: flatBand });
      expect(report.label_balance).toEqual([
        { value: -1, rows: 0, share: 0 },
        { value: 0, rows: 599, share: 1 },
        { value: 1, rows: 0, share: 0 },
      ]);
      expect(() => requireQuality(report, { force: false })).toThrowError(expect.objectContaining({ code: "SINGLE_CLASS" }));
    });
    it("fails a window without any label", () => {
      const config = {
        label: { kind: "forward_return", unit: "bars", task: "classify", entry: "decision_close", horizon: 5, band: { kind: "none" } },
        window: { start: "2018-01-02", end: "2018-01-06" },
      } as const;
      expect(verdictOf("label_balance", { config })).toMatchObject({ status: "fail", numbers: { labelled: 0 } });
    });
  });
});

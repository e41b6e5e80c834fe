import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSampleSeries } from "#lib/market-data/sample.ts";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import { barsOnly } from "#lib/matrix/matrix-data.ts";
import type { MatrixConfig } from "#lib/matrix/matrix-spec.ts";
import { assessQuality } from "#lib/matrix/quality/assess-quality.ts";
import type { Verdict } from "#lib/matrix/quality/quality.schema.ts";
import { specOf } from "../fixtures.ts";
import { type Options, scaleFree, verdictOf } from "./support.ts";

describe("the checks of stale prices", () => {
  describe("stale_open", () => {
    /** Copies the previous close into the open of each fifth session of 2019. */
    const bars: NonNullable<Options["bars"]> = ({ start, open, close }) => {
      start.forEach((time, i) => {
        if (i % 5 === 0 && new Date(time).getUTCFullYear() === 2019) open[i] = close[i - 1]!;
      });
    };
    const nextOpen: Partial<MatrixConfig> = {
      label: { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: 1, band: { kind: "none" } },
    };

    it("fails when the label enters at the next open, and names the years", () => {
      const found = verdictOf("stale_open", { bars, config: nextOpen });
      expect(found).toMatchObject({ status: "fail", items: ["2019"], numbers: { stale_years: 1 } });
      expect(found.summary).toMatch(/^In 2019 more than 10\.0 % .*decision_close/);
    });
    it("says nothing of a window that avoids those years", () => {
      expect(verdictOf("stale_open", { bars, config: { ...nextOpen, window: { start: "2018-01-02", end: "2019-01-01" } } })).toMatchObject({
        status: "ok",
        items: [],
      });
    });
    it("compares sessions, not bars: inside a session a bar opens where the last one closed", () => {
      const continuous: NonNullable<Options["bars"]> = ({ open, close, length }) => {
        for (let i = 1; i < length; i++) if (i % 7 !== 0) open[i] = close[i - 1]!;
      };
      expect(verdictOf("stale_open", { cadence: "hourly", bars: continuous, config: nextOpen })).toMatchObject({ status: "ok" });
    });
    it("finds the copied opens of the sample series", () => {
      const file = new URL("../data/sp500-2000.csv", import.meta.resolve("vega-datasets"));
      const sample = readSampleSeries(readFileSync(file));
      const check = (config: Partial<MatrixConfig>): Verdict => {
        const spec = specOf(config, scaleFree, sample.facts, sample.bars.symbol);
        return assessQuality(spec, buildMatrix(spec, barsOnly(sample)), barsOnly(sample)).verdicts.find(
          ({ check: name }) => name === "stale_open",
        )!;
      };
      const years = ["2000", "2001", "2002", "2003", "2004", "2005", "2006", "2007", "2011", "2012", "2013"];
      expect(check({})).toMatchObject({ status: "warn", items: years });
      const failed = check(nextOpen);
      expect(failed).toMatchObject({ status: "fail", items: years });
      expect(failed.summary).toContain("2000-2007 and 2011-2013");
      expect(check({ ...nextOpen, window: { start: "2014-01-01", end: null } })).toMatchObject({ status: "ok" });
    });
  });
});

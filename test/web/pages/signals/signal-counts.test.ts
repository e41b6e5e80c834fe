import { describe, expect, it } from "vitest";
import { confidenceBins, countHours, countModel, countSides, holdReasons } from "../../../../web/src/pages/signals/signal-counts.ts";
import { fits } from "../../../../web/src/pages/signals/signal-filter.ts";

type Row = Parameters<typeof countModel>[0][number];

const row = (change: Partial<Row>): Row =>
  ({ model_id: "m", ticker: "SPX", timestamp: "2026-01-05T21:00:00Z", signal: "BUY", confidence: 0.6, reasons: [], ...change }) as Row;
const reason = (code: string) => ({ code, text: code, value: null, limit: null });

describe("countSides", () => {
  it("counts each side and all of them", () => {
    expect(countSides([row({}), row({ signal: "HOLD" }), row({ signal: "HOLD" })])).toEqual({ all: 3, BUY: 1, SELL: 0, HOLD: 2 });
  });
});

describe("countHours", () => {
  it("takes the hour of New York, in winter and in summer", () => {
    const rows = [
      row({ timestamp: "2026-01-05T21:00:00Z" }),
      row({ timestamp: "2026-07-06T20:00:00Z" }),
      row({ timestamp: "2026-07-06T14:30:00Z" }),
    ];
    expect(countHours(rows)).toEqual([{ name: "m", hours: { "16": 2, "10": 1 } }]);
  });

  it("keeps models apart, in the order of their names", () => {
    expect(countHours([row({ model_id: "b" }), row({ model_id: "a" })]).map(({ name }) => name)).toEqual(["a", "b"]);
  });
});

describe("confidenceBins", () => {
  it("puts a boundary into the bin that begins there, and certainty into the last one", () => {
    expect(confidenceBins([row({ confidence: 0.7 }), row({ confidence: 0.95 }), row({ confidence: 1 })])).toEqual([
      { name: "0.7–0.8", value: 1 },
      { name: "0.8–0.9", value: 0 },
      { name: "0.9–1.0", value: 2 },
    ]);
  });

  it("has no bin without a decision", () => {
    expect(confidenceBins([])).toEqual([]);
  });
});

describe("holdReasons", () => {
  it("counts the first reason of what was held, the most frequent first", () => {
    const held = (code: string) => row({ signal: "HOLD", reasons: [reason(code), reason("prediction")] });
    expect(
      holdReasons([held("filtered"), held("below_threshold"), held("below_threshold"), row({ reasons: [reason("threshold_met")] })]),
    ).toEqual([
      { code: "below_threshold", count: 2 },
      { code: "filtered", count: 1 },
    ]);
  });
});

describe("countModel", () => {
  it("means the confidence of what acted, and takes the first row for the last word", () => {
    const counts = countModel([
      row({ confidence: 0.8 }),
      row({ confidence: 0.6, signal: "SELL" }),
      row({ confidence: 0.1, signal: "HOLD" }),
    ]);
    expect(counts.meanConfidence).toBeCloseTo(0.7, 12);
    expect(counts.actedShare).toBeCloseTo(2 / 3, 12);
    expect(counts.last?.confidence).toBe(0.8);
  });

  it("knows no share and no mean of nothing", () => {
    expect(countModel([])).toMatchObject({ all: 0, actedShare: null, meanConfidence: null, last: undefined });
  });
});

describe("fits", () => {
  it("asks for everything that is set", () => {
    expect(fits(row({}), {})).toBe(true);
    expect(fits(row({}), { model: "m", ticker: "SPX", side: "BUY" })).toBe(true);
    expect(fits(row({}), { side: "SELL" })).toBe(false);
  });
});

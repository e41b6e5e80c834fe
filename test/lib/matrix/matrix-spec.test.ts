import { describe, expect, it } from "vitest";
import { sha256OfJson } from "#lib/core/digest.ts";
import { matrixInputs, matrixSha } from "#lib/matrix/fingerprint.ts";
import { computedColumns, type MatrixConfig, type MatrixSpec, matrixNeeds, matrixSpecOf, planOf } from "#lib/matrix/matrix-spec.ts";
import { selectColumns } from "#lib/matrix/select-columns.ts";
import { configOf, FACTS, specOf } from "./fixtures.ts";

describe("matrixSpecOf", () => {
  it("adds momentum and volatility columns that the set does not give already", () => {
    const flags = { momentum: { include: true, hourly_horizons: [1, 3] }, volatility: { include: true, hourly_horizons: [3] } };
    const spec = matrixSpecOf(configOf(flags), [{ name: "momentum", window: 3 }, { name: "rsi" }], "TEST", [
      { role: "bars", symbol: "TEST", cadence: "daily", facts: FACTS },
    ]);
    expect(computedColumns(spec)).toEqual(["close_mom_3", "rsi_14", "close_mom_1", "close_vol_3"]);
  });

  it("lets labels cross the session's close for swing models and not for intraday ones", () => {
    expect(specOf({ horizon: "swing" }).crossSession).toBe(true);
    expect(specOf({ horizon: "overnight" }).crossSession).toBe(true);
    expect(specOf({ horizon: "intraday" }).crossSession).toBe(false);
    expect(specOf({ horizon: "0dte" }).crossSession).toBe(false);
  });

  it("names columns of another symbol by it, and takes the own symbol as an underlying for granted", () => {
    const spec = specOf({}, [
      { name: "rsi", underlying: "SPY" },
      { name: "rsi", underlying: "TEST" },
    ]);
    expect(computedColumns(spec)).toEqual(["rsi_14_spy", "rsi_14"]);
    expect(matrixNeeds(configOf(), [{ name: "rsi", underlying: "SPY" }], "TEST").others).toEqual([{ symbol: "SPY", cadence: "daily" }]);
  });

  it("asks for as much flow and as many chains before the window as something looks back to", () => {
    const needsOf = (features: MatrixConfig["features"], entries: Parameters<typeof matrixNeeds>[1] = [{ name: "rsi" }]) => {
      const { flow, signedFlow, flowHistorySessions, historySessions } = matrixNeeds(configOf({ features }), entries, "TEST");
      return { flow, signedFlow, flowHistorySessions, historySessions };
    };
    const flags = configOf().features;
    const flow = {
      flow_side: "volume",
      signed: false,
      per_distance: true,
      totals: true,
      ratios: true,
      atm: false,
      distance_max: 7,
    } as const;
    const dealer = { mm_profit_dir_simple: true, divergence_score: true };
    expect(needsOf({ ...flags, flow })).toEqual({ flow: true, signedFlow: false, flowHistorySessions: 1, historySessions: 1 });
    expect(needsOf({ ...flags, flow }, [{ name: "flow_imbalance_z", window: 40 }])).toMatchObject({
      flowHistorySessions: 40,
      historySessions: 1,
    });
    expect(needsOf(flags, [{ name: "gex_signed" }])).toMatchObject({ flow: true, signedFlow: true, flowHistorySessions: 1 });
    // The dealers' divergence compares with the same bar of the last 20 sessions, which are valued by the chains of then.
    const signed = { ...flags, flow: { ...flow, signed: true }, dealer };
    expect(needsOf(signed)).toEqual({ flow: true, signedFlow: true, flowHistorySessions: 25, historySessions: 25 });
  });

  it("refuses two of one name, and a window that ends before it starts", () => {
    expect(() => specOf({}, [{ name: "rsi" }, { name: "rsi", window: 14 }])).toThrowError(/give the column "rsi_14"/);
    expect(() => specOf({ window: { start: "2020-01-02", end: "2020-01-02" } })).toThrowError(/window\.end must lie after/);
    expect(() => specOf({ window: { start: "2020-02-30", end: null } })).toThrowError(/window\.start/);
  });

  it("refuses to build with another version of an indicator than the spec names", () => {
    const spec = specOf();
    const stale: MatrixSpec = { ...spec, indicators: spec.indicators.map((item) => ({ ...item, version: item.version + 1 })) };
    expect(() => planOf(stale)).toThrowError(expect.objectContaining({ code: "UNPROCESSABLE" }));
  });
});

describe("selectColumns", () => {
  const columns = ["rsi_14", "macd_12_26_9", "macd_signal_12_26_9", "sma_20"];
  it("keeps all columns without an include", () => {
    expect(selectColumns(columns, { include: [], exclude: [] })).toEqual(columns);
  });
  it("takes exact names and globs, and excludes after including", () => {
    expect(selectColumns(columns, { include: ["macd_*", "rsi_??"], exclude: ["macd_signal*"] })).toEqual(["rsi_14", "macd_12_26_9"]);
  });
  it("refuses a pattern that names nothing, with the nearest name", () => {
    expect(() => selectColumns(columns, { include: ["rsi_41"], exclude: [] })).toThrowError(/did you mean "rsi_14"\?/);
    expect(() => selectColumns(columns, { include: [], exclude: ["vol.*"] })).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM" }),
    );
  });
  it("refuses equal names, reserved names and an empty result", () => {
    expect(() => selectColumns(["a", "a"], { include: [], exclude: [] })).toThrowError(/Two computed columns/);
    expect(() => selectColumns(["ret_fwd"], { include: [], exclude: [] })).toThrowError(/may not be named "ret_fwd"/);
    expect(() => selectColumns(columns, { include: [], exclude: ["*"] })).toThrowError(/No feature is left/);
  });
});

const LABEL = {
  kind: "forward_return",
  unit: "bars",
  task: "classify",
  entry: "decision_close",
  horizon: 2,
  band: { kind: "none" },
} as const;

describe("matrixSha", () => {
  const spec = specOf();
  const changes: Record<string, MatrixSpec> = {
    symbol: { ...spec, symbol: "OTHER" },
    cadence: { ...spec, cadence: "hourly" },
    "window start": { ...spec, window: { start: "2019-01-02", end: null } },
    "window end": { ...spec, window: { start: null, end: "2019-01-02" } },
    data: { ...spec, sources: [{ ...spec.sources[0]!, facts: { ...FACTS, fingerprint: "e".repeat(64) } }] },
    stamps: { ...spec, sources: [{ ...spec.sources[0]!, facts: { ...FACTS, stamps: ["simulated"] } }] },
    "more data": { ...spec, sources: [...spec.sources, { role: "other", symbol: "VIX", cadence: "daily", facts: FACTS }] },
    "an indicator's parameter": specOf({}, [
      { name: "sma", window: 4 },
      { name: "ret", window: 1 },
    ]),
    "an indicator's version": { ...spec, indicators: spec.indicators.map((item, i) => (i === 0 ? { ...item, version: 2 } : item)) },
    "an indicator's column": specOf({}, [
      { name: "sma", window: 3, column: "high" },
      { name: "ret", window: 1 },
    ]),
    "the order of indicators": specOf({}, [
      { name: "ret", window: 1 },
      { name: "sma", window: 3 },
    ]),
    "carrying forward": specOf({}, [
      { name: "sma", window: 3, carry_forward: true },
      { name: "ret", window: 1 },
    ]),
    flow: specOf({
      features: {
        ...configOf().features,
        flow: { flow_side: "volume", signed: false, per_distance: true, totals: true, ratios: true, atm: false, distance_max: 7 },
      },
    }),
    membership: { ...spec, membership: { symbol: "TEST", stays: [{ from: 20180102, to: null, delistingReturn: null }] } },
    include: { ...spec, include: ["sma_*"] },
    exclude: { ...spec, exclude: ["sma_3"] },
    "label kind": { ...spec, label: { kind: "next_bar_direction", entry: "decision_close", band: { kind: "none" } } },
    "label entry": specOf({ label: { ...LABEL, entry: "next_open" } }),
    band: specOf({ label: { ...LABEL, band: { kind: "fixed_bps", bps: 5 } } }),
    sessions: { ...spec, crossSession: false },
    hours: { ...spec, trainHours: [10] },
    calendar: { ...spec, calendarVersion: spec.calendarVersion + 1 },
  };

  it.each(Object.keys(changes))("changes with %s", (name) => {
    expect(matrixSha(changes[name]!)).not.toBe(matrixSha(spec));
  });
  it("is the digest of the inputs that the manifest carries, and depends on nothing else", () => {
    expect(matrixSha(spec)).toBe(sha256OfJson(JSON.parse(JSON.stringify(matrixInputs(spec)))));
    expect(matrixSha(specOf())).toBe(matrixSha(spec));
    expect(new Set(Object.values(changes).map(matrixSha)).size).toBe(Object.keys(changes).length);
  });
  it("keeps its value as long as nothing that decides the numbers changes", () => {
    expect(matrixSha(spec)).toMatchInlineSnapshot(`"c64d940cac846a12476f20e8d5a9ca935aaeebabbce39e29f9f5d10b21673d98"`);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planVariants } from "#lib/sweeps/grid.ts";
import { VariantSchema } from "#lib/sweeps/variant.schema.ts";
import { daily, intraday, requestWith } from "./sweep.fixture.ts";

const params = (request: object, context = daily) => planVariants(requestWith(request), context).map((variant) => variant.params);
const axis = <K extends keyof ReturnType<typeof params>[number]>(list: ReturnType<typeof params>, key: K) => [
  ...new Set(list.map((one) => one[key])),
];

describe("planVariants", () => {
  it("has 27 daily variants: edges x shares x holding times", () => {
    const list = params({});
    expect(list).toHaveLength(27);
    expect(axis(list, "threshold_mode")).toEqual(["edge"]);
    expect(axis(list, "threshold")).toEqual([0, 0.1, 0.25]);
    expect(axis(list, "top_pct")).toEqual([0.15, 0.35, 1]);
    expect(axis(list, "hold_bars")).toEqual([3, 5, 10]);
    expect(axis(list, "hours")).toEqual([null]);
  });

  it("has 45 intraday variants: thresholds x hours x shares", () => {
    const list = params({}, intraday);
    expect(list).toHaveLength(45);
    expect(axis(list, "threshold_mode")).toEqual(["probability"]);
    expect(axis(list, "threshold")).toEqual([0.5, 0.55, 0.6, 0.65, 0.7]);
    expect(axis(list, "top_pct")).toEqual([0.05, 0.1, 0.15]);
    expect([...new Set(list.map(({ hours }) => String(hours)))]).toEqual(["9,10", "13,14,15", "null"]);
  });

  it("drops equal holding times of a one-bar label", () => {
    // ceil(1/2) = 1 = N.
    expect(params({}, { ...daily, labelHorizonBars: 1 })).toHaveLength(18);
  });

  it("narrows the grid by a preset, with enough variants for CSCV", () => {
    const selective = params({ preset: "conservative" }, intraday);
    expect([axis(selective, "threshold"), axis(selective, "top_pct")]).toEqual([[0.6, 0.625, 0.65, 0.675, 0.7], [0.05]]);
    const open = params({ preset: "aggressive" }, intraday);
    expect([axis(open, "threshold"), axis(open, "top_pct")]).toEqual([[0.5, 0.525, 0.55, 0.575, 0.6], [0.15]]);
    expect(axis(params({ preset: "conservative" }), "threshold")).toEqual([0.1, 0.15, 0.2, 0.25]);
    expect(axis(params({ preset: "aggressive" }), "threshold")).toEqual([0, 0.025, 0.05, 0.1]);
    expect(params({ preset: "balanced" })).toEqual(params({}));
    for (const preset of ["conservative", "balanced", "aggressive"])
      for (const context of [daily, intraday]) expect(params({ preset }, context).length).toBeGreaterThanOrEqual(10);
  });

  it("expands the classic CSV form and keeps the texts as group", () => {
    const list = params(
      { thresholds_variants: ["0.55,0.60", "0.7"], allowed_hours_variants: ["9,10", "all"], top_pct_variants: [0.1] },
      intraday,
    );
    expect(list.map(({ threshold, hours, top_pct, group }) => [threshold, hours?.join("+") ?? "all", top_pct, group])).toEqual([
      [0.55, "9+10", 0.1, "0.55,0.60 | 9,10 | 0.1"],
      [0.55, "all", 0.1, "0.55,0.60 | all | 0.1"],
      [0.6, "9+10", 0.1, "0.55,0.60 | 9,10 | 0.1"],
      [0.6, "all", 0.1, "0.55,0.60 | all | 0.1"],
      [0.7, "9+10", 0.1, "0.7 | 9,10 | 0.1"],
      [0.7, "all", 0.1, "0.7 | all | 0.1"],
    ]);
  });

  it("multiplies custom axes", () => {
    const axes = {
      thresholds: [0.55, 0.6],
      stop_loss: [0.02, 0.05],
      take_profit: [1.5, 2, 3],
      time_stop: [4],
      slippage: ["optimistic", "pessimistic"],
    };
    const list = params({ mode: "custom", axes }, intraday);
    expect(list).toHaveLength(24);
    expect(list[1]).toMatchObject({
      threshold: 0.55,
      stop_loss: 0.02,
      take_profit: 1.5,
      time_stop_bars: 4,
      slippage: "pessimistic",
      hold_bars: 1,
      top_pct: 1,
    });
    expect(
      params(
        { mode: "custom", axes: { allowed_hours: [[14, 13, 13], "all"], hold_bars: [2], momentum_min: [0.1], top_pct: [0.2] } },
        intraday,
      ),
    ).toMatchObject([{ hours: [13, 14], threshold: null, momentum_min: 0.1, top_pct: 0.2 }, { hours: null }]);
  });

  it("multiplies the axes of sizes, orders and filters", () => {
    const axes = {
      position_size: [0.5, 1],
      max_positions: [1, 3, 5],
      entry_type: ["market", "limit", "limit_buffer"],
      hold_days: [1, 3, 5],
      filters: ["none", "vix_below:20", ["above_sma_200", { column: "vol_ratio_20", op: ">=", value: 1.5 }]],
    };
    const list = params({ mode: "custom", axes });
    expect(list).toHaveLength(2 * 3 * 3 * 3 * 3);
    expect(axis(list, "hold_bars")).toEqual([1, 3, 5]);
    expect(axis(list, "entry_type")).toEqual(["market", "limit", "limit_buffer"]);
    expect(list.slice(0, 3).map(({ filters }) => filters)).toEqual([
      null,
      [{ column: "vix_level", op: "<", value: 20 }],
      [
        { column: "close", op: ">", value: "sma_200" },
        { column: "vol_ratio_20", op: ">=", value: 1.5 },
      ],
    ]);
    expect(list[0]).toMatchObject({ position_size: 0.5, max_positions: 1, stop_loss: null });
  });

  it("counts sessions at daily cadence only", () => {
    expect(() => params({ mode: "custom", axes: { hold_days: [1] } }, intraday)).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM", fieldErrors: [expect.objectContaining({ path: "axes.hold_days" })] }),
    );
  });

  it.each([
    ["contract_size", [1, 5, 10]],
    ["strike_selection", ["ATM", "5%_OTM", "10%_OTM"]],
    ["dte_target", [0, 1, 7, 30]],
    ["option_type", ["call", "put", "both"]],
  ])("keeps the option axis %s for options", (name, values) => {
    const request = { mode: "custom", axes: { [name]: values } };
    const options = params(request, { ...daily, instrument: "options" });
    expect(options.map((one) => one[name as "dte_target"])).toEqual(values);
    expect(() => params(request)).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM", fieldErrors: [expect.objectContaining({ path: `axes.${name}` })] }),
    );
  });

  it("takes each map of thresholds by hour as one value of an axis", () => {
    const axes = { thresholds: [0.55, 0.6], hour_thresholds: ["none", { "11": 0.7, "10": 0.6 }] };
    const list = params({ mode: "custom", axes }, intraday);
    expect(list.map(({ threshold, hour_thresholds }) => [threshold, hour_thresholds])).toEqual([
      [0.55, null],
      [0.55, { "10": 0.6, "11": 0.7 }],
      [0.6, null],
      [0.6, { "11": 0.7 }],
    ]);
    // Both words mean no map, so they are one variant.
    expect(params({ mode: "custom", axes: { thresholds: [0.6], hour_thresholds: ["none", { "10": 0.6 }] } }, intraday)).toHaveLength(1);
  });

  it.each([
    [intraday, { "10": 0.4 }, "axes.hour_thresholds.10", "must be 0.5 to below 1"],
    [{ ...intraday, classes: 3 }, { "10": 0.3 }, "axes.hour_thresholds.10", "must be above 0.3333 and below 1"],
    [daily, { "10": 0.6 }, "axes.hour_thresholds", "hours do not apply at daily cadence"],
  ])("refuses thresholds by hour that cannot be: %#", (context, map, path, issue) => {
    expect(() => params({ mode: "custom", axes: { hour_thresholds: [map] } }, context)).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM", fieldErrors: [{ path, issue: expect.stringContaining(issue) }] }),
    );
  });

  it("bounds edges by hour as the global edge is", () => {
    const edges = (value: number) =>
      params({ mode: "custom", threshold_mode: "edge", axes: { hour_thresholds: [{ "10": value }] } }, intraday);
    expect(edges(0)).toHaveLength(1);
    for (const value of [-0.1, 5]) expect(() => edges(value)).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });

  it("keeps equal variants once, whatever their wording", () => {
    const list = params(
      { thresholds_variants: "0.6,0.60,.6", allowed_hours_variants: ["10,9", [9, 10, 10]], top_pct_variants: ["1"] },
      intraday,
    );
    expect(list).toHaveLength(1);
    expect(params({ mode: "custom", axes: { hold_bars: [5], slippage: ["realistic"] } })).toHaveLength(1);
  });

  it("gives the same ids to the same variant of different requests", () => {
    const [classic] = planVariants(requestWith({ thresholds_variants: "0.6", threshold_mode: "probability" }), daily);
    const [custom] = planVariants(requestWith({ mode: "custom", axes: { thresholds: [0.6] }, threshold_mode: "probability" }), daily);
    expect(custom!.variant_id).toBe(classic!.variant_id);
    expect(custom!.params.group).toBeNull();
    expect(VariantSchema.parse(classic)).toEqual(classic);
  });

  it("cuts hours to the model's and drops empty sets", () => {
    const list = params({}, { ...intraday, allowedHours: [13, 14] });
    expect([...new Set(list.map(({ hours }) => String(hours)))]).toEqual(["13,14"]);
    expect(list).toHaveLength(15);
    expect(() => params({ allowed_hours_variants: ["9"] }, { ...intraday, allowedHours: [13, 14] })).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM" }),
    );
  });

  it.each([
    [2, "0.4"],
    [2, "1"],
    [3, "0.3333"],
  ])("refuses a probability threshold out of range for %i classes: %s", (classes, text) => {
    expect(() => params({ thresholds_variants: text }, { ...intraday, classes })).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM" }),
    );
  });

  it("takes 0.5 for two classes and 0.34 for three", () => {
    expect(params({ thresholds_variants: "0.5" }, intraday)).toHaveLength(1);
    expect(params({ thresholds_variants: "0.34" }, { ...intraday, classes: 3 })).toHaveLength(1);
  });

  it.each([
    ["thresholds_variants", "0.5,x"],
    ["thresholds_variants", "0.5,"],
    ["allowed_hours_variants", "9,24"],
    ["top_pct_variants", "0"],
  ])("names the list and the text that is wrong: %s %s", (field, text) => {
    expect(() => params({ [field]: text }, intraday)).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM", fieldErrors: [expect.objectContaining({ path: field })] }),
    );
  });

  it("refuses more variants than allowed before building them", () => {
    const many = Array.from({ length: 101 }, (_, i) => i / 100);
    expect(() => params({ mode: "custom", axes: { momentum_min: many, thresholds: many.slice(0, 90), top_pct: [0.1] } })).toThrowError(
      expect.objectContaining({ code: "UNPROCESSABLE", facts: { variants: 9090, max_variants: 3000 } }),
    );
  });

  it("has distinct ids in an order that repeats", () => {
    const thresholds = fc.uniqueArray(fc.integer({ min: 50, max: 99 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(thresholds, fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 }), (percents, tops) => {
        const request = { thresholds_variants: percents.map((value) => value / 100), top_pct_variants: tops.map((value) => value / 100) };
        const variants = planVariants(requestWith(request), intraday);
        expect(new Set(variants.map(({ variant_id }) => variant_id)).size).toBe(percents.length * tops.length);
        expect(planVariants(requestWith(request), intraday)).toEqual(variants);
      }),
      { numRuns: 30 },
    );
  });
});

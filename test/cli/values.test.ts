import { describe, expect, it } from "vitest";
import { UsageError } from "../../cli/failure.ts";
import { splitsBody } from "../../cli/split-args.ts";
import { readAxes } from "../../cli/sweep-axes.ts";
import { applySettings, hourNumbers, numberList, oneOf, wholeNumber } from "../../cli/values.ts";

describe("numberList", () => {
  it("reads numbers separated by commas", () => {
    expect(numberList("thresholds", "0, 0.1,-2")).toEqual([0, 0.1, -2]);
  });

  it("names the option and the part that is no number", () => {
    expect(() => numberList("thresholds", "0,x")).toThrow('--thresholds takes a number; found "x".');
    expect(() => numberList("thresholds", "0,,1")).toThrow(UsageError);
  });
});

describe("wholeNumber and oneOf", () => {
  it("names the range or the words", () => {
    expect(() => wholeNumber("splits", "1", 2, 20)).toThrow("from 2 to 20");
    expect(() => oneOf("cadence", "dialy", ["daily", "hourly"])).toThrow('one of daily, hourly; found "dialy"');
  });
});

describe("hourNumbers", () => {
  it("reads numbers by hour", () => {
    expect(hourNumbers("hour-thresholds", "10=0.6, 9=0.55")).toEqual({ "9": 0.55, "10": 0.6 });
  });

  it("names the option and what is no hour or no number", () => {
    expect(() => hourNumbers("hour-thresholds", "10")).toThrow('--hour-thresholds takes hour=number such as 10=0.6; found "10".');
    expect(() => hourNumbers("hour-thresholds", "10=0.6=1")).toThrow(UsageError);
    expect(() => hourNumbers("hour-thresholds", "24=0.6")).toThrow("from 0 to 23");
    expect(() => hourNumbers("hour-thresholds", "10=x")).toThrow('takes a number; found "x"');
  });
});

describe("splitsBody", () => {
  it("keeps the classic number where no kind is named", () => {
    expect(splitsBody({})).toEqual({});
    expect(splitsBody({ splits: "8", "embargo-bars": "3" })).toEqual({ splits: 8, embargo_bars: 3 });
  });

  it("sends a kind with its own fields", () => {
    expect(splitsBody({ "split-kind": "purged_kfold", splits: "10" })).toEqual({ splits: { kind: "purged_kfold", splits: 10 } });
    expect(splitsBody({ "split-kind": "walk_forward" })).toEqual({ splits: { kind: "walk_forward" } });
    expect(splitsBody({ "split-kind": "cpcv", groups: "8", "test-groups": "3" })).toEqual({
      splits: { kind: "cpcv", n_groups: 8, k_test: 3 },
    });
  });

  it("refuses an option of another kind, and a kind that there is not", () => {
    expect(() => splitsBody({ "split-kind": "cpcv", splits: "5" })).toThrow("cpcv takes --groups and --test-groups");
    expect(() => splitsBody({ groups: "6" })).toThrow("--groups goes with --split-kind cpcv; found walk_forward");
    expect(() => splitsBody({ "split-kind": "purged_kfold", "test-groups": "2" })).toThrow("--test-groups goes with");
    expect(() => splitsBody({ "split-kind": "kfold" })).toThrow("one of walk_forward, purged_kfold, cpcv");
  });
});

describe("applySettings", () => {
  it("sets dotted paths, reading JSON where it is JSON", () => {
    const target = { pack_id: "swingsigma" };
    applySettings(target, ["label.horizon=3", "label.entry=next_open", "tags=[1,2]", "strategy=null"]);
    expect(target).toEqual({ pack_id: "swingsigma", label: { horizon: 3, entry: "next_open" }, tags: [1, 2], strategy: null });
  });

  it("refuses what is no path=value, a path through a value, and a path into the prototype", () => {
    expect(() => applySettings({}, ["label"])).toThrow("path=value");
    expect(() => applySettings({ label: 3 }, ["label.horizon=3"])).toThrow('"label" is a value already');
    expect(() => applySettings({}, ["Proto.x=1"])).toThrow("path=value");
    applySettings({}, ["__proto__.polluted=1"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("readAxes", () => {
  it("reads axes with their values, sets of hours joined by a bar", () => {
    expect(readAxes("thresholds=0,0.1;hold_bars=3;allowed_hours=9|10,all;slippage=low")).toEqual({
      thresholds: [0, 0.1],
      hold_bars: [3],
      allowed_hours: [[9, 10], "all"],
      slippage: ["low"],
    });
    expect(readAxes("thresholds=0.6;hour_thresholds=10:0.6|11:0.65,none")).toEqual({
      thresholds: [0.6],
      hour_thresholds: [{ "10": 0.6, "11": 0.65 }, "none"],
    });
  });

  it("takes a JSON object too, and says what is wrong with either", () => {
    expect(readAxes("filters=none,vix_below:20|adx_14>=25;entry_type=limit;strike_selection=ATM,5%_OTM;hold_days=1,3")).toEqual({
      filters: ["none", ["vix_below:20", "adx_14>=25"]],
      entry_type: ["limit"],
      strike_selection: ["ATM", "5%_OTM"],
      hold_days: [1, 3],
    });
    expect(readAxes("ml_params=trees:100|max_depth:2,trees:300;risk_profiles=balanced;strategy_variants=none,momentum_swing")).toEqual({
      ml_params: [{ params: { trees: 100, max_depth: 2 } }, { params: { trees: 300 } }],
      risk_profiles: ["balanced"],
      strategy_variants: ["none", "momentum_swing"],
    });
    expect(() => readAxes("ml_params=trees")).toThrow("name:number");
    expect(readAxes('{"thresholds":[0]}')).toEqual({ thresholds: [0] });
    expect(() => readAxes("{oops")).toThrow("--axes is no JSON object");
    expect(() => readAxes("thresholds")).toThrow("axis=values");
  });
});

import { describe, expect, it } from "vitest";
import { readAxes } from "../../cli/commands/sweep.ts";
import { UsageError } from "../../cli/failure.ts";
import { applySettings, numberList, oneOf, wholeNumber } from "../../cli/values.ts";

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
  });

  it("takes a JSON object too, and says what is wrong with either", () => {
    expect(readAxes('{"thresholds":[0]}')).toEqual({ thresholds: [0] });
    expect(() => readAxes("{oops")).toThrow("--axes is no JSON object");
    expect(() => readAxes("thresholds")).toThrow("axis=values");
  });
});

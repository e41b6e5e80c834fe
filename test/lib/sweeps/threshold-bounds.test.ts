import { describe, expect, it } from "vitest";
import { isRule } from "#lib/coherence/rules.ts";
import { requireThreshold } from "#lib/sweeps/threshold-bounds.ts";

const two = { mode: "probability", classes: 2 } as const;
const three = { mode: "probability", classes: 3 } as const;
const edge = { mode: "edge", classes: 2 } as const;

describe("requireThreshold", () => {
  it("names a rule that there is", () => {
    expect(isRule("threshold_out_of_range")).toBe(true);
  });

  it.each([
    [two, 0.5],
    [two, 0.999],
    [three, 0.334],
    [edge, 0],
    [edge, 4.999],
  ])("takes %o of %d", (terms, value) => {
    expect(() => requireThreshold(value, terms, "thresholds")).not.toThrow();
  });

  it.each([
    [two, 0.4999],
    [two, 1],
    [three, 1 / 3],
    [three, 1],
    [edge, -0.001],
    [edge, 5],
  ])("refuses %o of %d by the rule's code", (terms, value) => {
    expect(() => requireThreshold(value, terms, "thresholds")).toThrow(
      expect.objectContaining({ code: "INVALID_PARAM", facts: expect.objectContaining({ findings: ["threshold_out_of_range"] }) }),
    );
  });
});

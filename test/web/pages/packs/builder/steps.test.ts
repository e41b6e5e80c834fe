import { describe, expect, it } from "vitest";
import { type Draft, isOpen, nextStep, STEPS } from "../../../../../web/src/pages/packs/builder/steps.ts";

const draft = (next: Draft["next"]): Draft => ({ next }) as Draft;
const open = (next: Draft["next"]) => STEPS.filter((step) => isOpen(step, draft(next)));

describe("nextStep", () => {
  it("goes on where the draft was left", () => {
    expect(nextStep(undefined)).toBe("vibe");
    expect((["instruments", "strategies", "validate", "review"] as const).map((next) => nextStep(draft(next)))).toEqual([
      "indicators",
      "gates",
      "strategy",
      "review",
    ]);
  });
});

describe("isOpen", () => {
  it("opens a step when all before it were taken, and the last ones when the draft was tested", () => {
    expect(STEPS.filter((step) => isOpen(step, undefined))).toEqual(["vibe"]);
    expect(open("instruments")).toEqual(["vibe", "indicators"]);
    expect(open("strategies")).toEqual(["vibe", "indicators", "gates"]);
    expect(open("validate")).toEqual(["vibe", "indicators", "gates", "strategy"]);
    expect(open("review")).toEqual([...STEPS]);
  });
});

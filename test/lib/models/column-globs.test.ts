import { describe, expect, it } from "vitest";
import { isSelected } from "#lib/models/column-globs.ts";

describe("isSelected", () => {
  it("takes everything without an include, and exclusions have the last word", () => {
    expect(isSelected("rsi_14", { include: [], exclude: [] })).toBe(true);
    expect(isSelected("rsi_14", { include: ["atr_*"], exclude: [] })).toBe(false);
    expect(isSelected("rsi_14", { include: ["rsi_14"], exclude: ["rsi_*"] })).toBe(false);
  });
});

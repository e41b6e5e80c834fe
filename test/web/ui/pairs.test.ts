import { describe, expect, it } from "vitest";
import { readPairs, writePairs } from "../../../web/src/ui/form/pairs.ts";

describe("readPairs", () => {
  it("reads numbers by name, one word for all, and nothing", () => {
    expect(readPairs("-1: 2, 1: 1.5")).toEqual({ "-1": 2, "1": 1.5 });
    expect(readPairs(" balanced ")).toBe("balanced");
    expect(readPairs("  ")).toBeUndefined();
  });

  it("leaves what is no number for the schema to object to", () => {
    expect(readPairs("rsi_14: up, vix")).toEqual({ rsi_14: "up", vix: "" });
  });

  it("reads what it writes", () => {
    for (const pairs of ["none", { rsi_14: 1, "vix*": -1 }, undefined]) expect(readPairs(writePairs(pairs))).toEqual(pairs);
  });
});

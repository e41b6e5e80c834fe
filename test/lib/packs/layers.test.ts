import { describe, expect, it } from "vitest";
import { mergeLayers, provenanceOf } from "#lib/packs/layers.ts";

const layers = [
  { source: "model", document: { label: { kind: "next_bar_direction" }, a: { x: 1 }, list: [1], none: null } },
  { source: "pack", document: { label: { kind: "forward_return", horizon: 5 }, a: { x: 2, y: 3 }, list: [2, 3], none: 7, b: true } },
];

describe("mergeLayers", () => {
  it("merges mappings and takes lists, nulls and whole paths from the topmost layer that has them", () => {
    expect(mergeLayers(layers, ["label"])).toEqual({
      label: { kind: "next_bar_direction" },
      a: { x: 1, y: 3 },
      list: [1],
      none: null,
      b: true,
    });
  });

  it("merges a label too when it is not declared whole", () => {
    expect(mergeLayers(layers)).toHaveProperty("label", { kind: "next_bar_direction", horizon: 5 });
  });
});

describe("provenanceOf", () => {
  it("names for each leaf the topmost layer that set it", () => {
    const effective = {
      label: { kind: "next_bar_direction", entry: "next_open" },
      a: { x: 1, y: 3 },
      list: [1],
      none: null,
      b: true,
      c: 9,
    };
    expect(provenanceOf(effective, layers, ["label"])).toEqual({
      "label.kind": "model",
      "label.entry": "built-in default",
      "a.x": "model",
      "a.y": "pack",
      list: "model",
      none: "model",
      b: "pack",
      c: "built-in default",
    });
  });

  it("does not credit the pack with keys of a label that the model replaced", () => {
    const effective = { label: { kind: "forward_return", horizon: 9 } };
    const below = { source: "pack", document: { label: { kind: "forward_return", horizon: 5 } } };
    const above = { source: "model", document: { label: { kind: "forward_return" } } };
    expect(provenanceOf(effective, [above, below], ["label"])).toEqual({ "label.kind": "model", "label.horizon": "built-in default" });
  });
});

import { expect, it } from "vitest";
import { pairsOf } from "../../../web/src/charts/correlation-matrix.tsx";
import { readingOf } from "../../../web/src/charts/drift-bars.tsx";

it("lists the pairs of a triangle by strength, unknown ones last", () => {
  expect(pairsOf(["a", "b", "c"], [[], [0.2], [-0.9, null]])).toEqual([
    { a: "a", b: "c", value: -0.9 },
    { a: "a", b: "b", value: 0.2 },
    { a: "b", b: "c", value: null },
  ]);
});

it("reads the stability index as is customary", () => {
  expect([null, 0.1, 0.11, 0.25, 0.26].map(readingOf)).toEqual(["not known", "stable", "moving", "moving", "shifted"]);
});

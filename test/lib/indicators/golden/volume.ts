import { expect } from "vitest";
import { columnsOf, type Golden, quotes, reference, skender } from "./golden.ts";

export const volumeGolden: readonly Golden[] = [
  skender("obv", "obv", skenderObv, "the reference begins at 0, TA-Lib and we with the first volume"),
];

function skenderObv(): void {
  const { volume } = quotes();
  const shifted = reference("obv")["obv"]!.map((value) => value + volume![0]!);
  expect(columnsOf({ name: "obv" }, quotes())["obv"]).toEqual(shifted);
}

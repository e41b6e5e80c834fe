import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { sharedPath } from "../../../support/shared-data.ts";
import { columnsOnDays } from "./day-bars.ts";
import type { Golden } from "./golden.ts";

const EXPECTED = "data/spy_0dte_flow_expected_2024H1.csv";

export const optionsFlowGolden: readonly Golden[] = [
  { indicator: "sold_flow_ratio", against: "the predecessor's pc_ratio of 2024H1", files: [EXPECTED], check: putsPerCall },
];

/** 868 hours of real flow: the ratio from the totals is the one that was published with them. */
function putsPerCall(): void {
  const [header, ...rows] = readFileSync(sharedPath(EXPECTED), "utf8").trim().split(/\r?\n/);
  const at = header!.split(",").indexOf("pc_ratio");
  const published = Float64Array.from(rows, (row) => Number(row.split(",")[at]));
  const sessions = rows.map(() => 20240701);
  const flow = new Map([["pc_ratio", published]]);
  expect(columnsOnDays({ name: "sold_flow_ratio" }, sessions, { flow })["sold_flow_ratio"]).toEqual([...published]);
  const third = columnsOnDays({ name: "sold_flow_ratio", window: 3 }, sessions, { flow })["sold_flow_ratio_3"]![2]!;
  expect(third).toBeCloseTo((published[0]! + published[1]! + published[2]!) / 3, 12);
}

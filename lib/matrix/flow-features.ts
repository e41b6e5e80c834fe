import type { MatrixData } from "./matrix-data.ts";
import type { FlowFeatures, MatrixSpec } from "./matrix-spec.ts";
export interface FlowColumn {
  readonly name: string;
  readonly unit: string;
  readonly version: number;
}
export const FLOW_VERSION = 1;
export function flowColumnList(_: FlowFeatures): readonly FlowColumn[] {
  return [];
}
export function flowColumnsOfBars(_: MatrixData, _s: MatrixSpec, _d: Float64Array): ReadonlyMap<string, Float64Array> | null {
  return null;
}

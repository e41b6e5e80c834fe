/** Grows by one when any column of the flow changes for the same cells; part of a matrix's fingerprint. */
export const FLOW_VERSION = 1;

/** `ratio`: a plain number or a fraction of 1; `index`: a score from -1 to 1. */
export type FlowUnit = "contracts" | "usd" | "ratio" | "index" | "shares";

/** What a column of the flow is, as an indicator's definition says it. */
export interface FlowColumn {
  readonly name: string;
  readonly unit: FlowUnit;
  /** `FLOW_VERSION`. */
  readonly version: number;
  /** One line. */
  readonly doc: string;
}

export const flowColumn = (name: string, unit: FlowUnit, doc: string): FlowColumn => ({ name, unit, version: FLOW_VERSION, doc });

/** How a distance is written in a column's name: `d0`, `d1` above, `dm1` below. */
export const distanceName = (distance: number): string => (distance < 0 ? `dm${-distance}` : `d${distance}`);

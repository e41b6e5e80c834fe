import { SigmaError } from "../../errors/sigma-error.ts";

/** `volume`: everything that traded; `inferred`: what sellers started, from signed trades. */
export type FlowSide = "volume" | "inferred";

/** Which columns of the flow there are, and what they count. The first four and `distanceMax` are a model's `features.flow`. */
export interface FlowOptions {
  readonly perDistance: boolean;
  readonly totals: boolean;
  readonly ratios: boolean;
  readonly atm: boolean;
  /** A model's `features.dealer`. */
  readonly mmProfitDirSimple: boolean;
  readonly divergenceScore: boolean;
  /** Strikes further from the anchor are left out of every column. In steps. */
  readonly distanceMax: number;
  /** Dollars between neighbouring distances; strikes between two distances are left out. */
  readonly strikeStep: number;
  readonly flowSide: FlowSide;
  /** Of `inferred`: with less of a bar's volume signed than this share, the bar is unknown. */
  readonly minClassifiedShare: number;
  /** Bars that `sold_flow_ratio_<w>` is the trailing mean over; 1 = `sold_flow_ratio`, the bar's own. */
  readonly ratioWindows: readonly number[];
}

const FLOW_DEFAULTS: FlowOptions = {
  perDistance: true,
  totals: true,
  ratios: true,
  atm: false,
  mmProfitDirSimple: true,
  divergenceScore: true,
  distanceMax: 7,
  strikeStep: 1,
  flowSide: "volume",
  minClassifiedShare: 0.6,
  ratioWindows: [],
};

/** @throws INVALID_PARAM naming the option and what it must be */
export function resolveFlowOptions(given: Partial<FlowOptions>): FlowOptions {
  const options = { ...FLOW_DEFAULTS, ...given };
  const { distanceMax, strikeStep, minClassifiedShare, ratioWindows } = options;
  checkOption("distance_max", isWhole(distanceMax, 0, 50), "a whole number from 0 to 50", distanceMax);
  checkOption("strike_step", strikeStep > 0 && strikeStep < Number.POSITIVE_INFINITY, "dollars above 0", strikeStep);
  checkOption("min_classified_share", minClassifiedShare >= 0 && minClassifiedShare <= 1, "a share from 0 to 1", minClassifiedShare);
  for (const window of ratioWindows) checkOption("ratio_windows", isWhole(window, 1, 100_000), "whole numbers from 1 to 100000", window);
  checkOption("ratio_windows", new Set(ratioWindows).size === ratioWindows.length, "different numbers", ratioWindows.join(", "));
  return options;
}

export const isWhole = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;

/** @throws INVALID_PARAM unless the option holds what it must */
export function checkOption(field: string, holds: boolean, expected: string, found: string | number): void {
  if (holds) return;
  const issue = `must be ${expected}`;
  throw new SigmaError(
    "INVALID_PARAM",
    `Option flow: ${field} ${issue}; found "${found}".`,
    { field },
    { fieldErrors: [{ path: field, issue }] },
  );
}

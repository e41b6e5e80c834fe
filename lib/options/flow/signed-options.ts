import { checkOption, isWhole } from "./flow-options.ts";

/** Which columns of the signed flow there are. */
export interface SignedFlowOptions {
  readonly perDistance: boolean;
  readonly totals: boolean;
  readonly ratios: boolean;
  readonly atm: boolean;
  readonly dealer: boolean;
  /** In strike steps, out of the money; further strikes are left out of every column but the dealers'. */
  readonly distanceMax: number;
  /** Also count strikes in the money, to the same distance (`dm1`, ...). */
  readonly inTheMoney: boolean;
  /** Contracts; `sold_ratio` of less is NaN. */
  readonly minVolume: number;
  /** With less of the volume signed than this share, a bar (for the dealers' columns: the session so far) is unknown. */
  readonly minClassifiedShare: number;
}

const SIGNED_FLOW_DEFAULTS: SignedFlowOptions = {
  perDistance: true,
  totals: true,
  ratios: true,
  atm: false,
  dealer: true,
  distanceMax: 7,
  inTheMoney: false,
  minVolume: 50,
  minClassifiedShare: 0.6,
};

/** @throws INVALID_PARAM naming the option and what it must be */
export function resolveSignedFlowOptions(given: Partial<SignedFlowOptions>): SignedFlowOptions {
  const options = { ...SIGNED_FLOW_DEFAULTS, ...given };
  const { distanceMax, minVolume, minClassifiedShare } = options;
  checkOption("distance_max", isWhole(distanceMax, 0, 50), "a whole number from 0 to 50", distanceMax);
  checkOption("min_volume", minVolume >= 0 && minVolume < Number.POSITIVE_INFINITY, "contracts of at least 0", minVolume);
  checkOption("min_classified_share", minClassifiedShare >= 0 && minClassifiedShare <= 1, "a share from 0 to 1", minClassifiedShare);
  return options;
}

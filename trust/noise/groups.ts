import type { RiskProfile } from "../profiles.ts";
import type { ProfileVerdict } from "./verdict.ts";

export type NoiseResult = Record<RiskProfile, ProfileVerdict>;

/** What a family of series without anything to find is made of, and how it is traded. */
export interface NoiseGroup {
  readonly family: string;
  /** Length of the history; null = that of the sample. */
  readonly years: number | null;
  readonly annualDrift: number;
  readonly longOnly: boolean;
  readonly model: "usual" | "calibrated" | "small";
  readonly full: number;
  readonly quick: number;
}

const YEARS = [2, 3, 5, 14] as const;

/** Calibration is off where nothing else is said: a calibrated model of noise hardly trades, and who does not trade proves nothing. */
export const NOISE_GROUPS: Readonly<Record<string, NoiseGroup>> = Object.fromEntries([
  ...YEARS.map((years) => [`walk-${years}`, group("without drift", years, 0, { full: 100, quick: years === 3 ? 4 : 1 })]),
  ...[0.04, 0.1].flatMap((drift) =>
    YEARS.map((years) => [
      `drift-${100 * drift}-${years}`,
      group(`drift ${100 * drift} %, long only`, years, drift, { full: 50, quick: years === 3 ? 1 : 0, longOnly: true }),
    ]),
  ),
  ...[5, 14].map((years) => [
    `small-${years}`,
    group("without drift, the small model below", years, 0, { full: 200, quick: years === 5 ? 2 : 0, model: "small" }),
  ]),
  ["shuffled", { ...group("S&P 500, blocks shuffled", 0, 0, { full: 100, quick: 0 }), years: null }],
  ...YEARS.map((years) => [
    `calibrated-${years}`,
    group("without drift, calibrated", years, 0, { full: 15, quick: 0, model: "calibrated" }),
  ]),
]);

type Sizes = { readonly full: number; readonly quick: number; readonly longOnly?: boolean; readonly model?: NoiseGroup["model"] };

function group(family: string, years: number, annualDrift: number, sizes: Sizes): NoiseGroup {
  return {
    family,
    years,
    annualDrift,
    longOnly: sizes.longOnly ?? false,
    model: sizes.model ?? "usual",
    full: sizes.full,
    quick: sizes.quick,
  };
}

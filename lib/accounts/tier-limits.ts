import { SigmaError } from "../errors/sigma-error.ts";
import { TIERS, type Tier } from "./account.schema.ts";

/** What a tier includes. `null` = no limit. */
export interface TierLimits {
  /** Packs of the owner's own. */
  readonly privatePacks: number | null;
  /** The guided way to a pack, step by step. */
  readonly packBuilder: boolean;
  /** Packs written as documents through the API. */
  readonly packApi: boolean;
  /** Packs handed in for review. */
  readonly packSubmission: boolean;
  /** Most variants of a sweep that is not a simple one; 0 = simple sweeps only. */
  readonly customVariants: number;
  /** Longest history of a matrix, calendar years. */
  readonly historyYears: number | null;
  /** Bar sizes; null = all. */
  readonly cadences: readonly string[] | null;
}

const TIER_LIMITS: Readonly<Record<Tier, TierLimits>> = {
  free: {
    privatePacks: 0,
    packBuilder: false,
    packApi: false,
    packSubmission: false,
    customVariants: 0,
    historyYears: 5,
    cadences: ["hourly", "daily"],
  },
  premium: {
    privatePacks: 5,
    packBuilder: true,
    packApi: false,
    packSubmission: false,
    customVariants: 1000,
    historyYears: null,
    cadences: null,
  },
  pro: {
    privatePacks: null,
    packBuilder: true,
    packApi: true,
    packSubmission: true,
    customVariants: 3000,
    historyYears: null,
    cadences: null,
  },
};

/** The first tier whose limits allow something; what none allows names the highest. */
export const tierThat = (allows: (limits: TierLimits) => boolean): Tier => TIERS.find((tier) => allows(TIER_LIMITS[tier])) ?? "pro";

/**
 * @param what - a sentence's subject: "Packs of your own"
 * @throws TIER_LIMIT when the tier does not allow it, naming the one that does
 */
export function requireTier(tier: Tier, allows: (limits: TierLimits) => boolean, what: string): void {
  if (allows(TIER_LIMITS[tier])) return;
  const needed = tierThat(allows);
  throw new SigmaError("TIER_LIMIT", `${what} need the tier "${needed}"; yours is "${tier}".`, { tier, needed });
}

/** @param count - packs that the owner has already @throws TIER_LIMIT when the tier does not include another one */
export function requirePackCount(tier: Tier, count: number): void {
  const limit = TIER_LIMITS[tier].privatePacks;
  if (limit === null || count < limit) return;
  const needed = tierThat(({ privatePacks }) => privatePacks === null || privatePacks > count);
  throw new SigmaError(
    "TIER_LIMIT",
    `The tier "${tier}" includes "${limit}" packs of your own, and you have "${count}". Remove one, or take the tier "${needed}".`,
    { tier, limit, found: count, needed },
  );
}

/** What of a sweep's request decides whether it is a simple one. */
export interface SweepSize {
  /** The grid of the model's cadence or a preset of it, over the model as it is. */
  readonly isSimple: boolean;
  readonly variants: number;
}

/** @throws TIER_LIMIT when the tier does not include a sweep of this kind or size */
export function requireSweep(tier: Tier, { isSimple, variants }: SweepSize): void {
  if (isSimple) return;
  requireTier(tier, ({ customVariants }) => customVariants > 0, "Sweeps with a grid or compositions of your own");
  const limit = TIER_LIMITS[tier].customVariants;
  if (variants <= limit) return;
  throw new SigmaError(
    "TIER_LIMIT",
    `A sweep of the tier "${tier}" has at most "${limit}" variants; this one has "${variants}". Take values out of its axes.`,
    { tier, limit, found: variants },
  );
}

/** A matrix as far as its tier is concerned. */
export interface HistorySpan {
  readonly cadence: string;
  /** First and last session, ISO dates; null when nothing is known of the data yet. */
  readonly first: string | null;
  readonly last: string | null;
}

/** @throws TIER_LIMIT when the tier does not include bars of this size, or so long a history */
export function requireHistory(tier: Tier, { cadence, first, last }: HistorySpan): void {
  const { cadences, historyYears } = TIER_LIMITS[tier];
  if (cadences !== null && !cadences.includes(cadence))
    requireTier(tier, (limits) => limits.cadences === null || limits.cadences.includes(cadence), `Bars of "${cadence}"`);
  if (historyYears === null || first === null || last === null) return;
  const earliest = yearsBefore(last, historyYears);
  if (first >= earliest) return;
  throw new SigmaError(
    "TIER_LIMIT",
    `The tier "${tier}" has "${historyYears}" years of history; this one goes from "${first}" to "${last}". Build the matrix with start "${earliest}" or later.`,
    { tier, limit: historyYears, first, last, start: earliest },
    { fieldErrors: [{ path: "start", issue: `must be "${earliest}" or later` }] },
  );
}

/** The same day some years earlier; February 29 becomes March 1. */
function yearsBefore(date: string, years: number): string {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  return new Date(Date.UTC(year - years, month - 1, day)).toISOString().slice(0, 10);
}

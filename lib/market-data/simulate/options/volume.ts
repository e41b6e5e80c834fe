import { SEGMENT_MINUTES, segmentsOf } from "../market/intraday-shape.ts";
import { minutesOf } from "../market/market-path.ts";
import { contractKey, type Listing, segmentCountOf } from "./listing.ts";
import { spotAtHalfHour, type Underlying } from "./underlying.ts";

/** Streams of a contract within its session and expiry; half hours and minutes follow from their base. */
export const STREAM = { volume: 0, halfHour: 1, openInterest: 100, minute: 1000, quote: 10_000 } as const;

/** Volume of an expiry so many sessions away, over that of one which expires today; weekly and monthly ones keep more. */
const NEAR_SHARES = [1, 0.24, 0.15, 0.11, 0.09, 0.08];
const FAR_SHARES = { daily: 0, weekly: 0.06, monthly: 0.1 } as const;
/**
 * How volume falls with the distance of the strike, in standard deviations until the expiry; shortly before it these are taken for
 * no smaller than a fraction of the price.
 */
const LEAST_DEVIATION = 0.0018;
const OUT_OF_THE_MONEY = 1.1;
const IN_THE_MONEY = 2.2;
/** Demand of one standard deviation multiplies calls by e to this, and divides puts by it. */
const DEMAND_TILT = 0.2;

/**
 * Contracts traded by contract and half hour, `contract x segmentCount + segment`. Expected volume follows the shape of the day,
 * the distance of the strike from the price at the half hour's start, and the demand of the half hour; each contract has its own
 * luck for the session.
 *
 * @param thetas - total variance at the money from each half hour's start to the expiry
 */
export function drawVolumes(underlying: Underlying, listing: Listing, thetas: Float64Array): Int32Array {
  const { session, date, strikes, rng } = listing;
  const count = strikes.length;
  const segments = segmentsOf(minutesOf(date));
  const expected = new Float64Array(2 * count * segments.length);
  rng.seek(0xffff_ffff, 0);
  const luck = Math.exp(0.5 * underlying.activity(session) + 0.25 * rng.normal() - 0.03);
  const total = underlying.volume * shareOf(listing) * luck;
  for (let g = 0; g < segments.length; g++) {
    const spot = spotAtHalfHour(underlying.path, session, segments[g]!.from);
    const tilt = Math.exp(DEMAND_TILT * underlying.demand(session, g));
    expectedByStrike(
      { strikes, spot, theta: thetas[g]!, calls: tilt, puts: 1 / tilt, total: total * segments[g]!.volume },
      expected,
      g,
      segments.length,
    );
  }

  const volumes = new Int32Array(expected.length);
  for (let c = 0; c < 2 * count; c++) {
    rng.seek(contractKey(listing, c), STREAM.volume);
    const own = Math.exp(0.5 * rng.normal() - 0.125);
    for (let i = c * segments.length; i < (c + 1) * segments.length; i++) volumes[i] = Math.floor(expected[i]! * own + rng.uniform());
  }
  return volumes;
}

interface HalfHour {
  readonly strikes: Float64Array;
  readonly spot: number;
  readonly theta: number;
  /** Relative weights of the two rights. */
  readonly calls: number;
  readonly puts: number;
  /** Contracts expected of all. */
  readonly total: number;
}

function expectedByStrike(
  { strikes, spot, theta, calls, puts, total }: HalfHour,
  expected: Float64Array,
  segment: number,
  segments: number,
): void {
  const count = strikes.length;
  const deviation = spot * Math.max(Math.sqrt(theta), LEAST_DEVIATION);
  let sum = 0;
  for (let c = 0; c < 2 * count; c++) {
    const right = c < count ? 1 : -1;
    const outside = (right * (strikes[c % count]! - spot)) / deviation;
    const weight = (right === 1 ? calls : puts) * Math.exp(outside >= 0 ? -OUT_OF_THE_MONEY * outside : IN_THE_MONEY * outside);
    expected[c * segments + segment] = weight;
    sum += weight;
  }
  for (let c = 0; c < 2 * count; c++) expected[c * segments + segment]! *= total / sum;
}

function shareOf({ expiry, sessionsLeft }: Listing): number {
  return Math.max(NEAR_SHARES[sessionsLeft] ?? 0, FAR_SHARES[expiry.kind]);
}

/**
 * A half hour's volume of a contract over its minutes.
 *
 * @param out - receives one count for each minute, beginning at `from`
 */
function spreadOverMinutes(listing: Listing, contract: number, segment: number, volume: number, out: Int32Array, from: number): void {
  const minutes = Math.min(SEGMENT_MINUTES, minutesOf(listing.date) - segment * SEGMENT_MINUTES);
  if (volume === 0) {
    out.fill(0, from, from + minutes);
    return;
  }
  const { rng } = listing;
  rng.seek(contractKey(listing, contract), STREAM.halfHour + segment);
  let total = 0;
  for (let i = 0; i < minutes; i++) {
    const weight = -Math.log(1 - rng.uniform());
    WEIGHTS[i] = weight;
    total += weight;
  }
  let sum = 0;
  let given = 0;
  // Where the first whole contract falls is luck, so that small volumes do not gather at the half hour's end.
  const phase = rng.uniform();
  for (let i = 0; i < minutes; i++) {
    sum += WEIGHTS[i]!;
    const upTo = i === minutes - 1 ? volume : Math.min(volume, Math.floor((sum / total) * volume + phase));
    out[from + i] = upTo - given;
    given = upTo;
  }
}

const WEIGHTS = new Float64Array(SEGMENT_MINUTES);

/** Volume by contract and minute, `contract x minutes + minute`. */
export function minuteVolumes(listing: Listing, volumes: Int32Array): Int32Array {
  const minutes = minutesOf(listing.date);
  const segments = segmentCountOf(listing.date);
  const out = new Int32Array(2 * listing.strikes.length * minutes);
  for (let c = 0; c < 2 * listing.strikes.length; c++) {
    for (let g = 0; g < segments; g++) spreadOverMinutes(listing, c, g, volumes[c * segments + g]!, out, c * minutes + g * SEGMENT_MINUTES);
  }
  return out;
}

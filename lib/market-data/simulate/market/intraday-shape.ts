/**
 * How variance and volume spread over the thirteen half hours of a full session, as shares that sum to one: high at the
 * open, low at noon, high at the close. From hourly bars of a large US index fund, 2010 to 2013, each hour divided on a
 * smooth curve.
 */
const VARIANCE_SHARES = shares([130, 104, 86, 71, 61, 50, 44, 43, 47, 56, 68, 104, 136]);
const VOLUME_SHARES = shares([142, 111, 93, 79, 68, 58, 51, 50, 54, 61, 72, 98, 163]);

export const SEGMENT_MINUTES = 30;

/** One half hour of a session; the last may be shorter. */
export interface Segment {
  /** Minutes after the session's open: `from` is in, `to` is out. */
  readonly from: number;
  readonly to: number;
  /** Shares of a full session's daytime variance and volume. */
  readonly variance: number;
  readonly volume: number;
}

/**
 * The half hours of a session. A shortened one has the first of a full day, then the full day's last: its shares sum to less
 * than one.
 *
 * @param minutes - length of the session
 */
export function segmentsOf(minutes: number): readonly Segment[] {
  const known = KNOWN.get(minutes);
  if (known) return known;
  const count = Math.ceil(minutes / SEGMENT_MINUTES);
  const segments = Array.from({ length: count }, (_, i): Segment => {
    const place = i === count - 1 ? VARIANCE_SHARES.length - 1 : i;
    const to = Math.min((i + 1) * SEGMENT_MINUTES, minutes);
    return { from: i * SEGMENT_MINUTES, to, variance: VARIANCE_SHARES[place]!, volume: VOLUME_SHARES[place]! };
  });
  KNOWN.set(minutes, segments);
  return segments;
}

/** By the session's length. */
const KNOWN = new Map<number, readonly Segment[]>();

function shares(parts: readonly number[]): readonly number[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

/** A curve between two points: places, values and slopes at both ends. */
export interface CurveEnds {
  readonly left: number;
  readonly right: number;
  readonly valueLeft: number;
  readonly valueRight: number;
  readonly slopeLeft: number;
  readonly slopeRight: number;
}

const SMALLEST_CONTROL = -(1 - 2 ** -26);
const LARGEST_CONTROL = 2 / Number.EPSILON ** 2;

/**
 * Value at `at` of the rational cubic through two points with given slopes. The control parameter -1 < r bends it: 3 is the
 * cubic polynomial, without limit the straight line.
 *
 * @see R. Delbourgo and J. A. Gregory, "Shape preserving piecewise rational interpolation", SIAM J. Sci. Stat. Comput. 6 (1985)
 */
export function rationalCubic(at: number, ends: CurveEnds, control: number): number {
  const { left, right, valueLeft, valueRight, slopeLeft, slopeRight } = ends;
  const width = right - left;
  if (!(Math.abs(width) > 0)) return 0.5 * (valueLeft + valueRight);
  const t = (at - left) / width;
  const u = 1 - t;
  if (control > LARGEST_CONTROL) return valueRight * t + valueLeft * u;
  const above =
    valueRight * t * t * t +
    (control * valueRight - width * slopeRight) * t * t * u +
    (control * valueLeft + width * slopeLeft) * t * u * u +
    valueLeft * u * u * u;
  return above / (1 + (control - 3) * t * u);
}

/**
 * The control parameter with which the curve has this second derivative at one end, but no less than what keeps it monotone
 * and convex or concave where its ends are.
 *
 * @param shapeFirst - where the ends allow no such shape: the straight line instead of the given bend
 */
export function controlForBend(ends: CurveEnds, secondDerivative: number, side: "left" | "right", shapeFirst: boolean): number {
  const { left, right, valueLeft, valueRight, slopeLeft, slopeRight } = ends;
  const width = right - left;
  const chord = (valueRight - valueLeft) / width;
  const above = 0.5 * width * secondDerivative + (slopeRight - slopeLeft);
  const below = side === "left" ? chord - slopeLeft : slopeRight - chord;
  const wanted = above === 0 ? 0 : below === 0 ? (above > 0 ? LARGEST_CONTROL : SMALLEST_CONTROL) : above / below;
  return Math.max(wanted, smallestControl(slopeLeft, slopeRight, chord, shapeFirst));
}

function smallestControl(slopeLeft: number, slopeRight: number, chord: number, shapeFirst: boolean): number {
  const monotone = slopeLeft * chord >= 0 && slopeRight * chord >= 0;
  const convex = slopeLeft <= chord && chord <= slopeRight;
  const concave = slopeLeft >= chord && chord >= slopeRight;
  let smallest = SMALLEST_CONTROL;
  if (monotone) {
    if (chord !== 0) smallest = Math.max(smallest, (slopeRight + slopeLeft) / chord);
    else if (shapeFirst) return LARGEST_CONTROL;
  }
  if (convex || concave) {
    const turn = slopeRight - slopeLeft;
    const fromRight = slopeRight - chord;
    const fromLeft = chord - slopeLeft;
    if (fromRight !== 0 && fromLeft !== 0) smallest = Math.max(smallest, Math.abs(turn / fromRight), Math.abs(turn / fromLeft));
    else if (shapeFirst) return LARGEST_CONTROL;
  } else if (monotone && shapeFirst) return LARGEST_CONTROL;
  return smallest;
}

import type { Bars } from "../core/bars.ts";
import type { Rng } from "../core/rng.ts";

export interface LeakCut {
  /** Last bar that the probe may know. */
  readonly bar: number;
  readonly probe: "truncated" | "perturbed";
}

const SPREAD_CUTS = 12;
const FACTOR_CUTS = 3;
/** Later bars that a perturbing probe keeps, changed; enough for any label or window that reaches a few bars ahead. */
export const PERTURBED_TAIL = 64;

/**
 * Where to cut. One cut drops the last bar alone, the others lie one in each of twelve slices: just before an adjustment takes
 * effect where the slice holds such a bar (up to three are looked for), else drawn. Slices are narrow early and wide late: a probe
 * costs as much as the bars it keeps, so together the twelve cost about three builds.
 *
 * @param warmupBars - bars before which no column has a value; cuts lie after them where the series allows
 * @returns distinct bars, ascending; truncating and perturbing probes alternate
 */
export function leakCuts(bars: Bars, warmupBars: number, rng: Rng): LeakCut[] {
  const last = bars.length - 2;
  if (last < 0) return [];
  const first = Math.min(warmupBars + 1, Math.floor(last / 2));
  const before = factorCuts(bars, first);
  const chosen = new Set<number>([last, ...before]);
  const placeOf = (position: number): number => first + Math.floor((position / SPREAD_CUTS) ** 3 * (last - first));
  for (let k = 0; k < SPREAD_CUTS; k++) {
    const drawn = placeOf(k + rng.uniform());
    if (!before.some((bar) => bar >= placeOf(k) && bar < placeOf(k + 1))) chosen.add(drawn);
  }
  const ascending = [...chosen].sort((a, b) => a - b);
  return ascending.map((bar, i) => ({ bar, probe: (ascending.length - 1 - i) % 2 === 0 ? "truncated" : "perturbed" }));
}

/** The bars before the first, a middle and the last change of the adjustment factor. */
function factorCuts({ length, factor }: Bars, first: number): number[] {
  const before: number[] = [];
  for (let i = Math.max(1, first); i < length; i++) if (factor[i] !== factor[i - 1]) before.push(i - 1);
  if (before.length <= FACTOR_CUTS) return before;
  return [before[0]!, before[Math.floor(before.length / 2)]!, before.at(-1)!];
}

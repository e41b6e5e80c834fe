import { px } from "./draw.ts";

type Scale = (value: number) => number;

/** A line through values as path data; of each pixel column its first, lowest, highest and last value: what a line of all would show. */
export function pathPoints(values: readonly number[], x: Scale, y: Scale): string[] {
  const kept = new Set<number>();
  for (let start = 0; start < values.length; ) {
    const column = Math.floor(x(start));
    let end = start;
    let low = start;
    let high = start;
    while (end < values.length && Math.floor(x(end)) === column) {
      if (values[end]! < values[low]!) low = end;
      if (values[end]! > values[high]!) high = end;
      end++;
    }
    for (const index of [start, Math.min(low, high), Math.max(low, high), end - 1]) kept.add(index);
    start = end;
  }
  return Array.from(kept, (index) => `${px(x(index))} ${px(y(values[index]!))}`);
}

/** Distance of each value of an equity curve from its peak so far, 0 or negative; the start is a peak of 1. */
export function drawdownsOf(equity: readonly number[]): number[] {
  let peak = 1;
  return equity.map((value) => {
    peak = Math.max(peak, value);
    return value / peak - 1;
  });
}

/** Values 1, 2 and 5 times powers of ten around a range, at least two. */
export function logTicks(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of [1, 2, 5]) ticks.push(Number((factor * 10 ** power).toPrecision(12)));
  }
  const from = Math.max(
    0,
    ticks.findLastIndex((tick) => tick <= low),
  );
  return ticks.slice(from, ticks.findIndex((tick) => tick >= high) + 1);
}

/** Two label positions at least `gap` apart, moved evenly. */
export function apart(a: number, b: number, gap: number): [number, number] {
  const distance = Math.abs(a - b);
  if (distance >= gap) return [a + 4, b + 4];
  const shift = (gap - distance) / 2;
  return a <= b ? [a - shift, b + shift] : [a + shift, b - shift];
}

/** Where labels of a time axis stand: the first session of years, or of months for a short range, thinned to at most `most`. */
export function timeTicks(dates: readonly string[], most: number): { readonly at: number; readonly label: string }[] {
  const byYear = dates.length > 378 && dates[0]!.slice(0, 4) !== dates.at(-1)!.slice(0, 4);
  const unit = byYear ? 4 : 7;
  const starts = dates.flatMap((day, i) => (i > 0 && day.slice(0, unit) !== dates[i - 1]!.slice(0, unit) ? [i] : []));
  const every = Math.max(1, Math.ceil(starts.length / most));
  return starts.filter((_, i) => i % every === 0).map((at) => ({ at, label: dates[at]!.slice(0, unit) }));
}

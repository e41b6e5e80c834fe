/** Maps a range of values to a range of places. */
export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
}

/** A straight scale; a domain without extent maps everything to the middle. */
export function linearScale([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const factor = to === from ? 0 : (end - start) / (to - from);
  const middle = (start + end) / 2;
  const scale = (value: number): number => (factor === 0 ? middle : start + (value - from) * factor);
  return Object.assign(scale, { domain: [from, to] as const });
}

/** Smallest and largest of the values that are numbers; undefined without any. */
export function extentOf(values: Iterable<number | null | undefined>): readonly [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? undefined : [low, high];
}

/** A domain with some air at both ends. */
export function padded([low, high]: readonly [number, number], share = 0.06): readonly [number, number] {
  const air = (high - low || Math.abs(high) || 1) * share;
  return [low - air, high + air];
}

/** Round values inside a domain, about so many: 1, 2 or 5 times a power of ten apart. */
export function ticksOf([low, high]: readonly [number, number], about = 5): number[] {
  if (!(high > low)) return [low];
  const raw = (high - low) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** A line through points; a value that is not known breaks it. */
export function linePath(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  let path = "";
  let open = false;
  values.forEach((value, index) => {
    if (value === null || !Number.isFinite(value)) {
      open = false;
      return;
    }
    path += `${open ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    open = true;
  });
  return path;
}

import { signed } from "../svg/draw.ts";

const UNKNOWN = "n/a";

/** A number with a real minus sign; unknown is said, never shown as 0 or as an empty cell. */
export function decimal(value: number | null, digits = 2): string {
  return value === null || !Number.isFinite(value) ? UNKNOWN : grouped(signed(value, digits));
}

/** A probability to three places; one that rounds to 0 or 1 is neither. */
export function probability(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  if (value > 0 && value < 0.0005) return "< 0.001";
  return value < 1 && value >= 0.9995 ? "> 0.999" : signed(value, 3);
}

/** A fraction as percent, without the sign: the unit stands beside it. */
export function percent(value: number | null, digits = 1): string {
  return decimal(value === null ? null : 100 * value, digits);
}

/** A whole number with groups of three. */
export function whole(value: number | null): string {
  return decimal(value, 0);
}

/** Dollars as a person reads them: 34.1 million. */
export function dollars(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  const units = [
    [1e12, " trillion"],
    [1e9, " billion"],
    [1e6, " million"],
  ] as const;
  const found = units.find(([size]) => value >= size);
  return found === undefined ? `$${decimal(value, 0)}` : `$${decimal(value / found[0], 1)}${found[1]}`;
}

/** Groups of three before the point. */
const grouped = (digits: string): string => digits.replace(/\d+/, (integer) => integer.replace(/\B(?=(\d{3})+$)/g, ","));

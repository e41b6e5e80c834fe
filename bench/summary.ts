import type { Figure } from "./workload.ts";

/** A figure over all repetitions: the median, and the range that shows how steady it was. */
export interface Summary extends Figure {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Medians over repetitions, label by label.
 *
 * @param repetitions - the figures of each run, with the same labels every time
 * @returns NaN values where any repetition had one: what was not compared once was not compared
 */
export function summarize(repetitions: readonly (readonly Figure[])[]): Summary[] {
  return (repetitions[0] ?? []).map((figure, i) => {
    const values = repetitions.map((figures) => {
      const same = figures[i];
      if (same?.label !== figure.label) throw new Error(`Repetitions differ: expected "${figure.label}", found "${same?.label}".`);
      return same.value;
    });
    const sorted = Float64Array.from(values).sort();
    const gap = values.some(Number.isNaN);
    const middle = sorted.length >> 1;
    const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
    const last = repetitions.at(-1)![i]!;
    return {
      ...last,
      value: gap ? Number.NaN : median,
      lowest: gap ? Number.NaN : sorted[0]!,
      highest: gap ? Number.NaN : sorted.at(-1)!,
    };
  });
}

/** Rows of one workload as cells: figure, median, range, aim, note. */
export function tableCells(summaries: readonly Summary[]): string[][] {
  return summaries.map(({ label, value, lowest, highest, unit, aim, note }) => [
    label,
    Number.isNaN(value) ? "not compared" : `${readable(value)} ${unit}`.trim(),
    Number.isNaN(value) || lowest === highest ? "" : `${readable(lowest)} to ${readable(highest)}`,
    aim ?? "",
    note ?? "",
  ]);
}

/** Four significant digits, or whole numbers with thousands separated. */
function readable(value: number): string {
  if (value === 0) return "0";
  const digits = Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString("en-US", { maximumFractionDigits: Math.min(digits, 6) });
}

import { createGrowingColumn, type GrowingColumn } from "../../core/growing-column.ts";

/** Rows of numbers whose count is not known beforehand, in named columns. */
export interface GrowingRows<N extends string> {
  /** One row, its values in the order of the names. */
  push(...values: readonly number[]): void;
  readonly length: number;
  /** The columns, copied. */
  take(): Readonly<Record<N, Float64Array>>;
}

export function createGrowingRows<N extends string>(names: readonly N[]): GrowingRows<N> {
  const columns: readonly GrowingColumn[] = names.map(createGrowingColumn);
  return {
    push(...values) {
      for (let i = 0; i < columns.length; i++) columns[i]!.push(values[i]!);
    },
    get length() {
      return columns[0]!.length;
    },
    take: () => Object.fromEntries(names.map((name, i) => [name, columns[i]!.take()])) as Record<N, Float64Array>,
  };
}

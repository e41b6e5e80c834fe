import { createRng } from "#lib/core/rng.ts";
import { type Matrix, mapColumns, type UniverseStay } from "#lib/matrix/matrix.ts";
import { type MatrixOptions, matrixOf, randomBars } from "./support.ts";

export interface UniverseOptions extends MatrixOptions {
  /** Share of the bars that are missing. */
  readonly missing?: number;
  readonly stays?: readonly (readonly UniverseStay[])[];
  readonly sigma?: number;
}

/** The rows of one matrix a symbol in one frame, by decision time and then by symbol; `keep` leaves bars out. */
export function stackedOf(
  matrices: readonly Matrix[],
  keep: (symbol: number, row: number) => boolean = () => true,
  stays: readonly (readonly UniverseStay[])[] = matrices.map(() => []),
): Matrix {
  const places = matrices
    .flatMap((matrix, symbol) => Array.from({ length: matrix.rows }, (_, row) => ({ symbol, row, ts: matrix.ts[row]! })))
    .filter(({ symbol, row }) => keep(symbol, row))
    .sort((a, b) => a.ts - b.ts || a.symbol - b.symbol);
  const first = matrices[0]!;
  const columns = matrices.map((matrix) => {
    const list: Float64Array[] = [];
    mapColumns(matrix, matrix.rows, (column) => {
      list.push(column);
      return column;
    });
    return list;
  });
  let next = 0;
  const stacked = mapColumns(first, places.length, () => {
    const at = next++;
    return Float64Array.from(places, ({ symbol, row }) => columns[symbol]![at]![row]!);
  });
  const symbols = matrices.map((_, symbol) => `S${symbol}`);
  return { ...stacked, info: { ...first.info, symbols, stays }, symbolIndex: Float64Array.from(places, ({ symbol }) => symbol) };
}

/** Random walks of several symbols over the same sessions, with some bars missing and those outside of the stays. */
export function randomUniverse(symbols: number, rows: number, seed: number | string, options: UniverseOptions = {}): Matrix {
  const { missing = 0, stays, sigma = 0.02, ...rest } = options;
  const rng = createRng(`universe:${seed}`);
  const matrices = Array.from({ length: symbols }, (_, symbol) => matrixOf(randomBars(rows, `${seed}:${symbol}`, 0, sigma), rest));
  const belongs = (symbol: number, session: number): boolean =>
    stays === undefined || stays[symbol]!.some(({ from, to }) => (from === null || session >= from) && (to === null || session < to));
  return stackedOf(matrices, (symbol, row) => rng.uniform() >= missing && belongs(symbol, matrices[symbol]!.sessionDate[row]!), stays);
}

import { FLAT_SD } from "./moments.ts";

/** Fewest distinct variants for which a rank means something. */
export const MIN_CSCV_VARIANTS = 10;

export interface CscvOptions {
  /** Even number of blocks, 2 to 20: C(16, 8) = 12,870 splits by default. */
  readonly blocks?: number;
  readonly minVariants?: number;
}

export interface CscvResult {
  /** Probability of backtest overfitting: share of splits whose in-sample winner ranks in the lower half out of sample. */
  readonly pbo: number;
  /** Share of splits whose in-sample winner has a negative Sharpe ratio out of sample. */
  readonly pOosLoss: number;
  /** Mean of ln(w / (1 - w)), w the winner's relative rank out of sample. */
  readonly meanLogit: number;
  /** Slope of the winner's out-of-sample Sharpe ratio on its in-sample one; NaN when the latter is constant. */
  readonly slope: number;
  readonly splits: number;
  readonly variants: number;
}

/**
 * Combinatorially symmetric cross-validation: every half of the blocks in turn picks the best variant, the other half
 * judges it. The result is a property of the **selection**, not of one variant.
 *
 * The metric is the Sharpe ratio per period (ddof 1). A variant without variance in a half counts as 0 there (it neither
 * gains nor loses). Ties take average ranks; variants that tie for the win in sample share the split in equal parts, so
 * the order of the variants has no influence. The first T mod blocks periods are dropped.
 *
 * Sums over blocks are exact for any split: each half of the bits of a split looks its sum up in a table of 2^(blocks/2)
 * partial sums, so a split costs two additions a variant instead of a pass over the returns.
 *
 * @param returns - one column a variant, equal lengths, distinct, without NaN
 * @returns null with fewer than `minVariants` columns or fewer than 2 periods a block
 * @see Bailey, Borwein, López de Prado & Zhu, The Probability of Backtest Overfitting, Journal of Computational Finance (2017)
 */
export function cscv(returns: readonly Float64Array[], options: CscvOptions = {}): CscvResult | null {
  const { blocks = 16 } = options;
  requireBlocks(blocks);
  return cscvOfBlocks(
    returns.map((column) => blockSums(column, blocks)),
    returns[0]?.length ?? 0,
    options,
  );
}

/**
 * Sums of a series over its blocks: all that the cross-validation reads of it, so that the series itself may go.
 *
 * @param returns - without NaN; the first T mod blocks periods are dropped
 * @returns shape (2 x blocks,): the sum of x of each block, then the sum of x^2 of each
 */
export function blockSums(returns: Float64Array, blocks = 16): Float64Array {
  const blockLength = Math.floor(returns.length / blocks);
  const sums = new Float64Array(2 * blocks);
  let at = returns.length - blockLength * blocks;
  for (let block = 0; block < blocks; block += 1) {
    let sum = 0;
    let square = 0;
    for (const end = at + blockLength; at < end; at += 1) {
      const value = returns[at]!;
      sum += value;
      square += value * value;
    }
    sums[block] = sum;
    sums[blocks + block] = square;
  }
  return sums;
}

/**
 * The same as `cscv`, from the sums of each variant's blocks.
 *
 * @param sums - one of `blockSums` a variant, all over as many blocks as the options say
 * @param length - periods of each series
 */
export function cscvOfBlocks(sums: readonly Float64Array[], length: number, options: CscvOptions = {}): CscvResult | null {
  const { blocks = 16, minVariants = MIN_CSCV_VARIANTS } = options;
  requireBlocks(blocks);
  const variants = sums.length;
  const blockLength = Math.floor(length / blocks);
  if (variants < minVariants || blockLength < 2) return null;

  const tables = halfTables(sums, blocks);
  const inSample = new Float64Array(variants);
  const outOfSample = new Float64Array(variants);
  const tally = new Tally(variants);
  const all = 2 ** blocks - 1;
  const periods = (blockLength * blocks) / 2;

  // Each split and its mirror image share their two halves; bit 0 set picks one of each pair.
  for (let mask = 1; mask <= all; mask += 2) {
    if (bitCount(mask) * 2 !== blocks) continue;
    sharpes(tables, mask, periods, inSample);
    sharpes(tables, all ^ mask, periods, outOfSample);
    tally.add(inSample, outOfSample);
    tally.add(outOfSample, inSample);
  }
  return tally.result();
}

function requireBlocks(blocks: number): void {
  if (blocks % 2 !== 0 || blocks < 2 || blocks > 20)
    throw new RangeError(`CSCV needs an even number of blocks from 2 to 20, not ${blocks}.`);
}

/** Partial sums of x and x^2 over every subset of the lower and of the upper blocks: shape (subsets, variants). */
interface HalfTables {
  readonly variants: number;
  readonly bits: number;
  readonly lowSum: Float64Array;
  readonly lowSquares: Float64Array;
  readonly highSum: Float64Array;
  readonly highSquares: Float64Array;
}

function halfTables(columns: readonly Float64Array[], blocks: number): HalfTables {
  const variants = columns.length;
  const sums = new Float64Array(blocks * variants);
  const squares = new Float64Array(blocks * variants);
  for (let v = 0; v < variants; v += 1) {
    for (let block = 0; block < blocks; block += 1) {
      sums[block * variants + v] = columns[v]![block]!;
      squares[block * variants + v] = columns[v]![blocks + block]!;
    }
  }
  const bits = blocks / 2;
  const middle = bits * variants;
  return {
    variants,
    bits,
    lowSum: subsetSums(sums.subarray(0, middle), bits, variants),
    lowSquares: subsetSums(squares.subarray(0, middle), bits, variants),
    highSum: subsetSums(sums.subarray(middle), bits, variants),
    highSquares: subsetSums(squares.subarray(middle), bits, variants),
  };
}

function subsetSums(perBlock: Float64Array, bits: number, variants: number): Float64Array {
  const table = new Float64Array(2 ** bits * variants);
  for (let subset = 1; subset < 2 ** bits; subset += 1) {
    const top = 31 - Math.clz32(subset);
    const rest = (subset ^ (1 << top)) * variants;
    const block = top * variants;
    const at = subset * variants;
    for (let v = 0; v < variants; v += 1) table[at + v] = table[rest + v]! + perBlock[block + v]!;
  }
  return table;
}

/** Sharpe ratio of every variant over the blocks of a mask. */
function sharpes(tables: HalfTables, mask: number, periods: number, into: Float64Array): void {
  const { variants, bits, lowSum, lowSquares, highSum, highSquares } = tables;
  const low = (mask & (2 ** bits - 1)) * variants;
  const high = (mask >>> bits) * variants;
  for (let v = 0; v < variants; v += 1) {
    const sum = lowSum[low + v]! + highSum[high + v]!;
    const squares = lowSquares[low + v]! + highSquares[high + v]!;
    const mean = sum / periods;
    const variance = (squares - sum * mean) / (periods - 1);
    // A constant column leaves rounding noise of about 1e-16 of its squares.
    into[v] = variance > FLAT_SD * FLAT_SD && variance * periods > 1e-12 * squares ? mean / Math.sqrt(variance) : 0;
  }
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Adds up splits. Winners that tie share a split, hence the weights. */
class Tally {
  readonly #variants: number;
  #splits = 0;
  #lowerHalf = 0;
  #losses = 0;
  #logits = 0;
  // Sums for the regression, about the first winner's ratio so that they keep their digits.
  #originX = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #xy = 0;

  constructor(variants: number) {
    this.#variants = variants;
  }

  add(chosenBy: Float64Array, judgedBy: Float64Array): void {
    const n = this.#variants;
    let best = chosenBy[0]!;
    let winners = 1;
    for (let v = 1; v < n; v += 1) {
      const value = chosenBy[v]!;
      if (value > best) {
        best = value;
        winners = 1;
      } else if (value === best) winners += 1;
    }
    if (this.#splits === 0) this.#originX = best;
    this.#splits += 1;
    for (let v = 0, seen = 0; seen < winners; v += 1) {
      if (chosenBy[v] !== best) continue;
      seen += 1;
      this.#judge(best, judgedBy, v, 1 / winners);
    }
  }

  #judge(chosen: number, judgedBy: Float64Array, winner: number, weight: number): void {
    const n = this.#variants;
    const judged = judgedBy[winner]!;
    let less = 0;
    let equal = 0;
    for (let v = 0; v < n; v += 1) {
      const value = judgedBy[v]!;
      if (value < judged) less += 1;
      else if (value === judged) equal += 1;
    }
    const rank = less + (equal + 1) / 2;
    // Twice the rank decides the lower half exactly, where the logarithm of a rounded quotient might not.
    if (2 * rank <= n + 1) this.#lowerHalf += weight;
    if (judged < 0) this.#losses += weight;
    this.#logits += weight * Math.log(rank / (n + 1 - rank));
    const x = chosen - this.#originX;
    this.#x += weight * x;
    this.#y += weight * judged;
    this.#xx += weight * x * x;
    this.#xy += weight * x * judged;
  }

  result(): CscvResult {
    const splits = this.#splits;
    const spread = this.#xx - (this.#x * this.#x) / splits;
    return {
      pbo: this.#lowerHalf / splits,
      pOosLoss: this.#losses / splits,
      meanLogit: this.#logits / splits,
      slope: spread > 1e-20 ? (this.#xy - (this.#x * this.#y) / splits) / spread : Number.NaN,
      splits,
      variants: this.#variants,
    };
  }
}

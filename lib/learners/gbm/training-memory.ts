import { HISTOGRAM_KERNEL } from "./histogram-kernel.ts";

const PAGE_BYTES = 65_536;
/** Vectors stand at multiples of their size. */
const VECTOR_BYTES = 16;

/** How many numbers one training run needs. */
export interface TrainingSizes {
  readonly rows: number;
  readonly features: number;
  /** Cells of all features, most; two numbers each. */
  readonly cells: number;
  /** Histograms that are kept at once. */
  readonly slots: number;
  /** Whether rows are counted, too. */
  readonly counts: boolean;
}

/** The loops of histogram-kernel.wat; pointers are byte offsets. */
interface Kernel {
  gather(rows: number, count: number, from: number, to: number): void;
  addFour(
    rows: number,
    count: number,
    pairs: number,
    binsA: number,
    binsB: number,
    binsC: number,
    binsD: number,
    cellsA: number,
    cellsB: number,
    cellsC: number,
    cellsD: number,
  ): void;
  addOne(rows: number, count: number, pairs: number, bins: number, cells: number): void;
  countFour(
    rows: number,
    count: number,
    binsA: number,
    binsB: number,
    binsC: number,
    binsD: number,
    cellsA: number,
    cellsB: number,
    cellsC: number,
    cellsD: number,
  ): void;
  countOne(rows: number, count: number, bins: number, cells: number): void;
  subtract(from: number, taken: number, count: number): void;
  partition(rows: number, count: number, bins: number, last: number, also: number, scratch: number): number;
}

/**
 * Buffers of one training run, in memory that the kernel can reach. Nothing in them is set: a run before may have left anything.
 * They are good until `release`.
 */
export interface TrainingMemory {
  readonly kernel: Kernel;
  /** Column-major: feature `f` has `[f * rows, (f + 1) * rows)`. */
  readonly bins: Uint8Array;
  /** Gradient and hessian of each row, interleaved. */
  readonly pairs: Float64Array;
  readonly nodeRows: Int32Array;
  /** One array a slot. */
  readonly histograms: readonly Float64Array[];
  /** Rows of each cell, one array a slot; null = they are not counted. */
  readonly counts: readonly Int32Array[] | null;
  /** Space for the pairs of a node's rows, in their order: an offset. */
  readonly gathered: number;
  /** Space for as many rows as there are, and one: an offset. */
  readonly scratch: number;
  /** Gives the memory back to the next run of this thread. */
  release(): void;
}

/** A memory and what works on it. Making one reserves much address space, so a thread keeps one and lets it grow. */
interface Machine {
  readonly memory: WebAssembly.Memory;
  readonly kernel: Kernel;
}

let compiled: WebAssembly.Module | undefined;
let idle: Machine | undefined;

export function takeTrainingMemory({ rows, features, cells, slots, counts }: TrainingSizes): TrainingMemory {
  let end = 0;
  const place = (bytes: number): number => {
    const start = end;
    end += Math.ceil(bytes / VECTOR_BYTES) * VECTOR_BYTES;
    return start;
  };
  const histograms = Array.from({ length: slots }, () => place(2 * 8 * cells));
  const countSlots = counts ? histograms.map(() => place(4 * cells)) : null;
  const pairs = place(2 * 8 * rows);
  const gathered = place(2 * 8 * rows);
  const nodeRows = place(4 * rows);
  const scratch = place(4 * (rows + 1));
  const bins = place(features * rows);

  const machine = idle ?? newMachine();
  idle = undefined;
  const missing = Math.ceil(end / PAGE_BYTES) - machine.memory.buffer.byteLength / PAGE_BYTES;
  if (missing > 0) machine.memory.grow(missing);
  const { buffer } = machine.memory;
  return {
    kernel: machine.kernel,
    bins: new Uint8Array(buffer, bins, features * rows),
    pairs: new Float64Array(buffer, pairs, 2 * rows),
    nodeRows: new Int32Array(buffer, nodeRows, rows),
    histograms: histograms.map((start) => new Float64Array(buffer, start, 2 * cells)),
    counts: countSlots?.map((start) => new Int32Array(buffer, start, cells)) ?? null,
    gathered,
    scratch,
    release: () => {
      idle = machine;
    },
  };
}

function newMachine(): Machine {
  compiled ??= new WebAssembly.Module(HISTOGRAM_KERNEL);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(compiled, { training: { memory } });
  return { memory, kernel: exports as unknown as Kernel };
}

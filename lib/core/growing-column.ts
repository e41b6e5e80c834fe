/** A column of numbers whose length is not known beforehand. */
export interface GrowingColumn {
  push(value: number): void;
  readonly length: number;
  /** The numbers pushed so far, copied. */
  take(): Float64Array;
}

export function createGrowingColumn(): GrowingColumn {
  let data = new Float64Array(1024);
  let used = 0;
  return {
    push(value) {
      if (used === data.length) {
        const grown = new Float64Array(used * 2);
        grown.set(data);
        data = grown;
      }
      data[used++] = value;
    },
    get length() {
      return used;
    },
    take: () => data.slice(0, used),
  };
}

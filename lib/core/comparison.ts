export const COMPARISONS = [">", ">=", "<", "<=", "==", "!="] as const;
export type Comparison = (typeof COMPARISONS)[number];

const COMPARE = {
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
} as const satisfies Record<Comparison, (a: number, b: number) => boolean>;

/** Whether a comparison holds. It does not when either side is unknown (NaN), not even `!=`. */
export const compares = (a: number, op: Comparison, b: number): boolean => !Number.isNaN(a) && !Number.isNaN(b) && COMPARE[op](a, b);

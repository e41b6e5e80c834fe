/** A part of the simple grid, named like the risk profile that it suits. */
export type Preset = "conservative" | "balanced" | "aggressive";
type OfPreset = Readonly<Record<Preset, readonly number[]>>;

/** The balanced preset is the simple grid; the others are the selective and the open end of it, in finer steps. */
export const SIMPLE_GRID = {
  probability: {
    conservative: [0.6, 0.625, 0.65, 0.675, 0.7],
    balanced: [0.5, 0.55, 0.6, 0.65, 0.7],
    aggressive: [0.5, 0.525, 0.55, 0.575, 0.6],
  } satisfies OfPreset as OfPreset,
  edge: {
    conservative: [0.1, 0.15, 0.2, 0.25],
    balanced: [0, 0.1, 0.25],
    aggressive: [0, 0.025, 0.05, 0.1],
  } satisfies OfPreset as OfPreset,
  /** Shares of the candidates that are traded. */
  topIntraday: { conservative: [0.05], balanced: [0.05, 0.1, 0.15], aggressive: [0.15] } satisfies OfPreset as OfPreset,
  topDaily: { conservative: [0.15], balanced: [0.15, 0.35, 1], aggressive: [1] } satisfies OfPreset as OfPreset,
  /** Hours of entry of intraday models; null = all. */
  hours: [[9, 10], [13, 14, 15], null] as readonly (readonly number[] | null)[],
};

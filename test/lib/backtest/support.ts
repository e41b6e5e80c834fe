import { type EvaluationContext, type EvaluationInput, prepareEvaluation } from "#lib/backtest/evaluate-variant.ts";
import type { ExecutionTerms } from "#lib/backtest/execution.ts";
import type { FoldPrediction } from "#lib/backtest/fold-prediction.ts";
import type { Cadence } from "#lib/core/bars.ts";
import { createRng } from "#lib/core/rng.ts";
import { dateOfDayNumber, dayOfWeekOf } from "#lib/core/time.ts";
import type { Label } from "#lib/matrix/label.schema.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { type Policy, PolicySchema } from "#lib/policies/policy.schema.ts";
import { type VariantParams, VariantParamsSchema } from "#lib/sweeps/variant.schema.ts";

/** 2024-01-01, a Monday. */
const FIRST_DAY = 19_723;
const MS_PER_DAY = 86_400_000;

export type Bar = readonly [open: number, high: number, low: number, close: number];

export interface MatrixOptions {
  readonly label?: Label;
  readonly classes?: readonly number[];
  readonly features?: Readonly<Record<string, Float64Array>>;
  readonly factor?: Float64Array;
  readonly cadence?: Cadence;
  /** Bars of a session, one an hour from 9 o'clock; 1 = daily. */
  readonly barsPerSession?: number;
}

const NEXT_BAR: Label = { kind: "next_bar_direction", entry: "next_open", band: { kind: "none" } };

/** A matrix on weekdays from Monday 2024-01-01, with labels worked out from the bars. */
export function matrixOf(bars: readonly Bar[], options: MatrixOptions = {}): Matrix {
  const { label = NEXT_BAR, features = {}, barsPerSession = 1 } = options;
  const rows = bars.length;
  const column = (value: (row: number) => number): Float64Array => Float64Array.from({ length: rows }, (_, row) => value(row));
  const sessionOf = (row: number): number => Math.floor(row / barsPerSession);
  const dayOf = (row: number): number => FIRST_DAY + Math.floor(sessionOf(row) / 5) * 7 + (sessionOf(row) % 5);
  const hourOf = (row: number): number => 9 + (row % barsPerSession);
  const barMs = barsPerSession === 1 ? 6.5 * 3_600_000 : 3_600_000;
  const barStart = column((row) => dayOf(row) * MS_PER_DAY + (14.5 + hourOf(row) - 9) * 3_600_000);
  const ts = barStart.map((start) => start + barMs);
  const factor = options.factor ?? column(() => 1);
  const horizon = label.kind === "forward_return" ? label.horizon : 1;
  const price = (row: number, field: 0 | 3): number => bars[row]![field] * factor[row]!;
  const retFwd = column((row) =>
    row + horizon >= rows ? Number.NaN : price(row + horizon, 3) / (label.entry === "next_open" ? price(row + 1, 0) : price(row, 3)) - 1,
  );
  return {
    info: {
      schemaVersion: 3,
      matrixSha: "0".repeat(64),
      symbol: "TEST",
      symbols: ["TEST"],
      stays: null,
      cadence: options.cadence ?? (barsPerSession === 1 ? "daily" : "hourly"),
      label,
      classes: options.classes ?? [-1, 1],
      features: Object.keys(features).map((name) => ({ name, indicator: name, version: 1, unit: "none" })),
      series: { provider: "simulated", fingerprint: "f".repeat(64), stamps: ["simulated"], simulation: null },
      trainHours: null,
      indicatorSetSha: "1".repeat(64),
      calendarVersion: 1,
    },
    rows,
    ts,
    symbolIndex: new Float64Array(rows),
    barStart,
    sessionDate: column((row) => dateOfDayNumber(dayOf(row))),
    hourEt: column(hourOf),
    dayOfWeek: column((row) => dayOfWeekOf(dateOfDayNumber(dayOf(row)))),
    open: column((row) => bars[row]![0]),
    high: column((row) => bars[row]![1]),
    low: column((row) => bars[row]![2]),
    close: column((row) => bars[row]![3]),
    volume: column(() => 1_000_000),
    factor,
    features: Object.values(features),
    y: retFwd.map((value) => (Number.isNaN(value) ? Number.NaN : value > 0 ? 1 : -1)),
    retFwd,
    t1: column((row) => (row + horizon >= rows ? Number.NaN : ts[row + horizon]!)),
    labelUnit: column(() => 1),
  };
}

/** A seeded random walk with open, high and low around it. */
export function randomBars(rows: number, seed: number | string, drift = 0, sigma = 0.01): Bar[] {
  const rng = createRng(seed);
  const bars: Bar[] = [];
  let close = 100;
  for (let row = 0; row < rows; row++) {
    const open = close * Math.exp(0.3 * sigma * rng.normal());
    close = open * Math.exp(drift + sigma * rng.normal());
    const high = Math.max(open, close) * (1 + 0.5 * sigma * rng.uniform());
    const low = Math.min(open, close) * (1 - 0.5 * sigma * rng.uniform());
    bars.push([open, high, low, close]);
  }
  return bars;
}

/** Terms without costs or limits; each test states what it is about. */
export const FREE_TERMS: ExecutionTerms = {
  entry: "next_open",
  orderType: "market",
  limitBufferBps: 0,
  holdBars: 3,
  trade: { kind: "bars" },
  fillsAtSessionClose: false,
  barriers: null,
  sessionBound: false,
  brackets: null,
  maxPositions: 1,
  cooldownMinutes: 0,
  maxTradesPerDay: 100,
  capitalShare: 1,
  volatilityTarget: null,
  slippageBps: 0,
  commissionBps: 0,
  borrowBpsPerYear: 0,
};

export function policyOf(execution: Record<string, unknown> = {}, rest: Record<string, unknown> = {}): Policy {
  return PolicySchema.parse({
    name: "test",
    version: 1,
    execution: { slippage_bps: 0, borrow_bps_per_year: 0, ...execution },
    alerting: { cooldown_minutes: 0, max_trades_per_day: 100 },
    ...rest,
  });
}

export function variantOf(params: Partial<VariantParams> = {}): VariantParams {
  return VariantParamsSchema.parse({
    threshold_mode: "probability",
    threshold: null,
    top_pct: null,
    hours: null,
    hold_bars: null,
    ...params,
  });
}

/** Predictions of two-class folds over [start, rows), from an up-probability for each row; slices are of the caller's making. */
export function predictionsOf(
  up: ArrayLike<number>,
  blocks: readonly (readonly [start: number, end: number])[],
  slice: ArrayLike<number> = [],
  baseUp = 0.5,
): FoldPrediction[] {
  return blocks.map(([testStart, testEnd], fold) => {
    const p = Float64Array.from({ length: testEnd - testStart }, (_, i) => up[testStart + i]!);
    const reference = Float64Array.from(slice);
    return {
      schemaVersion: 1,
      fold,
      testStart,
      testEnd,
      classes: [-1, 1],
      baseRates: [1 - baseUp, baseUp],
      probabilities: [p.map((value) => 1 - value), p],
      slice: [reference.map((value) => 1 - value), reference],
      trainRows: testStart,
      effectiveRows: testStart,
      trainFirstTs: 0,
      trainLastTs: testStart,
      embargoBars: 1,
      calibration: { method: "none", reason: null },
      notes: [],
    };
  });
}

/** An evaluation of both sides without filters, before it is prepared. */
export function inputOf(matrix: Matrix, predictions: readonly FoldPrediction[], input: Partial<EvaluationInput> = {}): EvaluationInput {
  return {
    matrix,
    predictions,
    policy: policyOf({ brackets: { entry_mode: matrix.info.label.entry === "next_open" ? "next_bar_open" : "decision_close" } }),
    strategy: null,
    sides: { long: true, short: true },
    allowedHours: null,
    sessionBound: false,
    volatilityTarget: null,
    longestHoldBars: 1,
    ...input,
  };
}

export function contextOf(matrix: Matrix, predictions: readonly FoldPrediction[], input: Partial<EvaluationInput> = {}): EvaluationContext {
  return prepareEvaluation(inputOf(matrix, predictions, input));
}

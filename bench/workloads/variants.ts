import { type EvaluationContext, evaluateVariant, prepareEvaluation } from "#lib/backtest/evaluate-variant.ts";
import type { FoldPrediction } from "#lib/backtest/fold-prediction.ts";
import { createRng } from "#lib/core/rng.ts";
import { dateOfDayNumber, dayOfWeekOf } from "#lib/core/time.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { PolicySchema } from "#lib/policies/policy.schema.ts";
import { type VariantParams, VariantParamsSchema } from "#lib/sweeps/variant.schema.ts";
import type { Figure, Workload } from "../workload.ts";

const ROWS = 5000;
const FOLDS = 5;
const HORIZON = 5;
const ROUNDS = 40;
const FIRST_DAY = 12_418;
const MS_PER_DAY = 86_400_000;

/** A seeded daily tape: a random walk on weekdays. */
function seededMatrix(): Matrix {
  const rng = createRng("bench-variants");
  const column = (): Float64Array => new Float64Array(ROWS);
  const [open, high, low, close, ts, barStart, sessionDate, dayOfWeek] = Array.from({ length: 8 }, column) as Float64Array[] & {
    length: 8;
  };
  let price = 100;
  for (let row = 0; row < ROWS; row++) {
    const day = FIRST_DAY + Math.floor(row / 5) * 7 + (row % 5);
    open![row] = price * Math.exp(0.002 * rng.normal());
    price = open![row]! * Math.exp(0.0002 + 0.01 * rng.normal());
    close![row] = price;
    high![row] = Math.max(open![row]!, price) * (1 + 0.004 * rng.uniform());
    low![row] = Math.min(open![row]!, price) * (1 - 0.004 * rng.uniform());
    barStart![row] = day * MS_PER_DAY + 14.5 * 3_600_000;
    ts![row] = day * MS_PER_DAY + 21 * 3_600_000;
    sessionDate![row] = dateOfDayNumber(day);
    dayOfWeek![row] = dayOfWeekOf(sessionDate![row]!);
  }
  const unknown = new Float64Array(ROWS).fill(Number.NaN);
  return {
    info: {
      schemaVersion: 3,
      matrixSha: "0".repeat(64),
      symbol: "BENCH",
      symbols: ["TEST"],
      stays: null,
      cadence: "daily",
      label: { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: HORIZON, band: { kind: "none" } },
      classes: [-1, 1],
      features: [],
      series: { provider: "simulated", fingerprint: "0".repeat(64), stamps: ["simulated"], simulation: null },
      trainHours: null,
      indicatorSetSha: "0".repeat(64),
      calendarVersion: 1,
    },
    rows: ROWS,
    ts: ts!,
    symbolIndex: new Float64Array(ROWS),
    barStart: barStart!,
    sessionDate: sessionDate!,
    hourEt: new Float64Array(ROWS).fill(9),
    dayOfWeek: dayOfWeek!,
    open: open!,
    high: high!,
    low: low!,
    close: close!,
    volume: new Float64Array(ROWS).fill(1e6),
    factor: new Float64Array(ROWS).fill(1),
    features: [],
    y: unknown,
    retFwd: unknown,
    t1: unknown,
    labelUnit: new Float64Array(ROWS).fill(1),
  };
}

/** Probabilities around a base rate of 0.55, in five test blocks over the last 70 % of the rows. */
function seededPredictions(): FoldPrediction[] {
  const rng = createRng("bench-predictions");
  const probabilities = (rows: number): Float64Array[] => {
    const up = new Float64Array(rows).map(() => 0.55 + 0.12 * (rng.uniform() - 0.5));
    return [up.map((p) => 1 - p), up];
  };
  const first = Math.floor(0.3 * ROWS);
  return Array.from({ length: FOLDS }, (_, fold) => {
    const testStart = first + Math.floor(((ROWS - first) * fold) / FOLDS);
    const testEnd = first + Math.floor(((ROWS - first) * (fold + 1)) / FOLDS);
    return {
      schemaVersion: 1 as const,
      fold,
      testStart,
      testEnd,
      classes: [-1, 1],
      baseRates: [0.45, 0.55],
      probabilities: probabilities(testEnd - testStart),
      slice: probabilities(testStart - HORIZON),
      trainRows: testStart - HORIZON,
      effectiveRows: testStart / HORIZON,
      trainFirstTs: 0,
      trainLastTs: 0,
      embargoBars: HORIZON,
      calibration: { method: "sigmoid", reason: null },
      notes: [],
    };
  });
}

/** The daily simple grid: edge 0, .10, .25 x top 15, 35, 100 % x hold N/2, N, 2N. */
function simpleGrid(): VariantParams[] {
  return [0, 0.1, 0.25].flatMap((threshold) =>
    [0.15, 0.35, 1].flatMap((top) =>
      [3, 5, 10].map((hold) =>
        VariantParamsSchema.parse({ threshold_mode: "edge", threshold, top_pct: top, hours: null, hold_bars: hold }),
      ),
    ),
  );
}

function preparedContext(): EvaluationContext {
  return prepareEvaluation({
    matrix: seededMatrix(),
    predictions: seededPredictions(),
    policy: PolicySchema.parse({ name: "bench", version: 1 }),
    strategy: null,
    sides: { long: true, short: true },
    allowedHours: null,
    sessionBound: false,
    volatilityTarget: null,
    longestHoldBars: 10,
  });
}

export const variants: Workload = {
  name: "variants",
  title: "Variant evaluations: 5,000 rows x 5 folds, 27 variants, metrics included",
  async run(): Promise<readonly Figure[]> {
    const grid = simpleGrid();
    const started = performance.now();
    const context = preparedContext();
    for (const params of grid) evaluateVariant(context, params);
    const firstMs = performance.now() - started;
    // CPU time, garbage collection included: other work on the machine does not count.
    const from = process.cpuUsage();
    let trades = 0;
    for (let round = 0; round < ROUNDS; round++) for (const params of grid) trades += evaluateVariant(context, params).trades.count;
    const { user, system } = process.cpuUsage(from);
    const seconds = (user + system) / 1e6;
    const count = ROUNDS * grid.length;
    return [
      { label: "evaluations per second of one core (CPU time)", value: count / seconds, unit: "1/s", aim: ">= 2,000" },
      { label: "first sweep of 27, cuts and warm-up included", value: firstMs, unit: "ms" },
      { label: "trades simulated per second of one core", value: trades / seconds, unit: "1/s" },
    ];
  },
};

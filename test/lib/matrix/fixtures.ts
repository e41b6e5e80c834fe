import type { Bars, Cadence, PriceSeries, SeriesFacts } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { createRng } from "#lib/core/rng.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import type { Label } from "#lib/matrix/label.schema.ts";
import { type MatrixConfig, type MatrixSpec, matrixSpecOf } from "#lib/matrix/matrix-spec.ts";

export const FACTS: SeriesFacts = { provider: "test", fingerprint: "f".repeat(64), stamps: [], simulation: null };

/** Where bars of a cadence start, from a date on. */
function barStarts(count: number, cadence: Cadence = "daily", firstDate = 20180102): number[] {
  const starts: number[] = [];
  for (let date = firstDate; starts.length < count; date = NYSE.nextSession(date)) starts.push(...barStartsOf(date, cadence));
  return starts.slice(0, count);
}

/** Bars with given prices; open, high and low follow from the closes unless given. */
export function barsOf(
  columns: { readonly close: readonly number[] } & Partial<Record<"open" | "high" | "low" | "volume" | "factor", readonly number[]>>,
  cadence: Cadence = "daily",
  firstDate = 20180102,
): Bars {
  const length = columns.close.length;
  const start = Float64Array.from(barStarts(length, cadence, firstDate));
  const close = Float64Array.from(columns.close);
  const open = columns.open ? Float64Array.from(columns.open) : close.map((price, i) => (i === 0 ? price : close[i - 1]! * 1.001));
  return {
    symbol: "TEST",
    cadence,
    length,
    start,
    end: start.map((time) => barEndOf(time, cadence)),
    open,
    high: columns.high ? Float64Array.from(columns.high) : close.map((price, i) => Math.max(price, open[i]!) * 1.002),
    low: columns.low ? Float64Array.from(columns.low) : close.map((price, i) => Math.min(price, open[i]!) * 0.998),
    close,
    volume: columns.volume ? Float64Array.from(columns.volume) : new Float64Array(length).fill(1000),
    factor: columns.factor ? Float64Array.from(columns.factor) : new Float64Array(length).fill(1),
  };
}

/** A random walk on NYSE sessions; `actions` adds two splits and a dividend as raw price breaks with their factors. */
export function randomSeries(options: {
  readonly bars: number;
  readonly seed?: number | string;
  readonly cadence?: Cadence;
  readonly actions?: boolean;
}): PriceSeries {
  const { bars: count, seed = 1, cadence = "daily", actions = false } = options;
  const rng = createRng(`matrix-fixture:${seed}`);
  const jumps = new Map(
    actions
      ? [
          [Math.floor(count * 0.4), 4],
          [Math.floor(count * 0.7), 1.02],
          [Math.floor(count * 0.85), 2],
        ]
      : [],
  );
  const close: number[] = [];
  const open: number[] = [];
  const high: number[] = [];
  const low: number[] = [];
  const volume: number[] = [];
  const factor: number[] = [];
  let price = 100;
  let split = 1;
  for (let i = 0; i < count; i++) {
    split *= jumps.get(i) ?? 1;
    const from = price * (1 + 0.003 * rng.normal());
    price = from * (1 + 0.01 * rng.normal());
    open.push(from / split);
    close.push(price / split);
    high.push((Math.max(from, price) * (1 + 0.004 * rng.uniform())) / split);
    low.push((Math.min(from, price) * (1 - 0.004 * rng.uniform())) / split);
    volume.push(Math.round(1000 * split * (1 + rng.uniform())));
    factor.push(split);
  }
  // Backward-adjusted, as vendors write it: the last factor is one.
  return { bars: barsOf({ open, high, low, close, volume, factor: factor.map((value) => value / split) }, cadence), facts: FACTS };
}

/** A model's matrix settings with small defaults. */
export function configOf(overrides: Partial<MatrixConfig> & { readonly label?: Label } = {}): MatrixConfig {
  return {
    cadence: "daily",
    horizon: "swing",
    window: { start: null, end: null },
    train: { allowed_hours: null },
    features: { time: { day_of_week: false }, custom: { include: [], exclude: [] } },
    momentum: { include: false, hourly_horizons: [1, 3] },
    volatility: { include: false, hourly_horizons: [3] },
    label: { kind: "forward_return", unit: "bars", task: "classify", entry: "decision_close", horizon: 2, band: { kind: "none" } },
    ...overrides,
  };
}

export function specOf(
  overrides: Partial<MatrixConfig> = {},
  entries: readonly IndicatorEntry[] = [
    { name: "sma", window: 3 },
    { name: "ret", window: 1 },
  ],
  facts: SeriesFacts = FACTS,
  symbol = "TEST",
): MatrixSpec {
  const config = configOf(overrides);
  return matrixSpecOf(config, entries, symbol, [{ role: "bars", symbol, cadence: config.cadence, facts }]);
}

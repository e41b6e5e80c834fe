import { createRng } from "#lib/core/rng.ts";
import type { RunMetricsInput, TradeColumns } from "#lib/metrics/run-metrics.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Trades of five days each, one after the other, half of them short, with the given net returns. */
export function tradesOf(netReturn: readonly number[], more: Partial<TradeColumns> = {}): TradeColumns {
  const count = netReturn.length;
  const filled = (of: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => of(i));
  return {
    count,
    entryMs: filled((i) => i * 5 * DAY),
    exitMs: filled((i) => (i + 1) * 5 * DAY),
    netReturn: Float64Array.from(netReturn),
    side: Int8Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 : -1)),
    entryHour: Uint8Array.from({ length: count }, (_, i) => (i % 4 === 3 ? 14 : 10)),
    tradedNotional: filled(() => 2),
    cost: filled(() => 0.001),
    ...more,
  };
}

/** A seeded run over some sessions: a noisy strategy on a drifting instrument, a trade every five sessions. */
export function seededRun(sessions: number, seed: string, edge = 0.0005): RunMetricsInput {
  const rng = createRng(seed);
  const instrumentReturns = Float64Array.from({ length: sessions }, () => 0.0003 + 0.01 * rng.normal());
  const dailyReturns = instrumentReturns.map((x) => 0.3 * x + edge + 0.005 * rng.normal());
  const trades = tradesOf(Array.from({ length: Math.floor(sessions / 5) }, () => 0.002 + 0.02 * rng.normal()));
  const foldStarts = Int32Array.from({ length: 5 }, (_, fold) => Math.floor((fold * sessions) / 5));
  return {
    dailyReturns,
    instrumentReturns,
    trades,
    foldStarts,
    sessionsPerYear: 252,
    directional: true,
    candidates: trades.count * 2,
    exposure: 0.4,
  };
}

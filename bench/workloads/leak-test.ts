import type { Cadence } from "#lib/core/bars.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { MarketSchema } from "#lib/market-data/simulate/market/market.schema.ts";
import { createMarketWorld } from "#lib/market-data/simulate/market/world.ts";
import { matrixOf, prepareMatrix } from "#lib/matrix/build-matrix.ts";
import { checkLeakage, requireNoLeakage } from "#lib/matrix/leakage.ts";
import { barsOnly, dataSources, type MatrixData } from "#lib/matrix/matrix-data.ts";
import { type MatrixConfig, matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import { cpuTime } from "../cpu-time.ts";
import type { Figure, Workload } from "../workload.ts";

/** About 25 columns of the usual kinds. */
export const USUAL_INDICATORS = [
  { name: "ret", window: 1 },
  { name: "ret", window: 5 },
  { name: "rsi", window: 14 },
  { name: "natr", window: 14 },
  { name: "dist_to_ema", window: 20, normalize: true },
  { name: "zscore", window: 20 },
  { name: "adx", window: 14 },
  { name: "lr_r2", window: 20 },
  { name: "vol_zscore", window: 20 },
  { name: "volatility", window: 20 },
  { name: "bollinger_bands", window: 20, num_std: 2 },
  { name: "macd", fast: 12, slow: 26, signal: 9 },
  { name: "stochastic", k: 14, d: 3, smooth: 3 },
  { name: "donchian", window: 20 },
] as const;

export const usualConfig = (cadence: "daily" | "hourly"): MatrixConfig => ({
  cadence,
  horizon: "swing",
  window: { start: null, end: null },
  train: { allowed_hours: null },
  features: { time: { day_of_week: true }, custom: { include: [], exclude: [] } },
  momentum: { include: false, hourly_horizons: [1, 3] },
  volatility: { include: false, hourly_horizons: [3] },
  label: { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: 5, band: { kind: "none" } },
});

const ROUNDS = 5;

/** The last bars of the simulated market, with its dividends. */
function lastBars(cadence: Cadence, count: number): MatrixData {
  const world = createMarketWorld(null, MarketSchema.parse({ first_date: "2004-01-02" }));
  const sessions = Math.ceil(cadence === "daily" ? count : count / 6.9);
  const dates = world.market().sessions;
  const first = String(dates[dates.length - sessions]!);
  const start = `${first.slice(0, 4)}-${first.slice(4, 6)}-${first.slice(6)}`;
  const bars = world.bars({ kind: "market" }, cadence, { start, end: null });
  return barsOnly({ bars, facts: { provider: "simulated", fingerprint: fingerprintOf(bars), stamps: ["simulated"], simulation: null } });
}

async function measured(cadence: "daily" | "hourly", count: number): Promise<readonly Figure[]> {
  const data = lastBars(cadence, count);
  const spec = matrixSpecOf(usualConfig(cadence), USUAL_INDICATORS, data.series.bars.symbol, dataSources(data));
  const build = () => prepareMatrix(spec, data);
  const test = (source: ReturnType<typeof build>) => checkLeakage(spec, source.data, source.table);
  for (let i = 0; i < 3; i++) requireNoLeakage(await test(build()));
  const built = await cpuTime(() => {
    for (let i = 0; i < 5 * ROUNDS; i++) matrixOf(spec, build());
  });
  const source = build();
  const tested = await cpuTime(async () => {
    for (let i = 0; i < ROUNDS; i++) requireNoLeakage(await test(source));
  });
  const what = `${data.series.bars.length.toLocaleString("en-US")} ${cadence} bars, ${source.table.info.length} columns`;
  const [buildMs, testMs] = [built.milliseconds / (5 * ROUNDS), tested.milliseconds / ROUNDS];
  return [
    { label: `build: ${what}`, value: buildMs, unit: "ms", note: "CPU time" },
    { label: `leak test: ${what}`, value: testMs, unit: "ms", note: "CPU time" },
    { label: `leak test / build: ${cadence}`, value: testMs / buildMs, unit: "x", aim: "< 5x" },
  ];
}

export const leakTest: Workload = {
  name: "leak-test",
  title: "The leak test's cost against the build's",
  run: async () => [...(await measured("daily", 5000)), ...(await measured("hourly", 20_000))],
};

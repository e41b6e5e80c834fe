import { loadFlow } from "#functions/shared/load-flow.ts";
import { loadMatrixData } from "#functions/shared/load-matrix-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import type { PriceSeries } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { formatDate } from "#lib/core/time.ts";
import { createMarketData } from "#lib/market-data/market-data-door.ts";
import { createSimulatedProvider } from "#lib/market-data/providers/simulated-provider.ts";
import { matrixOf, prepareMatrix } from "#lib/matrix/build-matrix.ts";
import { checkLeakage, requireNoLeakage } from "#lib/matrix/leakage.ts";
import { dataSources, type MatrixData } from "#lib/matrix/matrix-data.ts";
import { matrixNeeds, matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import { previewMatrix } from "#lib/matrix/preview.ts";
import { ModelConfigSchema } from "#lib/models/model-config.schema.ts";
import { cpuTime } from "../cpu-time.ts";
import type { Figure, Workload } from "../workload.ts";
import { USUAL_INDICATORS } from "./leak-test.ts";

const SESSIONS = 120;
const LAST = 20240628;
const OWNER = "bench";

const ENTRIES = [
  { name: "atm_iv", days: 0 },
  { name: "iv_skew_25d", days: 0 },
  { name: "implied_move", days: 0 },
  { name: "dist_to_gamma_peak" },
  { name: "gex_naive" },
  { name: "flow_imbalance_z", window: 5 },
  { name: "rsi", window: 14 },
  { name: "intraday_vwap" },
] as const;

const window = { start: formatDate(NYSE.addSessions(LAST, 1 - SESSIONS)), end: formatDate(NYSE.nextSession(LAST)) };
const config = ModelConfigSchema.parse({
  model_id: "bench",
  pack_id: "bench",
  ticker: "SIMMKT",
  asset_type: "opt",
  horizon: "0dte",
  cadence: "hourly",
  instrument: "options",
  data: { provider: "simulated", symbol: "SIMMKT" },
  window,
  features: { flow: { atm: true }, dealer: {}, oi: { include: true } },
  label: { kind: "next_bar_direction" },
});
const dailyConfig = ModelConfigSchema.parse({
  ...config,
  asset_type: "eq",
  horizon: "swing",
  cadence: "daily",
  instrument: "stocks",
  window: { start: null, end: window.end },
  features: {},
  label: { kind: "forward_return", horizon: 5 },
});

const freshMarket = () => createMarketData([createSimulatedProvider(createMemoryArtifactStore())]);

const CLOCK = { now: () => NYSE.closeOf(LAST) };
const freshPorts = () => ({
  marketData: freshMarket(),
  artifacts: createMemoryArtifactStore(),
  metadata: createMemoryMetadataStore({ clock: CLOCK }),
  clock: CLOCK,
});

/** Chains and bars of every session, and the minute bars of its own expiry: what the simulated provider draws. */
async function drawEverything(): Promise<{ readonly series: PriceSeries; readonly sessions: number[] }> {
  const market = freshMarket();
  const source = { owner: OWNER, provider: "simulated", symbol: "SIMMKT" };
  const series = await market.bars({ ...source, cadence: "hourly", window });
  await market.optionChains({ ...source, window, cadence: "hourly" });
  const sessions = Array.from({ length: SESSIONS }, (_, i) => NYSE.addSessions(LAST, i + 1 - SESSIONS));
  for (const session of sessions) await market.optionBars({ ...source, session, expiry: session });
  return { series, sessions };
}

export const zeroDte: Workload = {
  name: "zero-dte",
  title: `0DTE matrix of ${SESSIONS} simulated sessions: 31 new strikes a day, hourly bars, flow, dealers, open interest, volatility`,
  async run(): Promise<readonly Figure[]> {
    const drawn = await cpuTime(drawEverything);
    const market = freshMarket();
    const bars = { owner: OWNER, provider: "simulated", symbol: "SIMMKT" };
    const { series, sessions } = drawn.result;
    const flow = await cpuTime(() => loadFlow(market, bars, series, { sessions, window, signed: false }));
    const needs = matrixNeeds(config, ENTRIES, "SIMMKT");
    const data = await loadMatrixData(freshPorts(), OWNER, config, needs);
    const spec = matrixSpecOf(config, ENTRIES, "SIMMKT", dataSources(data));
    const built = await cpuTime(() => {
      const source = prepareMatrix(spec, data);
      return { source, matrix: matrixOf(spec, source) };
    });
    const { source, matrix } = built.result;
    const tested = await cpuTime(async () => requireNoLeakage(await checkLeakage(spec, source.data, source.table)));
    const { rows, info } = matrix;
    return [
      { label: "draw bars, chains and option minute bars", value: drawn.milliseconds, unit: "ms", note: "CPU time" },
      { label: "minute bars to flow, drawing included", value: flow.milliseconds, unit: "ms", note: "CPU time" },
      { label: `build ${rows} rows x ${info.features.length} features`, value: built.milliseconds, unit: "ms", note: "CPU time" },
      { label: "leak test", value: tested.milliseconds, unit: "ms", note: "CPU time" },
      { label: "leak test / build", value: tested.milliseconds / built.milliseconds, unit: "x" },
    ];
  },
};

/** Two sessions as the preview route makes them: only the data that they need are read. */
async function preview(asked: typeof config, entries: Parameters<typeof matrixNeeds>[1]): Promise<number> {
  const ports = freshPorts();
  const from = performance.now();
  const needs = matrixNeeds(asked, entries, "SIMMKT");
  const data: MatrixData = await loadMatrixData(ports, OWNER, asked, needs, 2);
  await previewMatrix(matrixSpecOf(asked, entries, "SIMMKT", dataSources(data)), data, 2);
  return performance.now() - from;
}

export const previews: Workload = {
  name: "preview",
  title: "Preview of two sessions, data drawn on the way",
  run: async (): Promise<readonly Figure[]> => [
    { label: "0DTE, hourly", value: await preview(config, ENTRIES), unit: "ms", aim: "< 2,000", note: "wall time, fresh provider" },
    {
      label: "daily, 15 years",
      value: await preview(dailyConfig, USUAL_INDICATORS),
      unit: "ms",
      aim: "< 2,000",
      note: "wall time, fresh provider",
    },
  ],
};

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type DataConfig, loadMatrixData } from "#functions/shared/load-matrix-data.ts";
import { readSampleData } from "#infra/local/sample-data.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import type { PriceSeries } from "#lib/core/bars.ts";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import type { DataNeeds } from "#lib/indicators/define-indicator.ts";
import { parseCsvBars } from "#lib/market-data/csv-bars.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { prepareMatrix } from "#lib/matrix/build-matrix.ts";
import { buildTable } from "#lib/matrix/build-table.ts";
import { checkLeakage } from "#lib/matrix/leakage.ts";
import { barsOnly, dataSources, type MatrixData } from "#lib/matrix/matrix-data.ts";
import { type MatrixConfig, matrixNeeds, matrixSpecOf } from "#lib/matrix/matrix-spec.ts";

/** What the leak test said of honest indicators on one data set; null where its file is not there. */
export type HonestResult = {
  readonly bars: number;
  readonly indicators: number;
  readonly columns: number;
  readonly valuesCompared: number;
  /** Columns that the test accused: false alarms. */
  readonly accused: readonly string[];
} | null;

const SHARED = process.env["SIGMA_SHARED"] ?? resolve(import.meta.dirname, "..", "..", "..", "shared");
const OWNER = "trust";

type Config = DataConfig & MatrixConfig;

const configOf = (cadence: "daily" | "hourly", data: DataConfig["data"], start: string | null = null): Config => ({
  data,
  cadence,
  horizon: "swing",
  window: { start, end: null },
  train: { allowed_hours: null },
  features: { time: { day_of_week: true }, custom: { include: [], exclude: [] } },
  momentum: { include: false, hourly_horizons: [1, 3] },
  volatility: { include: false, hourly_horizons: [3] },
  label: {
    kind: "forward_return",
    unit: "bars",
    task: "classify",
    entry: "next_open",
    horizon: 5,
    band: { kind: "trailing_sigma", k: 0.3, window: 40 },
  },
});

/** Every indicator of the registry, at its defaults, that these data are enough for. */
const indicatorsThat = (enough: (needs: DataNeeds) => boolean): readonly { readonly name: string }[] =>
  [...INDICATORS.values()].filter(({ needs, params }) => enough(needs?.(params.parse({})) ?? {})).map(({ name }) => ({ name }));

const ownBarsOnly = indicatorsThat((needs) => Object.keys(needs).length === 0);

async function test(config: Config, indicators: readonly { readonly name: string }[], data: MatrixData): Promise<HonestResult> {
  const spec = matrixSpecOf(config, indicators, data.series.bars.symbol, dataSources(data));
  const { data: known, table } = prepareMatrix(spec, data, buildTable);
  const { columns_checked, values_compared, leaks } = await checkLeakage(spec, known, table, buildTable);
  return {
    bars: data.series.bars.length,
    indicators: indicators.length,
    columns: columns_checked,
    valuesCompared: values_compared,
    accused: leaks.map(({ column }) => column),
  };
}

const artifacts = createMemoryArtifactStore();
/** After every bar of the simulated markets and of the sample. */
const clock = { now: () => Date.UTC(2026, 0, 2, 21) };
const ports = {
  artifacts,
  clock,
  metadata: createMemoryMetadataStore({ clock }),
  marketData: createLocalMarketData({ artifacts, sample: readSampleData }),
};

/** Data as a model's build loads them from a provider, with what the indicators read beside the bars. */
async function loaded(config: Config, indicators: readonly { readonly name: string }[]): Promise<HonestResult> {
  const needs = matrixNeeds(config, indicators, config.data.symbol);
  return test(config, indicators, await loadMatrixData(ports, OWNER, config, needs));
}

async function fromFile(name: string, cadence: "daily" | "hourly", symbol: string): Promise<HonestResult> {
  const path = join(SHARED, "data", name);
  if (!existsSync(path)) return null;
  const { bars } = parseCsvBars(readFileSync(path), { symbol, cadence, name });
  const series: PriceSeries = { bars, facts: { provider: "files", fingerprint: fingerprintOf(bars), stamps: [], simulation: null } };
  return test(configOf(cadence, { provider: "files", symbol, others: {} }), ownBarsOnly, barsOnly(series));
}

/** What the simulated market gives for the symbols that indicators name. */
const OTHERS: DataConfig["data"]["others"] = {
  VIX: { provider: "simulated", symbol: "SIMVIX" },
  VIX3M: { provider: "simulated", symbol: "SIMVIX3M" },
  SPY: { provider: "simulated", symbol: "SIM01" },
};

export interface DataSet {
  readonly title: string;
  readonly run: () => Promise<HonestResult>;
}

export const DATA_SETS: Readonly<Record<string, DataSet>> = {
  sample: {
    title: "S&P 500, the sample, daily",
    run: () => loaded(configOf("daily", { provider: "sample", symbol: "SPX", others: {} }), ownBarsOnly),
  },
  "apple-daily": {
    title: "AAPL daily with splits and dividends, if its file is there",
    run: () => fromFile("equity_daily_lean/AAPL_1d.csv", "daily", "AAPL"),
  },
  "spy-hourly": { title: "SPY hourly, if its file is there", run: () => fromFile("equity_hourly_lean/SPY_1h.csv", "hourly", "SPY") },
  "simulated-stock": {
    title: "A simulated stock that splits, hourly",
    run: () => loaded(configOf("hourly", { provider: "simulated", symbol: "SIM12", others: {} }), ownBarsOnly),
  },
  "simulated-market": {
    title: "The simulated market, daily, with volatility indexes and a benchmark",
    run: () =>
      loaded(
        configOf("daily", { provider: "simulated", symbol: "SIMMKT", others: OTHERS }),
        indicatorsThat(({ chains, flow, tape, universe }) => !chains && !flow && !tape && !universe),
      ),
  },
  "simulated-options": {
    title: "The simulated market's last weeks, hourly, with chains, flow, trades and quotes",
    run: () =>
      loaded(
        configOf("hourly", { provider: "simulated", symbol: "SIMMKT", others: OTHERS }, "2024-12-02"),
        indicatorsThat(({ universe }) => !universe),
      ),
  },
};

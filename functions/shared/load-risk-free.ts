import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { riskFreeReturns } from "#lib/backtest/risk-free.ts";
import type { PriceSeries } from "#lib/core/bars.ts";
import type { MarketData } from "#lib/ports/market-data.ts";
import { type DataConfig, sourceOf } from "./load-matrix-data.ts";

interface RiskFreePorts {
  readonly marketData: MarketData;
}

type RiskFreeConfig = Pick<DataConfig, "data" | "window">;

/** The digest of the model's risk-free series, on which results depend; null where it names none. */
export async function riskFreeFingerprint(ports: RiskFreePorts, owner: string, config: RiskFreeConfig): Promise<string | null> {
  return (await seriesOf(ports, owner, config))?.facts.fingerprint ?? null;
}

/**
 * What the model's risk-free series says of sessions; null where it names none.
 *
 * @param sessionDates - dates as 20240701 of all rows that may be traded, ascending
 * @throws DATA_UNAVAILABLE when the series does not cover the sessions
 */
export async function loadRiskFree(
  ports: RiskFreePorts,
  owner: string,
  config: RiskFreeConfig,
  sessionDates: Float64Array,
): Promise<EvaluationPlan["risk_free"]> {
  const asked = config.data.risk_free;
  const series = await seriesOf(ports, owner, config);
  if (asked === undefined || series === null) return null;
  const { bars, facts } = series;
  const sessions = Float64Array.from(new Set(sessionDates)).sort();
  const returns = riskFreeReturns({ ...bars, symbol: asked.symbol }, asked.kind, sessions);
  return { symbol: asked.symbol, kind: asked.kind, fingerprint: facts.fingerprint, sessions: [...sessions], returns: [...returns] };
}

/** The daily bars that the model names, up to the window's end. */
async function seriesOf({ marketData }: RiskFreePorts, owner: string, config: RiskFreeConfig): Promise<PriceSeries | null> {
  const asked = config.data.risk_free;
  if (asked === undefined) return null;
  return marketData.bars({ ...sourceOf(owner, config, asked.symbol), cadence: "daily", window: { start: null, end: config.window.end } });
}

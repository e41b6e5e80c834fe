import type { PriceSeries } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { formatDate, parseDate, sessionDateOf } from "#lib/core/time.ts";
import { barsOnly, type MatrixData } from "#lib/matrix/matrix-data.ts";
import { crossesSessions, type MatrixNeeds } from "#lib/matrix/matrix-spec.ts";
import { type ShownTerms, shownSessions } from "#lib/matrix/shown-sessions.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import type { DataRequest, DateWindow, MarketData } from "#lib/ports/market-data.ts";
import { loadFlow } from "./load-flow.ts";
import { loadTape } from "./load-tape.ts";

/** What a model says of its data. */
export type DataConfig = Pick<ModelConfig, "data" | "cadence" | "window" | "features" | "label" | "horizon">;

/**
 * Everything that a model's matrix reads: its bars, and what its indicators, switches and label ask for beside them.
 *
 * @param lastSessions - reads chains, flow and trades for so many sessions at the window's end only, as a preview shows them; bars
 *   are always read whole
 * @throws DATA_UNAVAILABLE naming who has what a provider lacks
 */
export async function loadMatrixData(
  { marketData }: { readonly marketData: MarketData },
  owner: string,
  config: DataConfig,
  needs: MatrixNeeds,
  lastSessions?: number,
): Promise<MatrixData> {
  const source = (symbol: string): DataRequest => sourceOf(owner, config, symbol);
  const whole: DateWindow = { start: null, end: config.window.end };
  const own = source(config.data.symbol);
  const series = await marketData.bars({ ...own, cadence: config.cadence, window: whole });
  if (needs.others.length === 0 && !needs.chains && !needs.flow && !needs.tape) return barsOnly(series);

  const first = lastSessions === undefined ? config.window.start : shownSessions(shownIn(config), series.bars, lastSessions)[0]!;
  const sessions = sessionsFrom(series, historyStart(first, needs.flowHistorySessions));
  const flowWindow = { start: sessions.length === 0 ? null : formatDate(sessions[0]!), end: config.window.end };
  return {
    series,
    others: await Promise.all(
      needs.others.map(async ({ symbol, cadence }) => {
        const { bars, facts } = await marketData.bars({ ...source(symbol), cadence, window: whole });
        // Indicators know it under the name that they ask for, whatever its provider calls it.
        return { bars: { ...bars, symbol }, facts };
      }),
    ),
    chains: needs.chains
      ? await marketData.optionChains({
          ...own,
          window: { start: historyStart(first, needs.historySessions), end: config.window.end },
          cadence: config.cadence,
        })
      : null,
    flow: needs.flow ? await loadFlow(marketData, own, series, { sessions, window: flowWindow, signed: needs.signedFlow }) : null,
    tape: needs.tape ? await loadTape(marketData, own, series, sessions) : null,
    universe: null,
  };
}

/** What decides which sessions a preview shows. */
const shownIn = ({ data, window, cadence, label, horizon }: DataConfig): ShownTerms => ({
  symbol: data.symbol,
  window,
  cadence,
  label,
  crossSession: crossesSessions(horizon),
});

/** Where a model's own symbol comes from. */
export const ownSource = (owner: string, config: Pick<DataConfig, "data">): DataRequest => sourceOf(owner, config, config.data.symbol);

/** Where a symbol's data come from: the model's own provider, unless it names another for that symbol. */
function sourceOf(owner: string, { data }: Pick<DataConfig, "data">, symbol: string): DataRequest {
  const named = data.others[symbol];
  return {
    owner,
    provider: named?.provider ?? data.provider,
    symbol: named?.symbol ?? symbol,
    ...(data.seed === undefined ? {} : { seed: data.seed }),
  };
}

/** The date so many sessions before a window's start; null = everything. */
function historyStart(start: string | null, sessions: number): string | null {
  if (start === null) return null;
  const index = NYSE.sessionIndex(NYSE.addSessions(parseDate(start), -1)) + 1 - sessions;
  return formatDate(NYSE.sessionAt(Math.max(0, index)));
}

/** The sessions that a series has on a date or later, in order. */
function sessionsFrom({ bars }: PriceSeries, start: string | null): number[] {
  const first = start === null ? 0 : parseDate(start);
  return [...new Set(Array.from(bars.start, sessionDateOf))].filter((date) => date >= first);
}

import type { PriceSeries } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { type DateNumber, formatDate, parseDate, sessionDateOf } from "#lib/core/time.ts";
import { barsOnly, type MatrixData } from "#lib/matrix/matrix-data.ts";
import { crossesSessions, type MatrixNeeds } from "#lib/matrix/matrix-spec.ts";
import { type ShownTerms, shownSessions } from "#lib/matrix/shown-sessions.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { DataRequest, DateWindow, MarketData } from "#lib/ports/market-data.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { loadFlow } from "./load-flow.ts";
import { loadTape } from "./load-tape.ts";

/** What data are read from, and where what is worked out of them for later reading is kept. */
export interface DataPorts {
  readonly marketData: MarketData;
  readonly artifacts: ArtifactStore;
  readonly metadata: MetadataStore;
  readonly clock: Clock;
}

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
  ports: DataPorts,
  owner: string,
  config: DataConfig,
  needs: MatrixNeeds,
  lastSessions?: number,
): Promise<MatrixData> {
  const { marketData, clock } = ports;
  const now = clock.now();
  const source = (symbol: string): DataRequest => sourceOf(owner, config, symbol);
  const whole: DateWindow = { start: null, end: config.window.end };
  const own = source(config.data.symbol);
  const series = await marketData.bars({ ...own, cadence: config.cadence, window: whole });
  if (needs.others.length === 0 && !needs.chains && !needs.flow && !needs.tape) return barsOnly(series);

  const first = lastSessions === undefined ? config.window.start : shownSessions(shownIn(config), series.bars, lastSessions)[0]!;
  const sessions = sessionsFrom(series, historyStart(first, needs.flowHistorySessions));
  const flowWindow = { start: sessions.length === 0 ? null : formatDate(sessions[0]!), end: config.window.end };
  const chainsFrom = historyStart(first, needs.historySessions);
  const chains = needs.chains
    ? await marketData.optionChains({ ...own, window: { start: chainsFrom, end: config.window.end }, cadence: config.cadence })
    : null;
  const inHand = chains && { series: chains, cadence: config.cadence, from: chainsFrom === null ? 0 : parseDate(chainsFrom) };
  const rows = rowSessions(series, first);
  return {
    series,
    others: await Promise.all(
      needs.others.map(async ({ symbol, cadence }) => {
        const { bars, facts } = await marketData.bars({ ...source(symbol), cadence, window: whole });
        // Indicators know it under the name that they ask for, whatever its provider calls it.
        return { bars: { ...bars, symbol }, facts };
      }),
    ),
    chains,
    ivHistory:
      inHand && needs.ivHistory.length > 0 && rows !== null
        ? await (await import("./load-iv-history.ts")).loadIvHistory(ports, own, { needs: needs.ivHistory, ...rows, now, inHand })
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
export function sourceOf(owner: string, { data }: Pick<DataConfig, "data">, symbol: string): DataRequest {
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

/** The sessions of the first and the last row; null when there is no bar. */
function rowSessions({ bars }: PriceSeries, start: string | null): { readonly first: DateNumber; readonly last: DateNumber } | null {
  if (bars.length === 0) return null;
  const last = sessionDateOf(bars.start[bars.length - 1]!);
  const begins = Math.max(sessionDateOf(bars.start[0]!), start === null ? 0 : NYSE.addSessions(NYSE.addSessions(parseDate(start), -1), 1));
  return { first: Math.min(begins, last), last };
}

/** The sessions that a series has on a date or later, in order. */
function sessionsFrom({ bars }: PriceSeries, start: string | null): number[] {
  const first = start === null ? 0 : parseDate(start);
  return [...new Set(Array.from(bars.start, sessionDateOf))].filter((date) => date >= first);
}

import type { PriceSeries } from "#lib/core/bars.ts";
import type { FlowCells } from "#lib/core/option-data.ts";
import type { DateNumber } from "#lib/core/time.ts";
import { fingerprintOfFlow } from "#lib/market-data/options/flow-table.ts";
import type { MatrixData } from "#lib/matrix/matrix-data.ts";
import { flowCellsFromBars, flowCellsFromTape, mergeFlowCells } from "#lib/options/flow/flow-cells.ts";
import { distinctStrikes } from "#lib/options/flow/strike-grid.ts";
import { signTrades } from "#lib/options/signing/sign-trades.ts";
import type { DataRequest, DateWindow, MarketData } from "#lib/ports/market-data.ts";

/** Which flow is wanted. */
export interface FlowWanted {
  readonly sessions: readonly DateNumber[];
  readonly window: DateWindow;
  /** Whether the flow must say who started the trades. */
  readonly signed: boolean;
}

/**
 * The same-day option flow of a series' sessions, by bar and strike: ready-made where the provider has it so, else summed from
 * trades (signed) or one-minute bars of the contracts that expire that day.
 *
 * @throws DATA_UNAVAILABLE naming who has option bars or trades
 */
export async function loadFlow(
  marketData: MarketData,
  source: DataRequest,
  { bars, facts }: PriceSeries,
  { sessions, window, signed }: FlowWanted,
): Promise<MatrixData["flow"]> {
  const ready = await marketData.flowCells?.({ ...source, window, cadence: bars.cadence });
  if (ready && (!signed || ready.cells.callSold.some((value) => !Number.isNaN(value))))
    // Which strikes traded in a session is known at its end only: it may not stand for what was listed in its morning.
    return { cells: ready.cells, facts: ready.facts, listed: null };

  const parts: FlowCells[] = [];
  const listed = new Map<DateNumber, Float64Array>();
  for (const session of sessions) {
    const request = { ...source, session, expiry: session };
    if (signed) {
      const tape = await marketData.optionTape(request);
      listed.set(session, distinctStrikes(tape.strike));
      parts.push(flowCellsFromTape(tape, signTrades(tape).sides, bars.cadence));
    } else {
      const traded = await marketData.optionBars(request);
      listed.set(session, distinctStrikes(traded.strike));
      parts.push(flowCellsFromBars(traded, bars.cadence));
    }
  }
  if (parts.length === 0) return null;
  const cells = mergeFlowCells(parts);
  return { cells, listed, facts: { ...facts, provider: source.provider, fingerprint: fingerprintOfFlow(cells) } };
}

import { formatDate } from "../core/time.ts";
import type { VariantEvaluation } from "./evaluate-variant.ts";
import { EXIT_KINDS } from "./exit-kinds.ts";
import { contractSymbol } from "./options/option-report.ts";
import type { Tape } from "./tape.ts";
import type { ListedBar, ListedTrade } from "./trade-list.schema.ts";

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * The trades of an evaluation in the order of their opening.
 *
 * @param symbols - names of the tape's symbols
 */
export function listedTrades(
  { trades, options }: Pick<VariantEvaluation, "trades" | "options">,
  tape: Pick<Tape, "ts" | "barStart" | "symbol">,
  symbols: readonly string[],
): ListedTrade[] {
  return Array.from({ length: trades.count }, (_, i): ListedTrade => {
    const decision = trades.decisionRow[i]!;
    const symbol = symbols[tape.symbol[decision]!]!;
    return {
      trade: i + 1,
      symbol,
      side: trades.side[i]! > 0 ? "long" : "short",
      fold: trades.fold[i]!,
      decided_at: iso(tape.ts[decision]!),
      entered_at: iso(trades.entryMs[i]!),
      left_at: iso(trades.exitMs[i]!),
      entry_bar: iso(tape.barStart[trades.entryRow[i]!]!),
      exit_bar: iso(tape.barStart[trades.exitRow[i]!]!),
      exit: EXIT_KINDS[trades.exitKind[i]!]!,
      ambiguous: trades.ambiguous[i] === 1,
      size: trades.size[i]!,
      entry_price: trades.entryPrice[i]!,
      exit_price: trades.exitPrice[i]!,
      entry_fill: trades.entryFill[i]!,
      exit_fill: trades.exitFill[i]!,
      stop: known(trades.stop[i]!),
      target: known(trades.target[i]!),
      net_return: trades.netReturn[i]!,
      pnl: trades.pnl[i]!,
      costs: trades.costs[i]!,
      contract: contractOf(options, i, symbol),
    };
  });
}

function contractOf(options: VariantEvaluation["options"], trade: number, symbol: string): string | null {
  if (options === null) return null;
  const { contracts, trades } = options;
  const contract = trades.contract[trade]!;
  return contractSymbol(symbol, contracts.expiry[contract]!, contracts.right[contract]!, contracts.strike[contract]!);
}

/**
 * The bars of one symbol of a tape, oldest first.
 *
 * @param symbol - index of the symbol
 * @param from - first session as `2026-11-20`, inclusive; absent = from the first bar
 * @param to - last session, inclusive; absent = to the last bar
 */
export function listedBars(tape: Tape, symbol: number, { from, to }: { readonly from?: string; readonly to?: string } = {}): ListedBar[] {
  const bars: ListedBar[] = [];
  for (let row = 0; row < tape.rows; row++) {
    if (tape.symbol[row] !== symbol) continue;
    const session = formatDate(tape.sessionDate[tape.session[row]!]!);
    if ((from !== undefined && session < from) || (to !== undefined && session > to)) continue;
    bars.push({
      time: iso(tape.barStart[row]!),
      session,
      open: known(tape.open[row]!),
      high: known(tape.high[row]!),
      low: known(tape.low[row]!),
      close: known(tape.close[row]!),
    });
  }
  return bars;
}

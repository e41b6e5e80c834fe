import type { Bars } from "../core/bars.ts";
import { type DateNumber, formatDate, newYorkWallToUtc } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";

/** What happens to a share on one date, before that day's trading. */
export interface CorporateAction {
  /** The first session in which the share trades without it. */
  readonly exDate: DateNumber;
  /** Shares held afterwards for each share held before; 1 = no split. */
  readonly split: number;
  /** US dollars that each share held before is paid; 0 = none, NaN = something whose worth in dollars is not known. */
  readonly cash: number;
}

export interface ActionFactors {
  /** Cumulative; 1 in the first row. Raw price x factor is continuous across each action. */
  readonly factor: Float64Array;
  /** `price_return_only` when the worth of a distribution in the range is not known, so that it is missing in the factor. */
  readonly stamps: readonly string[];
}

/**
 * The adjustment factor of each bar. A factor changes at the first bar on or after an ex-date, so it is known when that bar
 * begins: a later action never changes the factor of an earlier bar, and factor(t) / factor(s) holds only actions with
 * an ex-date up to bar t.
 *
 * A split of 7:1 multiplies by 7. A payment of D after a previous close of C multiplies by C / (C - D), the proportional
 * method: the price is compared with C - D, what was left of the previous close. Of a date's split and payment, the payment
 * is per share held before the split. The previous close is that of the last bar before; when several ex-dates lie between
 * two bars, each starts from what the one before left over. Actions up to the first bar change no ratio of two rows and are
 * left out.
 *
 * @param bars - ascending
 * @param actions - in any order
 * @throws DATA_INVALID when a ratio is not above 0, or a payment is below 0 or not below the previous close
 */
export function factorsFromActions(bars: Bars, actions: readonly CorporateAction[]): ActionFactors {
  const factor = new Float64Array(bars.length);
  const pending = actions
    .toSorted((a, b) => a.exDate - b.exDate)
    .map((action) => ({ ...action, fromMs: midnightOf(action.exDate) }))
    .filter(({ fromMs }) => bars.length > 0 && fromMs > bars.start[0]!);
  let unknown = false;
  let next = 0;
  let current = 1;
  for (let row = 0; row < bars.length; row++) {
    const due = next < pending.length && pending[next]!.fromMs <= bars.start[row]!;
    if (due) {
      let reference = bars.close[row - 1]!;
      while (next < pending.length && pending[next]!.fromMs <= bars.start[row]!) {
        // All that a date brings is paid on, and divides, the shares held before it.
        const { exDate } = pending[next]!;
        let split = 1;
        let cash = 0;
        for (; next < pending.length && pending[next]!.exDate === exDate; next++) {
          const action = checkedAction(pending[next]!, bars.symbol);
          split *= action.split;
          if (Number.isNaN(action.cash)) unknown = true;
          else cash += action.cash;
        }
        if (!(cash < reference)) throw invalid(bars.symbol, exDate, `pays "${cash}" per share after a price of "${reference}"`);
        current *= split * (reference / (reference - cash));
        reference = (reference - cash) / split;
      }
    }
    factor[row] = current;
  }
  return { factor, stamps: unknown ? ["price_return_only"] : [] };
}

function checkedAction(action: CorporateAction, symbol: string): CorporateAction {
  const { exDate, split, cash } = action;
  if (!(split > 0 && split < Number.POSITIVE_INFINITY)) throw invalid(symbol, exDate, `splits by "${split}"`);
  if (cash < 0 || cash === Number.POSITIVE_INFINITY) throw invalid(symbol, exDate, `pays "${cash}" per share`);
  return action;
}

function midnightOf(date: DateNumber): number {
  return newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, 0, 0);
}

function invalid(symbol: string, exDate: DateNumber, issue: string): SigmaError {
  return new SigmaError(
    "DATA_INVALID",
    `A corporate action of "${symbol}" with the ex-date ${formatDate(exDate)} ${issue}; prices cannot be adjusted for it. Check it with its source.`,
    { symbol, exDate: formatDate(exDate) },
  );
}

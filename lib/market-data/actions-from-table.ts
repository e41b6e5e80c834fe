import type { Bars } from "../core/bars.ts";
import { type DateNumber, formatDate, sessionDateOf } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { ActionField } from "./action-fields.ts";
import { type CorporateAction, factorsFromActions } from "./actions.ts";
import { createSourceFaults } from "./source/source-faults.ts";
import type { SourceTable, TextColumn } from "./source/source-table.ts";
import { dateOf } from "./source/time-stamp.ts";

/**
 * The corporate actions of one symbol from a user's file: `split` with a ratio (7 = seven shares for one), `dividend` with an
 * amount in dollars for each share held before.
 *
 * @param table - of one symbol, or of several when it has a column that says of which
 * @throws DATA_INVALID naming line, column and found value of each fault
 */
export function actionsFromTable(table: SourceTable<ActionField>, symbol: string): CorporateAction[] {
  const { numbers, texts, position, columnNames } = table;
  const faults = createSourceFaults(table.name, [table]);
  const seen = new Map<string, number>();
  const actions: CorporateAction[] = [];
  for (let row = 0; row < table.length; row++) {
    if (texts.symbol !== undefined && textAt(texts.symbol, row).toUpperCase() !== symbol) continue;
    const fault = (field: ActionField, issue: string): void => faults.add(table, position[row]!, columnNames[field], issue);
    const exDate = dateOf(table.times.ex_date!, row);
    const kind = textAt(texts.kind!, row).toLowerCase();
    const [ratio, amount] = [numbers.ratio?.[row] ?? Number.NaN, numbers.amount?.[row] ?? Number.NaN];
    const before = seen.get(`${exDate} ${kind}`);
    if (before !== undefined)
      fault("ex_date", `duplicated ${kind} of ${formatDate(exDate)}: it is also at ${faults.placeOf(table, before)}`);
    seen.set(`${exDate} ${kind}`, position[row]!);
    if (kind === "split") {
      if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY))
        fault("ratio", `expected shares held after for each held before, found "${ratio}"`);
      if (!Number.isNaN(amount)) fault("amount", `a split has no amount, found "${amount}"`);
      actions.push({ exDate, split: ratio, cash: 0 });
    } else if (kind === "dividend") {
      if (!(amount >= 0 && amount < Number.POSITIVE_INFINITY)) fault("amount", `expected dollars a share, 0 or more, found "${amount}"`);
      if (!Number.isNaN(ratio)) fault("ratio", `a dividend has no ratio, found "${ratio}"`);
      actions.push({ exDate, split: 1, cash: amount });
    } else fault("kind", `expected "split" or "dividend", found ${JSON.stringify(kind.slice(0, 40))}`);
  }
  faults.throwIfAny();
  return actions;
}

/**
 * The bars with factors from corporate actions.
 *
 * @param hasFactor - whether the bars have factors of their own
 * @returns the bars, what must be said of them and their stamps
 * @throws DATA_INVALID when the bars have factors of their own, or show no trace of a split
 */
export function withActions(
  bars: Bars,
  actions: readonly CorporateAction[],
  { name, hasFactor }: { readonly name: string; readonly hasFactor: boolean },
): { readonly bars: Bars; readonly note: string; readonly stamps: readonly string[] } {
  if (hasFactor) {
    throw new SigmaError(
      "DATA_INVALID",
      `${name}: the source has an adjustment factor, and an actions file says the same thing again. Leave the actions out, or the factor with columns.factor: null.`,
      { source: name },
      { fieldErrors: [{ path: "actions", issue: "the source has an adjustment factor already" }] },
    );
  }
  requireRawPrices(bars, actions, name);
  const { factor, stamps } = factorsFromActions(bars, actions);
  const [first, last] = [sessionDateOf(bars.start[0]!), sessionDateOf(bars.start[bars.length - 1]!)];
  const used = actions.filter(({ exDate }) => exDate > first && exDate <= last);
  const splits = used.filter(({ split }) => split !== 1).length;
  return { bars: { ...bars, factor }, note: `The factor holds ${splits} splits and ${used.length - splits} dividends.`, stamps };
}

const textAt = ({ codes, values }: TextColumn, row: number): string => values[codes[row]!]!;

/** From this ratio on a split stands out from any day's trading. */
const CLEAR_SPLIT = 1.5;

/** Prices that a vendor adjusted already do not move at a split: adjusting them again would invent a return. */
function requireRawPrices(bars: Bars, actions: readonly CorporateAction[], name: string): void {
  for (const { exDate, split } of actions) {
    if (split < CLEAR_SPLIT && split > 1 / CLEAR_SPLIT) continue;
    const row = firstRowOn(bars, exDate);
    if (row < 1 || row >= bars.length) continue;
    const [before, after] = [bars.close[row - 1]!, bars.open[row]!];
    const raw = Math.abs(Math.log(after / before));
    const adjusted = Math.abs(Math.log((after * split) / before));
    if (!(adjusted > raw)) continue;
    const found = `the close before is "${before}" and the open after is "${after}"`;
    throw new SigmaError(
      "DATA_INVALID",
      `${name}: the actions say a split of ${split} on ${formatDate(exDate)}, but ${found}: these prices are adjusted already. Bring raw prices, or leave the split out.`,
      { source: name, exDate: formatDate(exDate), split },
      { fieldErrors: [{ path: "actions", issue: `the prices around ${formatDate(exDate)} show no split of ${split}` }] },
    );
  }
}

/** The first row of the date or later. */
function firstRowOn(bars: Bars, date: DateNumber): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sessionDateOf(bars.start[middle]!) < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

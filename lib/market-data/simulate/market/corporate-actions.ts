import { type DateNumber, formatDate } from "../../../core/time.ts";
import { SigmaError } from "../../../errors/sigma-error.ts";
import type { CorporateAction } from "../../actions.ts";

export interface ActionRules {
  readonly dividendYield: number;
  /** Quarterly dividends go ex in months whose number leaves this remainder when divided by three. */
  readonly dividendMonth: number;
  /** Whether a price far outside what traders are used to is split back. */
  readonly splits: boolean;
  readonly stated: readonly CorporateAction[];
}

/** A share dearer than this is split four for one, ten for one above twice of it. */
const DEAR_USD = 150;
/** A share cheaper than this is merged ten into one. */
const CHEAP_USD = 8;
/** Dividends go ex on the first session on or after this day of the month. */
const DIVIDEND_DAY = 10;

/**
 * What goes ex at the open of a session. Splits are decided on the month's first session, dividends in the month's second week,
 * both from the close before: nothing later is used.
 *
 * @param rawClose - of the session before, US dollars
 */
export function actionsOn(rules: ActionRules, date: DateNumber, previous: DateNumber, rawClose: number): CorporateAction[] {
  const found = rules.stated
    .filter((action) => action.exDate > previous && action.exDate <= date)
    .map((action) => ({ ...action, exDate: date }));
  const month = Math.floor(date / 100) % 100;
  const newMonth = Math.floor(previous / 100) % 100 !== month;
  if (rules.splits && newMonth) {
    if (rawClose > DEAR_USD) found.push({ exDate: date, split: rawClose > 2 * DEAR_USD ? 10 : 4, cash: 0 });
    else if (rawClose < CHEAP_USD) found.push({ exDate: date, split: 0.1, cash: 0 });
  }
  const dayPassed = date % 100 >= DIVIDEND_DAY && (newMonth || previous % 100 < DIVIDEND_DAY);
  if (month % 3 === rules.dividendMonth && dayPassed) {
    const cash = Math.round(rawClose * rules.dividendYield * 25) / 100;
    if (cash >= 0.01) found.push({ exDate: date, split: 1, cash });
  }
  return found;
}

/**
 * Change of the log of raw price over total-return price at the open of an ex-date.
 *
 * @param actions - all of that date; what they pay and divide are the shares held before
 * @param rawClose - of the session before, US dollars
 * @throws INVALID_PARAM when a stated dividend is not below that close
 */
export function logScaleChange(actions: readonly CorporateAction[], rawClose: number): number {
  let cash = 0;
  let split = 1;
  for (const action of actions) {
    cash += action.cash;
    split *= action.split;
  }
  if (cash < rawClose) return Math.log(1 - cash / rawClose) - Math.log(split);
  const date = formatDate(actions[0]!.exDate);
  throw new SigmaError(
    "INVALID_PARAM",
    `actions: a dividend must be below the price; found "${cash}" on ${date} after a close of "${rawClose}". Lower it, or choose another seed or date.`,
    { field: "actions", exDate: date },
  );
}

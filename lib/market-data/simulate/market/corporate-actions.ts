import type { DateNumber } from "../../../core/time.ts";

/** A split or a dividend. Whoever holds at the close before the ex-date gets it. */
export type CorporateAction =
  | {
      readonly exDate: DateNumber;
      readonly kind: "split";
      /** New shares for one old share. */
      readonly ratio: number;
    }
  | {
      readonly exDate: DateNumber;
      readonly kind: "dividend";
      /** US dollars per share, of the shares that stood at the close before. */
      readonly amount: number;
    };

export interface ActionRules {
  readonly dividendYield: number;
  /** Quarterly dividends go ex in months whose number leaves this remainder when divided by three. */
  readonly dividendMonth: number;
  /** Whether a price far outside what traders are used to is split back. */
  readonly splits: boolean;
  readonly stated: readonly CorporateAction[];
}

/** A share dearer than this is split four for one, ten for one above twice of it. */
const DEAR_USD = 250;
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
    if (rawClose > DEAR_USD) found.push({ exDate: date, kind: "split", ratio: rawClose > 2 * DEAR_USD ? 10 : 4 });
    else if (rawClose < CHEAP_USD) found.push({ exDate: date, kind: "split", ratio: 0.1 });
  }
  const dayPassed = date % 100 >= DIVIDEND_DAY && (newMonth || previous % 100 < DIVIDEND_DAY);
  if (month % 3 === rules.dividendMonth && dayPassed) {
    const amount = Math.round(rawClose * rules.dividendYield * 25) / 100;
    if (amount >= 0.01) found.push({ exDate: date, kind: "dividend", amount });
  }
  return found;
}

/**
 * Change of the log of raw price over total-return price at the open of the ex-date.
 *
 * @param rawClose - of the session before, US dollars, as it stands when this action applies
 */
export function logScaleChange(action: CorporateAction, rawClose: number): number {
  // A dividend never takes more than half: a stated one may be larger than the price has become.
  return action.kind === "split" ? -Math.log(action.ratio) : Math.log(1 - Math.min(action.amount / rawClose, 0.5));
}

import { SigmaError } from "../errors/sigma-error.ts";

/** `ATM`, or how far out of or in the money a strike lies: `5%_OTM`, `10%_ITM`. */
export const STRIKE_FORM = /^(ATM|\d{1,2}%_(OTM|ITM))$/;
export const STRIKE_WORDS = 'must be "ATM" or such as "5%_OTM"';

/**
 * How far out of the money a strike selection aims, a fraction of the underlying's price; below 0 in the money.
 *
 * @throws INVALID_PARAM for any other text
 */
export function outOfMoneyShare(selection: string): number {
  if (!STRIKE_FORM.test(selection))
    throw new SigmaError("INVALID_PARAM", `A strike selection is "ATM" or such as "5%_OTM"; found "${selection}".`, { found: selection });
  if (selection === "ATM") return 0;
  const share = Number.parseInt(selection, 10) / 100;
  return selection.endsWith("ITM") ? -share : share;
}

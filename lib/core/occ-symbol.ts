import { SigmaError } from "../errors/sigma-error.ts";
import type { OptionRight } from "./option-data.ts";
import { type DateNumber, isCalendarDate } from "./time.ts";

/** A listed option, as its symbol says it. */
export interface OptionContract {
  /** Usually the underlying's symbol; weekly index options have their own (`SPXW` on `SPX`), adjusted ones a digit at the end. */
  readonly root: string;
  /** Last trading day as the symbol dates it. */
  readonly expiry: DateNumber;
  readonly right: OptionRight;
  /** Raw dollars. */
  readonly strike: number;
}

const OCC = /^(?:O:)?([A-Z0-9.]{1,6}?) {0,5}(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/;

/**
 * Reads an option's symbol: root, date, right, strike in thousandths of a dollar over eight digits. Vendors write
 * `O:SPY240701C00545000`, exchanges `SPY   240701C00545000`; years are those of this century.
 *
 * @returns undefined when the text is no such symbol, its date does not exist or its strike is 0
 * @see Options Clearing Corporation, Options Symbology Initiative (2010)
 */
export function parseOccSymbol(text: string): OptionContract | undefined {
  const match = OCC.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [2000 + Number(match[2]), Number(match[3]), Number(match[4])];
  const strike = Number(match[6]) / 1000;
  if (!isCalendarDate(year, month, day) || strike === 0) return undefined;
  return { root: match[1]!, expiry: year * 10_000 + month * 100 + day, right: match[5] === "C" ? 1 : -1, strike };
}

/**
 * The symbol as vendors write it: `O:SPY240701C00545000`.
 *
 * @throws INVALID_PARAM when root, date or strike cannot be written in one
 */
export function formatOccSymbol({ root, expiry, right, strike }: OptionContract): string {
  const thousandths = Math.round(strike * 1000);
  const date = String(expiry - 20_000_000).padStart(6, "0");
  const text = `O:${root}${date}${right === 1 ? "C" : "P"}${String(thousandths).padStart(8, "0")}`;
  if (parseOccSymbol(text)?.strike === strike) return text;
  throw new SigmaError(
    "INVALID_PARAM",
    `An option's symbol takes a root of 1 to 6 characters, a date of this century and a strike in thousandths below 100000; found "${root}", "${expiry}", "${strike}".`,
    { root, expiry, strike },
  );
}

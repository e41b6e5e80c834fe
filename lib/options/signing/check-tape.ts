import { type OptionTape, TRADE_KINDS } from "../../core/option-data.ts";
import { SigmaError } from "../../errors/sigma-error.ts";

/**
 * Whether a tape can be read forwards without seeing what comes later: times ascend, and every trade and quote names a contract.
 *
 * @throws DATA_INVALID naming the first entry that does not fit
 */
export function checkTape({ underlying, strike, trades, quotes }: OptionTape): void {
  checkEntries(underlying, "trade", trades.length, trades.ts, trades.contract, strike.length);
  checkEntries(underlying, "quote", quotes.length, quotes.ts, quotes.contract, strike.length);
  for (let i = 0; i < trades.length; i++) {
    if (trades.kind[i]! >= TRADE_KINDS.length) {
      throw invalid(underlying, `trade ${i}`, `a kind below ${TRADE_KINDS.length}`, trades.kind[i]!);
    }
  }
}

function checkEntries(underlying: string, name: string, length: number, ts: Float64Array, contract: Int32Array, contracts: number): void {
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) {
    if (!(ts[i]! >= before)) throw invalid(underlying, `${name} ${i}`, `a time not before "${before}"`, ts[i]!);
    if (!(contract[i]! >= 0 && contract[i]! < contracts)) {
      throw invalid(underlying, `${name} ${i}`, `a contract from 0 to ${contracts - 1}`, contract[i]!);
    }
    before = ts[i]!;
  }
}

const invalid = (underlying: string, place: string, expected: string, found: number): SigmaError =>
  new SigmaError(
    "DATA_INVALID",
    `Option tape of ${underlying}, ${place}: expected ${expected}, found "${found}". Sort and check the source.`,
    {
      underlying,
      place,
    },
  );

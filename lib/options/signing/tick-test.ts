import { PRICE_TOLERANCE } from "../quote-fault.ts";

/** Trades older than this say nothing about the next one, milliseconds. */
const MAX_AGE_MS = 60_000;

/** Remembers each contract's trades as far back as the tick test looks. */
export interface TickTest {
  /** 1 or -1 when the contract's last different price, at most 60 s old, was lower or higher; else 0. */
  sideOf(contract: number, price: number, ts: number): number;
  remember(contract: number, price: number, ts: number): void;
}

/** The tick test: a trade above the last different price was started by a buyer, below by a seller. Looks back only. */
export function createTickTest(contracts: number): TickTest {
  const lastPrice = new Float64Array(contracts).fill(Number.NaN);
  const lastTs = new Float64Array(contracts);
  // The last trade at another price than the last one's.
  const otherPrice = new Float64Array(contracts).fill(Number.NaN);
  const otherTs = new Float64Array(contracts);
  const differs = (a: number, b: number): boolean => Math.abs(a - b) > PRICE_TOLERANCE;
  return {
    sideOf(contract, price, ts) {
      const isNew = differs(price, lastPrice[contract]!);
      const before = isNew ? lastPrice[contract]! : otherPrice[contract]!;
      const age = ts - (isNew ? lastTs[contract]! : otherTs[contract]!);
      return Number.isNaN(before) || age > MAX_AGE_MS ? 0 : price > before ? 1 : -1;
    },
    remember(contract, price, ts) {
      if (differs(price, lastPrice[contract]!)) {
        otherPrice[contract] = lastPrice[contract]!;
        otherTs[contract] = lastTs[contract]!;
      }
      lastPrice[contract] = price;
      lastTs[contract] = ts;
    },
  };
}

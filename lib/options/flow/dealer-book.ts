import type { FlowCells } from "../../core/option-data.ts";
import { bsmValues, CHARM, DELTA, GAMMA, VALUE_COUNT, VANNA } from "../bsm-kernel.ts";
import { SHARES_PER_CONTRACT } from "./cell-builder.ts";

const HOURS_PER_YEAR = 365 * 24;

/** What is needed to value the book at one moment; units as in `OptionSpec`. One volatility for all strikes: the book is near the money. */
export interface BookMarket {
  readonly spot: number;
  readonly years: number;
  readonly rate: number;
  readonly volatility: number;
  readonly dividendYield: number;
}

/** Sensitivities of what dealers hold when they took the other side of every signed trade. */
export interface DealerInventory {
  /** Dollars of shares that dealers must sell when the spot rises by 1 %; negative: must buy. */
  readonly gammaUsd: number;
  /** Shares that their options are worth to them, before any hedge. */
  readonly deltaShares: number;
  /** Change of `deltaShares` in one hour that passes. */
  readonly charmSharesPerHour: number;
  /** Change of `deltaShares` for one volatility point (0.01) more. */
  readonly vannaSharesPerVolPoint: number;
}

/** One strike's signed contracts since the open. */
interface StrikeBook {
  callBought: number;
  callSold: number;
  putBought: number;
  putSold: number;
}

/** The signed flow of one session so far, added up cell by cell. Who opens and who closes is not known: it is a running sum, not an inventory anyone reported. */
export interface DealerBook {
  add(cells: FlowCells, cell: number): void;
  /** Share of the volume so far with a known side; NaN before the first trade. */
  classifiedShare(): number;
  inventory(market: BookMarket): DealerInventory;
  /**
   * Which way the spot must move for the dealers' premium to be kept: the sign of their profit at expiry with the spot up by
   * `move` less that with it down by as much; 0 when the difference is at most a tenth of all premium traded.
   *
   * @param move - a share of the spot, half the straddle's
   */
  profitDirection(spot: number, move: number): number;
  /** Calls bought less sold, minus puts bought less sold, over all of them, each contract weighed by the size of its delta; NaN without trades. */
  deltaImbalance(market: BookMarket): number;
}

export function createDealerBook(): DealerBook {
  const strikes = new Map<number, StrikeBook>();
  const values = new Float64Array(VALUE_COUNT);
  let signed = 0;
  let volume = 0;
  let boughtPremium = 0;
  let soldPremium = 0;

  const value = (strike: number, right: 1 | -1, { spot, years, rate, volatility, dividendYield }: BookMarket): void =>
    bsmValues(values, spot, strike, years, rate, volatility, dividendYield, right);

  /** Dollars that the dealers earn when the spot settles there. */
  const profitAt = (settlement: number): number => {
    let paid = 0;
    for (const [strike, { callBought, callSold, putBought, putSold }] of strikes) {
      paid += (callBought - callSold) * Math.max(settlement - strike, 0) + (putBought - putSold) * Math.max(strike - settlement, 0);
    }
    return boughtPremium - soldPremium - SHARES_PER_CONTRACT * paid;
  };

  return {
    add(cells, cell) {
      const strike = cells.strike[cell]!;
      const known = strikes.get(strike) ?? { callBought: 0, callSold: 0, putBought: 0, putSold: 0 };
      strikes.set(strike, known);
      known.callBought += cells.callBought[cell]!;
      known.callSold += cells.callSold[cell]!;
      known.putBought += cells.putBought[cell]!;
      known.putSold += cells.putSold[cell]!;
      boughtPremium += cells.callBoughtPremium[cell]! + cells.putBoughtPremium[cell]!;
      soldPremium += cells.callSoldPremium[cell]! + cells.putSoldPremium[cell]!;
      signed += cells.callBought[cell]! + cells.callSold[cell]! + cells.putBought[cell]! + cells.putSold[cell]!;
      volume += cells.callVolume[cell]! + cells.putVolume[cell]!;
    },
    classifiedShare: () => signed / volume,
    inventory(market) {
      let gamma = 0;
      let delta = 0;
      let charm = 0;
      let vanna = 0;
      const hold = (strike: number, right: 1 | -1, contracts: number) => {
        if (contracts === 0) return;
        value(strike, right, market);
        gamma += contracts * values[GAMMA]!;
        delta += contracts * values[DELTA]!;
        charm += contracts * values[CHARM]!;
        vanna += contracts * values[VANNA]!;
      };
      for (const [strike, { callBought, callSold, putBought, putSold }] of strikes) {
        hold(strike, 1, callSold - callBought);
        hold(strike, -1, putSold - putBought);
      }
      const { spot } = market;
      return {
        gammaUsd: gamma * SHARES_PER_CONTRACT * spot * spot * 0.01,
        deltaShares: delta * SHARES_PER_CONTRACT,
        charmSharesPerHour: (charm * SHARES_PER_CONTRACT) / HOURS_PER_YEAR,
        vannaSharesPerVolPoint: (vanna * SHARES_PER_CONTRACT) / 100,
      };
    },
    profitDirection(spot, move) {
      const difference = profitAt(spot * (1 + move)) - profitAt(spot * (1 - move));
      const gross = boughtPremium + soldPremium;
      if (Number.isNaN(difference) || Number.isNaN(gross)) return Number.NaN;
      return Math.abs(difference) > 0.1 * gross ? Math.sign(difference) : 0;
    },
    deltaImbalance(market) {
      let net = 0;
      let all = 0;
      for (const [strike, { callBought, callSold, putBought, putSold }] of strikes) {
        value(strike, 1, market);
        const call = Math.abs(values[DELTA]!);
        value(strike, -1, market);
        const put = Math.abs(values[DELTA]!);
        net += call * (callBought - callSold) - put * (putBought - putSold);
        all += call * (callBought + callSold) + put * (putBought + putSold);
      }
      return net / all;
    },
  };
}

import type { OptionRight } from "../../core/option-data.ts";
import { bsmPrice } from "../../options/bsm-kernel.ts";
import { lastMomentOf, yearsToExpiry } from "../../options/expiry-time.ts";
import { impliedVol } from "../../options/implied-vol.ts";
import type { ExecutionTerms } from "../execution.ts";
import { AT_CLOSE, AT_LEVEL, AT_OPEN, type Instrument, type Settlement } from "../instrument.ts";
import type { Tape } from "../tape.ts";
import { CHOICES, CHOSEN } from "./choose-contract.ts";
import { type ContractPrice, isQuote, priceAfter, priceBefore, QUOTED, REPRICED, reachedMs } from "./contract-prices.ts";
import { type ContractTape, choiceAt } from "./contract-tape.ts";
import { buyPrice, modelledHalfSpread, SHARES_PER_CONTRACT, sellPrice } from "./option-fill.ts";
import { createOptionTrades, type OptionTrades } from "./option-trades.ts";

/** What a contract must be at its decision, and what trading it costs. */
export interface OptionTerms {
  /** Fewest open contracts, and contracts traded in the session so far; 0 = any. */
  readonly minOpenInterest: number;
  readonly minVolume: number;
  /** Least implied volatility, a fraction a year; 0 = any. */
  readonly minVolatility: number;
  /** Widest spread, percent of the middle; null = any. */
  readonly maxSpreadPct: number | null;
  /** US dollars, on each side. */
  readonly feePerContract: number;
  /** Multiplies half spread and slippage. */
  readonly slippageFactor: number;
  /** Most contracts of a trade; null = as many as the premium at risk allows. */
  readonly maxContracts: number | null;
  /** US dollars behind a starting equity of 1: contracts are whole. */
  readonly capitalUsd: number;
  /** Place of the variant's rule in the tape. */
  readonly rule: number;
}

export interface LongOptions extends Instrument {
  readonly trades: OptionTrades;
  /**
   * Candidates that were not filled, by the first rule that refused them: `no_chain`, `no_expiry`, `no_strike`, `no_delta_in_band`,
   * `no_price`, `oi_below_min`, `volume_below_min`, `iv_below_min`, `spread_above_max`, `split_within_hold`, `expired_at_entry`,
   * `capital_below_one_contract`.
   */
  readonly unfilled: Readonly<Record<string, number>>;
}

/** Spread in percent of the middle; NaN without a quote. */
const spreadPctOf = (bid: number, ask: number): number => (isQuote(bid, ask) ? (200 * (ask - bid)) / (ask + bid) : Number.NaN);

/** Whether a limit is set that a value does not reach; an unknown one reaches none. */
const below = (value: number, limit: number): boolean => limit > 0 && !(value >= limit);

/** Everything that the account's options are read from. `rawScale` turns the tape's adjusted prices into raw ones, row by row. */
export interface OptionMarket {
  readonly tape: Tape;
  readonly contracts: ContractTape;
  readonly rawScale: Float64Array;
}

const MINUTE_MS = 60_000;
/** A factor that moves by more than this within a hold is a split: contracts change their terms, and are not followed. */
const SPLIT_MOVE = 0.1;

/** What was last known of a contract: from there a model carries the price on. */
interface Anchor {
  mid: number;
  spot: number;
  ms: number;
}

/**
 * Options that are bought and sold again or held to expiry: calls where the model buys, puts where it sells. The contract was
 * chosen at the decision; it is bought and sold at the quote of the moment at which the underlying's bars say so.
 */
export function createLongOptions(market: OptionMarket, terms: ExecutionTerms, options: OptionTerms): LongOptions {
  const { tape, contracts, rawScale } = market;
  const { ts, barStart } = tape;
  const { choices, strike, expiry, right } = contracts;
  const lastMoments = expiry.map(lastMomentOf);
  const trades = createOptionTrades();
  const unfilled: Record<string, number> = {};
  const settlement: Settlement = { fill: 0, cash: 0, pnl: 0, costs: 0, slippage: 0 };
  const price: ContractPrice = { mid: 0, halfSpread: 0, source: QUOTED };
  const anchors: Anchor[] = [];

  const refuse = (reason: string): false => {
    unfilled[reason] = (unfilled[reason] ?? 0) + 1;
    return false;
  };
  const rawOf = (adjusted: number, row: number): number => adjusted * rawScale[row]!;

  const valueAt = (contract: number, spot: number, ms: number, volatility: number): number =>
    bsmPrice(spot, strike[contract]!, yearsToExpiry(ms, expiry[contract]!), 0, volatility, 0, right[contract]!);

  /** The model's price: the volatility that the last known price implied, at the underlying's price of now. */
  const reprice = (contract: number, anchor: Anchor, spot: number, ms: number): void => {
    const { volatility } = impliedVol({
      price: anchor.mid,
      underlying: anchor.spot,
      strike: strike[contract]!,
      years: yearsToExpiry(anchor.ms, expiry[contract]!),
      rate: 0,
      dividendYield: 0,
      right: right[contract]! as OptionRight,
    });
    const modelled = valueAt(contract, spot, ms, volatility);
    // Without a volatility (a price at or below what exercise is worth) there is no time value to carry.
    price.mid = Number.isNaN(modelled) ? intrinsicOf(contract, spot) : modelled;
    price.halfSpread = modelledHalfSpread(price.mid);
    price.source = REPRICED;
  };

  const intrinsicOf = (contract: number, spot: number): number => Math.max(0, right[contract]! * (spot - strike[contract]!));

  /** Price of a contract somewhere in a bar, into `price`. @returns the moment that it stands for, UTC ms */
  const priceAt = (contract: number, anchor: Anchor, row: number, level: number, at: number, upwards: boolean): number => {
    const start = barStart[row]!;
    const end = ts[row]!;
    const spot = rawOf(level, row);
    if (at === AT_OPEN) {
      if (!priceAfter(contracts, contract, start, end, price)) reprice(contract, anchor, spot, start);
      return start;
    }
    if (at === AT_CLOSE) {
      if (!priceBefore(contracts, contract, end, start, price)) reprice(contract, anchor, spot, end);
      return end;
    }
    const reached = reachedMs(contracts.minutes, start, end, spot, upwards);
    const known = !Number.isNaN(reached) && priceBefore(contracts, contract, reached, reached - MINUTE_MS + 1, price);
    const ms = Number.isNaN(reached) ? 0.5 * (start + end) : reached;
    if (!known) reprice(contract, anchor, spot, ms);
    return ms;
  };

  const note = (anchor: Anchor, spot: number, ms: number): void => {
    anchor.mid = price.mid;
    anchor.spot = spot;
    anchor.ms = ms;
  };

  const chosenMid = (at: number): number =>
    isQuote(choices.bid[at]!, choices.ask[at]!) ? 0.5 * (choices.bid[at]! + choices.ask[at]!) : choices.last[at]!;

  const splits = (row: number): boolean => {
    const { trade } = terms;
    // A trade that ends with a session has no number of bars.
    const sessions = trade.kind === "bars" ? 0 : trade.kind === "overnight" ? 1 : trade.sessions;
    const lastSession = tape.session[row]! + sessions;
    for (let i = row + 1; i < tape.rows && (trade.kind === "bars" ? i <= row + terms.holdBars : tape.session[i]! <= lastSession); i++)
      if (Math.abs(rawScale[i]! / rawScale[row]! - 1) > SPLIT_MOVE) return true;
    return false;
  };

  return {
    trades,
    unfilled,
    choose(order) {
      const { row, side } = order;
      const at = row < contracts.firstRow || row >= contracts.rows ? -1 : choiceAt(contracts, row, options.rule, side);
      const choice = at < 0 ? 1 : choices.choice[at]!;
      if (choice !== CHOSEN) return refuse(CHOICES[choice]!);
      const bid = choices.bid[at]!;
      const ask = choices.ask[at]!;
      if (!(chosenMid(at) > 0)) return refuse("no_price");
      if (below(choices.openInterest[at]!, options.minOpenInterest)) return refuse("oi_below_min");
      if (below(choices.volume[at]!, options.minVolume)) return refuse("volume_below_min");
      if (below(choices.iv[at]!, options.minVolatility)) return refuse("iv_below_min");
      if (options.maxSpreadPct !== null && !(spreadPctOf(bid, ask) <= options.maxSpreadPct)) return refuse("spread_above_max");
      if (splits(row)) return refuse("split_within_hold");
      return true;
    },
    open(position, order, row, level, at) {
      const chosen = choiceAt(contracts, order.row, options.rule, order.side);
      const contract = choices.contract[chosen]!;
      const anchor = { mid: chosenMid(chosen), spot: rawOf(tape.close[order.row]!, order.row), ms: ts[order.row]! };
      const ms = priceAt(contract, anchor, row, level, at, order.side < 0);
      if (lastMoments[contract]! <= ms) {
        refuse("expired_at_entry");
        return Number.NaN;
      }
      const { mid, halfSpread, source } = price;
      const fill = buyPrice(mid, halfSpread, options.slippageFactor);
      const budget = order.notional * options.capitalUsd;
      const affordable = Math.floor(budget / (SHARES_PER_CONTRACT * fill + options.feePerContract) + 1e-9);
      const count = Math.min(affordable, options.maxContracts ?? Number.POSITIVE_INFINITY);
      if (!(count >= 1)) {
        refuse("capital_below_one_contract");
        return Number.NaN;
      }
      const quantity = (count * SHARES_PER_CONTRACT) / options.capitalUsd;
      position.quantity = quantity;
      position.fill = fill;
      position.notional = quantity * fill;
      position.entryFees = (count * options.feePerContract) / options.capitalUsd;
      position.slippage = quantity * (fill - mid);
      position.contract = contract;
      position.contracts = count;
      position.premium = mid;
      const trade = position.trade;
      trades.reach(trade);
      trades.contract[trade] = contract;
      trades.contracts[trade] = count;
      trades.fees[trade] = count * options.feePerContract;
      trades.entryMid[trade] = mid;
      trades.entryHalfSpread[trade] = halfSpread;
      trades.entrySource[trade] = source;
      trades.spreadPct[trade] = source === QUOTED ? (100 * 2 * halfSpread) / mid : Number.NaN;
      trades.openInterest[trade] = choices.openInterest[chosen]!;
      trades.volume[trade] = choices.volume[chosen]!;
      trades.iv[trade] = choices.iv[chosen]!;
      trades.delta[trade] = choices.delta[chosen]!;
      note(anchor, rawOf(level, row), ms);
      anchors[trade] = anchor;
      return position.notional + position.entryFees;
    },
    // All that was paid can be lost, whatever the stop.
    risk: ({ notional, entryFees }) => notional + entryFees,
    expired: ({ contract }, ms) => lastMoments[contract]! <= ms,
    mark(position, row) {
      const anchor = anchors[position.trade]!;
      const level = tape.close[row]!;
      const ms = priceAt(position.contract, anchor, row, level, AT_CLOSE, false);
      position.premium = price.mid;
      if (price.source === REPRICED) trades.repricedMarks[position.trade] = 1;
      else note(anchor, rawOf(level, row), ms);
    },
    worth: ({ quantity, premium }) => quantity * premium,
    close(position, row, level, at) {
      const { trade, contract, contracts: count, quantity } = position;
      const ended = lastMoments[contract]! <= (at === AT_OPEN ? barStart[row]! : ts[row]!) && at !== AT_LEVEL;
      if (ended) settle(contract, rawOf(level, row));
      else priceAt(contract, anchors[trade]!, row, level, at, level > (tape.open[row]! > 0 ? tape.open[row]! : position.mark));
      const { mid, halfSpread, source } = price;
      const fill = ended ? mid : sellPrice(mid, halfSpread, options.slippageFactor);
      // What nobody bids for is not sold, and an expiry is not a trade: neither has a fee.
      const feeUsd = ended || fill === 0 ? 0 : count * options.feePerContract;
      const exitFees = feeUsd / options.capitalUsd;
      trades.fees[trade] = trades.fees[trade]! + feeUsd;
      trades.exitMid[trade] = mid;
      trades.exitHalfSpread[trade] = halfSpread;
      trades.exitSource[trade] = source;
      settlement.fill = fill;
      settlement.slippage = position.slippage + quantity * (mid - fill);
      settlement.cash = quantity * fill - exitFees;
      settlement.pnl = quantity * (fill - position.fill) - position.entryFees - exitFees;
      settlement.costs = settlement.slippage + position.entryFees + exitFees;
      return settlement;
    },
  };

  /** What a contract is worth when it ends: exact, so as good as a quote. */
  function settle(contract: number, spot: number): void {
    price.mid = intrinsicOf(contract, spot);
    price.halfSpread = 0;
    price.source = QUOTED;
  }
}

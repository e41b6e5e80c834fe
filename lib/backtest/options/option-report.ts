import { formatDate } from "../../core/time.ts";
import type { Policy } from "../../policies/policy.schema.ts";
import { SLIPPAGE_FACTORS, type VariantParams } from "../../sweeps/variant.schema.ts";
import { EXIT_KINDS } from "../exit-kinds.ts";
import type { Tape } from "../tape.ts";
import type { TradeLog } from "../trade-log.ts";
import { variantRule } from "./contract-rule.ts";
import type { OptionInput, OptionResult } from "./option-evaluation.ts";
import type { OptionFills } from "./option-fills.schema.ts";

export function optionFills(options: OptionResult | null): OptionFills | null {
  if (options === null) return null;
  return {
    unfilled: { ...options.unfilled },
    repriced_trades: options.repriced,
    spread_modelled_trades: options.spreadModelled,
  };
}

/** What the account assumes of its options, in sentences. */
export function optionStatements({ rule, riskPerTrade }: OptionInput, policy: Policy, params: VariantParams): string[] {
  const { selection, fee_per_contract } = policy.execution.options;
  const { dteTarget, strike } = variantRule(rule, params);
  const factor = params.slippage === null ? 1 : SLIPPAGE_FACTORS[params.slippage];
  const times = factor === 1 ? "" : `${factor} x `;
  const where = strike === null ? `a delta of ${selection.target_delta}, within 0.05` : `the strike ${strike}`;
  const limits = [
    ...(selection.min_oi > 0 ? [`open interest of ${selection.min_oi} (the morning's)`] : []),
    ...(selection.min_volume > 0 ? [`volume of ${selection.min_volume} so far`] : []),
    ...(selection.min_vol > 0 ? [`implied volatility of ${selection.min_vol}`] : []),
  ];
  const share = Math.min(riskPerTrade, params.position_size ?? 1);
  return [
    "Calls are bought where the model buys, puts where it sells, and sold again: nothing is written, so nothing is assigned, and nothing is exercised before it expires.",
    `The contract is chosen at the decision, from the chain as it was known then: the listed expiry nearest to ${dteTarget} days from the entry${selection.weekly_ok ? "" : " among monthly ones"}, and ${where}. One that is refused is not replaced.`,
    ...(limits.length === 0 ? [] : [`A contract must have at least ${limits.join(", ")}.`]),
    ...(selection.max_spread_pct === null ? [] : [`Its spread may be ${selection.max_spread_pct} % of its middle at most.`]),
    `Bought at mid + ${times}(half the spread + $0.01) and sold at mid - ${times}(half the spread + $0.01), with $${fee_per_contract} a contract on each side.`,
    "At its expiry a contract is worth what it is in the money by at the underlying's close, without spread and fee.",
    "Without a quote within 15 minutes it trades at its last traded price with a modelled spread, the larger of $0.05 and 10 %; without a trade at the Black-Scholes price of its last known volatility, without carry (repriced).",
    `Whole contracts, bought for at most ${100 * share} % of equity with the fee; equity starts at $${policy.risk.max_exposure}.`,
    "The underlying's bars say when to enter and leave; stops and targets are levels of the underlying. No trade is held across a split.",
  ];
}

const COLUMNS = [
  "contract",
  "type",
  "strike",
  "expiry",
  "contracts",
  "decided_at",
  "entered_at",
  "left_at",
  "exit",
  "underlying_entry",
  "underlying_exit",
  "entry_mid",
  "entry_half_spread",
  "entry_fill",
  "entry_price_from",
  "exit_mid",
  "exit_half_spread",
  "exit_fill",
  "exit_price_from",
  "marks_repriced",
  "premium_usd",
  "fees_usd",
  "pnl_usd",
  "spread_pct",
  "open_interest",
  "volume",
  "iv",
  "delta",
] as const;
const SOURCES = ["quote", "trade", "model"] as const;

/**
 * The trades of an evaluation as CSV, a line each. Dollars a share unless the column says otherwise; unknown is empty. Prices of
 * the underlying are adjusted ones.
 */
export function optionTradesCsv(
  { contracts, trades: bought }: OptionResult,
  trades: TradeLog,
  { ts }: Pick<Tape, "ts">,
  { symbol, capitalUsd }: { readonly symbol: string; readonly capitalUsd: number },
): string {
  const lines = [COLUMNS.join(",")];
  for (let i = 0; i < trades.count; i++) {
    const contract = bought.contract[i]!;
    const [strike, expiry, right] = [contracts.strike[contract]!, contracts.expiry[contract]!, contracts.right[contract]!];
    const row: Record<(typeof COLUMNS)[number], string | number> = {
      contract: contractSymbol(symbol, expiry, right, strike),
      type: right > 0 ? "call" : "put",
      strike,
      expiry: formatDate(expiry),
      contracts: bought.contracts[i]!,
      decided_at: iso(ts[trades.decisionRow[i]!]!),
      entered_at: iso(trades.entryMs[i]!),
      left_at: iso(trades.exitMs[i]!),
      exit: EXIT_KINDS[trades.exitKind[i]!]!,
      underlying_entry: trades.entryPrice[i]!,
      underlying_exit: trades.exitPrice[i]!,
      entry_mid: bought.entryMid[i]!,
      entry_half_spread: bought.entryHalfSpread[i]!,
      entry_fill: trades.entryFill[i]!,
      entry_price_from: SOURCES[bought.entrySource[i]!]!,
      exit_mid: bought.exitMid[i]!,
      exit_half_spread: bought.exitHalfSpread[i]!,
      exit_fill: trades.exitFill[i]!,
      exit_price_from: trades.exitKind[i] === EXIT_KINDS.indexOf("expiry") ? "expiry" : SOURCES[bought.exitSource[i]!]!,
      marks_repriced: bought.repricedMarks[i]!,
      premium_usd: trades.notional[i]! * capitalUsd,
      fees_usd: bought.fees[i]!,
      pnl_usd: trades.pnl[i]! * capitalUsd,
      spread_pct: bought.spreadPct[i]!,
      open_interest: bought.openInterest[i]!,
      volume: bought.volume[i]!,
      iv: bought.iv[i]!,
      delta: bought.delta[i]!,
    };
    lines.push(COLUMNS.map((name) => cell(row[name])).join(","));
  }
  return `${lines.join("\n")}\n`;
}

/**
 * A contract's symbol as vendors write it: `O:SPY240701C00545000`, the strike in thousandths of a dollar.
 *
 * @see Options Clearing Corporation, Option Symbology Initiative (2010)
 */
export function contractSymbol(underlying: string, expiry: number, right: number, strike: number): string {
  return `O:${underlying}${String(expiry).slice(2)}${right > 0 ? "C" : "P"}${String(Math.round(strike * 1000)).padStart(8, "0")}`;
}

const iso = (ms: number): string => new Date(ms).toISOString();
/** Twelve digits: sums of dollars lose nothing that a reader could miss. */
const cell = (value: string | number): string =>
  typeof value === "string" ? value : Number.isNaN(value) ? "" : String(Number(value.toPrecision(12)));

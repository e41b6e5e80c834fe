import { SigmaError } from "../../errors/sigma-error.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import type { TradeColumns } from "../../metrics/run-metrics.ts";
import type { Policy } from "../../policies/policy.schema.ts";
import { SLIPPAGE_FACTORS, type VariantParams } from "../../sweeps/variant.schema.ts";
import type { ExecutionTerms } from "../execution.ts";
import type { Tape } from "../tape.ts";
import { REPRICED, TRADED } from "./contract-prices.ts";
import { type ContractRule, sameRule, variantRule } from "./contract-rule.ts";
import type { ContractTape } from "./contract-tape.ts";
import { createLongOptions, type LongOptions } from "./long-options.ts";
import type { OptionTrades } from "./option-trades.ts";

/** What trades of options need beside the rest of an evaluation. */
export interface OptionInput {
  /** Of the same rows as the matrix. */
  readonly contracts: ContractTape;
  /** What picks the contract where a variant says nothing. */
  readonly rule: ContractRule;
  /** Most premium of a trade, a fraction of capital. */
  readonly riskPerTrade: number;
  /** Multiplies spread, slippage and fee: what a test of robustness changes; absent = 1. */
  readonly costFactor?: number;
}

/** What a variant's option trades were. */
export interface OptionResult {
  readonly contracts: ContractTape;
  readonly trades: OptionTrades;
  /** Candidates that were not filled, by the first rule that refused them. */
  readonly unfilled: Readonly<Record<string, number>>;
  /** Trades with a price of a model: at the entry, at the exit, or at a close between them. */
  readonly repriced: number;
  /** Trades with an entry or exit at a traded price with a modelled spread around it. */
  readonly spreadModelled: number;
}

/**
 * The terms of the account when it buys options: premium at risk is its size, volatility targeting has nothing to scale, and
 * what shares pay in basis points options pay as a spread and a fee.
 */
export function optionTerms(
  terms: ExecutionTerms,
  { riskPerTrade }: Pick<OptionInput, "riskPerTrade">,
  params: VariantParams,
): ExecutionTerms {
  return {
    ...terms,
    capitalShare: Math.min(riskPerTrade, params.position_size ?? 1),
    volatilityTarget: null,
    slippageBps: 0,
    commissionBps: 0,
    borrowBpsPerYear: 0,
  };
}

/** @throws UNPROCESSABLE when the tape has no choices of the variant's rule */
export function variantOptions(
  { contracts, rule, costFactor = 1 }: OptionInput,
  {
    tape,
    matrix,
    policy,
    terms,
  }: { readonly tape: Tape; readonly matrix: Matrix; readonly policy: Policy; readonly terms: ExecutionTerms },
  params: VariantParams,
): LongOptions {
  const wanted = variantRule(rule, params);
  const place = contracts.rules.findIndex((known) => sameRule(known, wanted));
  if (place < 0)
    throw new SigmaError(
      "UNPROCESSABLE",
      `The contracts of this run were chosen for other rules than ${wanted.dteTarget} days to expiry and the strike "${wanted.strike ?? "by delta"}". Plan it again.`,
      { dte_target: wanted.dteTarget, strike_selection: wanted.strike ?? "delta" },
    );
  const { selection, fee_per_contract } = policy.execution.options;
  return createLongOptions({ tape, contracts, rawScale: rawScaleOf(matrix) }, terms, {
    minOpenInterest: selection.min_oi,
    minVolume: selection.min_volume,
    minVolatility: selection.min_vol,
    maxSpreadPct: selection.max_spread_pct,
    feePerContract: costFactor * fee_per_contract,
    slippageFactor: costFactor * (params.slippage === null ? 1 : SLIPPAGE_FACTORS[params.slippage]),
    maxContracts: params.contract_size,
    capitalUsd: policy.risk.max_exposure,
    rule: place,
  });
}

/** What turns adjusted prices of a matrix's tape into raw ones, row by row. */
export function rawScaleOf({ factor }: Pick<Matrix, "factor">): Float64Array {
  const base = factor.find((value) => value > 0) ?? 1;
  return factor.map((value) => base / value);
}

export function optionResult(contracts: ContractTape, { trades, unfilled }: LongOptions): OptionResult {
  let repriced = 0;
  let spreadModelled = 0;
  for (let i = 0; i < trades.count; i++) {
    const sources = [trades.entrySource[i]!, trades.exitSource[i]!];
    if (sources.includes(REPRICED) || trades.repricedMarks[i] === 1) repriced++;
    if (sources.includes(TRADED)) spreadModelled++;
  }
  return { contracts, trades, unfilled, repriced, spreadModelled };
}

/** The columns of the metrics that only options have. */
export function optionColumns({
  count,
  spreadPct,
  openInterest,
  volume,
}: OptionTrades): Pick<TradeColumns, "spreadPct" | "openInterest" | "optionVolume"> {
  return {
    spreadPct: spreadPct.slice(0, count),
    openInterest: openInterest.slice(0, count),
    optionVolume: volume.slice(0, count),
  };
}

/** Codes of what a reader of the result must know. */
export function optionNotes({ repriced, spreadModelled }: OptionResult, volatilityTarget: number | null): string[] {
  return [
    ...(repriced > 0 ? ["repriced"] : []),
    ...(spreadModelled > 0 ? ["spread_modelled"] : []),
    ...(volatilityTarget === null ? [] : ["volatility_target_does_not_apply_to_options"]),
  ];
}

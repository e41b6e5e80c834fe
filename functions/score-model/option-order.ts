import type { EvaluationContext } from "#lib/backtest/evaluate-variant.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import type { ExecutionTerms } from "#lib/backtest/execution.ts";
import { AT_CLOSE } from "#lib/backtest/instrument.ts";
import { modelRule, variantRule } from "#lib/backtest/options/contract-rule.ts";
import { type ContractTape, choiceAt } from "#lib/backtest/options/contract-tape.ts";
import { createContractTapeBuilder } from "#lib/backtest/options/contract-tape-builder.ts";
import { variantOptions } from "#lib/backtest/options/option-evaluation.ts";
import { contractSymbol } from "#lib/backtest/options/option-report.ts";
import { tradableSides } from "#lib/backtest/selection.ts";
import { emptyPosition } from "#lib/backtest/trade-kernel.ts";
import { dateOfDayNumber, dayNumberOf, formatDate } from "#lib/core/time.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { MarketData } from "#lib/ports/market-data.ts";
import type { Signal } from "#lib/signals/signal.schema.ts";
import type { VariantParams } from "#lib/sweeps/variant.schema.ts";
import { ownSource } from "../shared/load-matrix-data.ts";
import { isSessionBound } from "../shared/session-bound.ts";

/**
 * The contract tape of a matrix's last row alone, from the chain as it was known at that decision; null for stocks.
 *
 * @throws DATA_UNAVAILABLE naming who has option chains
 */
export async function liveContracts(
  { marketData }: { readonly marketData: MarketData },
  plan: EvaluationPlan,
  matrix: Matrix,
  params: VariantParams,
): Promise<ContractTape | null> {
  const { config, policy, direction, strategy, owner } = plan;
  if (config.instrument !== "options") return null;
  const row = matrix.rows - 1;
  const session = matrix.sessionDate[row]!;
  const { target_delta, weekly_ok } = policy.execution.options.selection;
  const { long, short } = tradableSides(direction, policy.execution.option_type);
  const builder = createContractTapeBuilder({
    matrix,
    rules: [variantRule(modelRule(policy, config), params)],
    targetDelta: target_delta,
    weeklyOk: weekly_ok,
    sides: { long: long && strategy?.side !== "short", short: short && strategy?.side !== "long" },
    firstRow: row,
    entry: matrix.info.label.entry,
    longestHoldBars: 0,
    sessionBound: isSessionBound(config),
    everyMinute: false,
  });
  const window = { start: formatDate(session), end: formatDate(dateOfDayNumber(dayNumberOf(session) + 1)) };
  const { snapshots } = await marketData.optionChains({ ...ownSource(owner, config), window, cadence: config.cadence });
  builder.session(
    session,
    snapshots.filter(({ sessionDate, knownAt }) => sessionDate === session && knownAt <= matrix.ts[row]!),
  );
  return builder.finish(null, []);
}

/** What a decision would buy, or the rule that refuses it. */
export type OptionOrder =
  | { readonly option: NonNullable<Signal["option"]>; readonly refusal: null }
  | { readonly option: null; readonly refusal: string };

/**
 * The order that the backtest's account would place at the last row: its contract, at the price that it would assume, as many
 * as it would buy.
 *
 * @param capitalShare - premium at risk, a fraction of the policy's exposure
 */
export function optionOrder(
  context: EvaluationContext,
  params: VariantParams,
  terms: ExecutionTerms,
  { side, capitalShare, ticker }: { readonly side: number; readonly capitalShare: number; readonly ticker: string },
): OptionOrder {
  const { input, tape } = context;
  const { matrix, policy, options } = input;
  const row = tape.rows - 1;
  const { contracts } = options!;
  const bought = variantOptions(options!, { tape, matrix, policy, terms }, params);
  const order = { side, notional: capitalShare, size: 1, fold: 0, row, equity: 1 };
  const position = emptyPosition();
  if (!bought.choose(order) || Number.isNaN(bought.open(position, order, row, tape.close[row]!, AT_CLOSE)))
    return { option: null, refusal: Object.keys(bought.unfilled)[0]! };
  const { choices, strike, expiry, right } = contracts;
  const at = choiceAt(contracts, row, 0, side);
  const { contract } = position;
  return {
    refusal: null,
    option: {
      contract: contractSymbol(ticker, expiry[contract]!, right[contract]!, strike[contract]!),
      underlying: ticker,
      option_type: right[contract]! > 0 ? "call" : "put",
      strike: strike[contract]!,
      expiration: formatDate(expiry[contract]!),
      contracts: position.contracts,
      limit_price: Math.ceil(100 * position.fill - 1e-9) / 100,
      bid: known(choices.bid[at]!),
      ask: known(choices.ask[at]!),
      delta: known(choices.delta[at]!),
      iv: known(choices.iv[at]!),
      open_interest: known(choices.openInterest[at]!),
      volume: known(choices.volume[at]!),
    },
  };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

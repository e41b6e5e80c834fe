import type { Cadence } from "../core/bars.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { type Label, type LabelEntry, labelHorizonBars } from "../matrix/label.schema.ts";
import type { Policy } from "../policies/policy.schema.ts";
import { SLIPPAGE_FACTORS, type VariantParams } from "../sweeps/variant.schema.ts";
import { type Barriers, barriersOf, type LabelTrade, tradeOf } from "./label-trade.ts";

/** Stop, target and time stop of one variant. A null leaves that exit out. */
export interface Brackets {
  readonly mode: "atr" | "percent";
  readonly atrPeriod: number;
  /** ATR mode: multiples of the decision bar's ATR. Percent mode: fraction of the entry, and multiple of the stop distance. */
  readonly stop: number | null;
  readonly target: number | null;
  readonly timeStopMinutes: number | null;
  readonly timeStopBars: number | null;
  readonly minRr: number;
  /** Multiplies both ATR distances by 0.8, 1 or 1.25 in regime 0, 1 or 2 of the column `vol_regime`. */
  readonly regimeAdjust: boolean;
}

/** Everything that the simulation kernel must know beside prices and orders. */
export interface ExecutionTerms {
  readonly entry: LabelEntry;
  readonly orderType: "market" | "limit" | "limit_buffer";
  readonly limitBufferBps: number;
  /** Exit at the close of the bar this many bars after the decision bar, where the trade is one of bars. */
  readonly holdBars: number;
  readonly trade: LabelTrade;
  /** Whether an order fills at the close of its session: a trade over the night begins there. */
  readonly fillsAtSessionClose: boolean;
  /** The label's own stop and target; null = it has none. */
  readonly barriers: Barriers | null;
  /** Whether a trade must end in the session of its decision (0dte and intraday horizons). */
  readonly sessionBound: boolean;
  readonly brackets: Brackets | null;
  readonly maxPositions: number;
  readonly cooldownMinutes: number;
  readonly maxTradesPerDay: number;
  /** Share of equity behind one full-size position. */
  readonly capitalShare: number;
  /** Annual volatility to scale down to, a fraction; null = no scaling. */
  readonly volatilityTarget: number | null;
  /** Per side. */
  readonly slippageBps: number;
  readonly commissionBps: number;
  /** Per year, on the notional at entry of short positions, by calendar days held. */
  readonly borrowBpsPerYear: number;
}

export interface ExecutionContext {
  readonly policy: Policy;
  readonly label: Label;
  readonly cadence: Cadence;
  /** True for horizons whose labels never cross the close (0dte, intraday). */
  readonly sessionBound: boolean;
  /** From the risk profile's sizing; null = no scaling. */
  readonly volatilityTarget: number | null;
  /** `label_end` keeps the policy's brackets out; `brackets` lets them shorten trades. */
  readonly exitKind: "label_end" | "brackets";
}

/** The bracket entry mode that a label's entry reference demands. */
const ENTRY_MODE = { next_open: "next_bar_open", decision_close: "decision_close" } as const satisfies Record<LabelEntry, string>;

/**
 * The terms of one variant: the policy's, with the variant's own values on top.
 *
 * @returns the terms and notes, such as `hold_differs_from_label` (a declared mismatch)
 * @throws LABEL_ENTRY_MISMATCH when the policy enters at another price than the label's reference
 */
export function executionTerms(
  context: ExecutionContext,
  params: VariantParams,
): { readonly terms: ExecutionTerms; readonly notes: readonly string[] } {
  const { policy, label } = context;
  const { execution, alerting } = policy;
  assertEntryMatches(policy, label.entry);
  const notes: string[] = [];
  const labelBars = labelHorizonBars(label, context.cadence);
  const holdBars = params.hold_bars ?? labelBars;
  if (holdBars !== labelBars) notes.push("hold_differs_from_label");
  const brackets = bracketsOf(context, params, notes);
  const maxPositions = params.max_positions ?? execution.max_positions;
  return {
    notes,
    terms: {
      entry: label.entry,
      orderType: orderTypeOf(context, params, notes),
      limitBufferBps: execution.limit_buffer_bps,
      holdBars,
      // A hold of one's own counts bars, whatever ends the label.
      trade: holdBars === labelBars ? tradeOf(label, context.cadence) : { kind: "bars" },
      fillsAtSessionClose: label.kind === "close_to_open",
      barriers: barriersOf(label),
      sessionBound: context.sessionBound,
      brackets,
      maxPositions,
      cooldownMinutes: alerting.cooldown_minutes,
      maxTradesPerDay: alerting.max_trades_per_day,
      capitalShare: capitalShareOf(params, maxPositions, notes),
      volatilityTarget: context.volatilityTarget,
      slippageBps: execution.slippage_bps * (params.slippage === null ? 1 : SLIPPAGE_FACTORS[params.slippage]),
      commissionBps: execution.commission_bps,
      borrowBpsPerYear: execution.borrow_bps_per_year,
    },
  };
}

/** @throws LABEL_ENTRY_MISMATCH when the policy's entry mode is not the label's entry reference */
function assertEntryMatches(policy: Policy, entry: LabelEntry): void {
  const found = policy.execution.brackets.entry_mode;
  if (found === ENTRY_MODE[entry]) return;
  throw new SigmaError(
    "LABEL_ENTRY_MISMATCH",
    `The label's returns start at "${entry}", so the policy's entry_mode must be "${ENTRY_MODE[entry]}"; found "${found}" in policy "${policy.name}". Change the policy's brackets.entry_mode or the label's entry.`,
    { labelEntry: entry, entryMode: found, expected: ENTRY_MODE[entry] },
  );
}

function orderTypeOf({ policy, label }: ExecutionContext, { entry_type }: VariantParams, notes: string[]): ExecutionTerms["orderType"] {
  if (entry_type === null) return policy.execution.order_type;
  if (label.entry === "decision_close") notes.push("entry_type_does_not_apply_at_decision_close");
  if (entry_type === "limit_buffer" && policy.execution.limit_buffer_bps === 0) notes.push("limit_buffer_bps_is_0");
  return entry_type;
}

/** Positions that are open at once never owe more than the equity there is. */
function capitalShareOf({ position_size }: VariantParams, maxPositions: number, notes: string[]): number {
  const equalPart = 1 / maxPositions;
  if (position_size === null) return equalPart;
  if (position_size > equalPart) notes.push("position_size_above_equal_part");
  return Math.min(position_size, equalPart);
}

function bracketsOf(context: ExecutionContext, params: VariantParams, notes: string[]): Brackets | null {
  const policy = context.policy.execution.brackets;
  const inherited = policy.enabled && context.exitKind === "brackets";
  const asked = params.stop_loss !== null || params.take_profit !== null || params.time_stop_bars !== null;
  if (!inherited && !asked) return null;
  const none = { mode: "percent" as const, stop: null, target: null, timeStopMinutes: null, timeStopBars: null, regimeAdjust: false };
  const base = inherited
    ? {
        mode: policy.mode,
        stop: policy.mode === "atr" ? policy.atr_mult_stop : policy.stop_loss,
        target: policy.mode === "atr" ? policy.atr_mult_target : policy.take_profit,
        timeStopMinutes: policy.time_stop_minutes,
        timeStopBars: policy.time_stop_bars,
        regimeAdjust: policy.regime_adjust,
      }
    : none;
  const own = params.stop_loss === null ? base : { ...base, mode: "percent" as const, stop: params.stop_loss, regimeAdjust: false };
  // A percent target counts in stop distances; one inherited from ATR multiples keeps its ratio to the stop.
  const inheritedRatio = base.mode === "atr" && base.stop !== null && base.target !== null ? base.target / base.stop : base.target;
  let target = own.mode === base.mode ? own.target : inheritedRatio;
  if (params.take_profit !== null) target = own.mode === "atr" && own.stop !== null ? params.take_profit * own.stop : params.take_profit;
  if (own.mode === "percent" && own.stop === null && target !== null) {
    notes.push("take_profit_without_stop_ignored");
    target = null;
  }
  return {
    ...own,
    target,
    timeStopBars: params.time_stop_bars ?? own.timeStopBars,
    atrPeriod: policy.atr_period,
    minRr: policy.min_rr,
  };
}

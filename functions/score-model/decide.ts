import { MAY_BUY, MAY_CLOSE, MAY_SELL } from "#lib/backtest/candidate-filter.ts";
import { type EvaluationContext, selectOrders, thresholdAt } from "#lib/backtest/evaluate-variant.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { type ExecutionTerms, executionTerms } from "#lib/backtest/execution.ts";
import type { FoldPrediction } from "#lib/backtest/fold-prediction.ts";
import { optionTerms } from "#lib/backtest/options/option-evaluation.ts";
import { confidenceSize, type SignalSheet, signalSheet } from "#lib/backtest/selection.ts";
import { regimeFactor } from "#lib/backtest/trade-kernel.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { type DateNumber, sessionDateOf } from "#lib/core/time.ts";
import { labelHorizonBars } from "#lib/matrix/label.schema.ts";
import type { ScoredDecision } from "#lib/signals/compose-signal.ts";
import { assessHealth } from "#lib/signals/data-health.ts";
import { decisionReasons } from "#lib/signals/explain-decision.ts";
import { holdEnd, latestExit, nextBarEnd, nextBarStart } from "#lib/signals/hold-end.ts";
import type { Signal, SignalReason } from "#lib/signals/signal.schema.ts";
import type { VariantParams } from "#lib/sweeps/variant.schema.ts";
import { type OptionOrder, optionOrder } from "./option-order.ts";

const MS_PER_MINUTE = 60_000;

export interface Decision {
  readonly plan: EvaluationPlan;
  /** Of one prediction, whose last row decides. */
  readonly context: EvaluationContext;
  readonly params: VariantParams;
  readonly now: number;
  readonly createdAt: number;
  readonly replay: boolean;
  /** Decision times of the model's earlier BUY and SELL signals, as far back as `lookBackStart`, UTC ms. */
  readonly acted: readonly number[];
}

/** A moment of decision: the bar that has just closed. */
interface Moment {
  readonly session: DateNumber;
  readonly end: number;
  readonly entrySession: DateNumber;
}

function momentOf({ input: { matrix }, label }: EvaluationContext): Moment {
  const row = matrix.rows - 1;
  const end = matrix.ts[row]!;
  const session = sessionDateOf(matrix.barStart[row]!);
  return { session, end, entrySession: label.entry === "next_open" ? sessionDateOf(nextBarStart(session, end)) : session };
}

/** From when earlier signals matter to a decision: the cooldown, and everything that enters in the same session. */
export function lookBackStart(plan: EvaluationPlan, context: EvaluationContext): number {
  const { end, entrySession } = momentOf(context);
  const sessionStart = context.label.entry === "next_open" ? NYSE.closeOf(NYSE.previousSession(entrySession)) : NYSE.openOf(entrySession);
  return Math.min(sessionStart, end - plan.policy.alerting.cooldown_minutes * MS_PER_MINUTE);
}

/** What the last row says, with the code that the backtest selects and sizes with, and every reason why. */
export function decide({ plan, context, params, now, createdAt, replay, acted }: Decision): ScoredDecision {
  const { matrix } = context.input;
  const { config } = plan;
  const row = matrix.rows - 1;
  const moment = momentOf(context);
  const close = matrix.close[row]!;
  const [prediction] = context.input.predictions as [FoldPrediction];
  const { orders } = selectOrders(context, params);
  const leaning = signalSheet([prediction], matrix, params.threshold_mode, { long: true, short: true }).side[row]!;
  const { role, sheet } = roleOf(context, params, row, leaning);
  const selected = role === "closes" ? leaning * orders.close![row]! : orders.side[row]!;
  const terms = termsOf(plan, context, params);
  const probabilities = probabilitiesAt(prediction, row - prediction.testStart);
  const cut = params.top_pct === null || params.top_pct === 1 ? Number.NaN : sheet.cuts(params.top_pct)[row]!;
  const thresholds: Signal["thresholds"] = {
    mode: params.threshold_mode,
    threshold: thresholdAt(context, params, row),
    top_pct: params.top_pct,
    top_cut: known(cut),
    side_value: known(sheet.confidence[row]!),
  };
  const health = assessHealth({
    cadence: config.cadence,
    barEnd: moment.end,
    now,
    close,
    features: matrix.features.map((column) => column[row]!),
  });
  const notional = notionalOf(plan, context, terms, row);
  const quantity = Math.floor(notional / close);
  const isOption = context.input.options !== undefined;
  const found =
    isOption && selected !== 0 && role === "opens"
      ? optionOrder(context, params, terms, {
          side: selected,
          capitalShare: notional / plan.policy.risk.max_exposure,
          ticker: config.ticker,
        })
      : null;
  // What the account's rules have against a new trade, they do not have against the end of one.
  const refusals = selected === 0 || role === "closes" ? [] : refusalsOf({ plan, context, terms, moment, acted, quantity, found });
  const side = health.length > 0 || refusals.length > 0 ? 0 : selected;
  const allowed = context.filter(params)[row]!;
  const needed = role === "closes" ? MAY_CLOSE : leaning > 0 ? MAY_BUY : MAY_SELL;
  const { stop, target } = bracketPrices(context, terms, row, side);
  const buffer = terms.orderType === "limit_buffer" ? terms.limitBufferBps / 10_000 : 0;
  const horizonEnd = holdEnd(
    sessionDateOf(prediction.trainLastTs - 1),
    prediction.trainLastTs,
    config.cadence,
    labelHorizonBars(context.label, config.cadence),
  );
  return {
    decisionTime: moment.end,
    createdAt,
    replay,
    inSample: horizonEnd > moment.end,
    ticker: config.ticker,
    riskProfile: plan.risk_profile.name,
    side,
    closes: role === "closes",
    leaning,
    // Of the side that the signal speaks of; without one, of the likelier.
    confidence: leaning === 0 ? Math.max(probabilities.up, probabilities.down) : leaning > 0 ? probabilities.up : probabilities.down,
    probabilities,
    thresholds,
    reasons: decisionReasons({
      asked: !Number.isNaN(matrix.labelUnit[row]!),
      leaning,
      role,
      entry: terms.entry,
      thresholds,
      probabilities,
      health,
      filterAllows: (allowed & needed) !== 0,
      refusals,
      end: endText(terms),
      holdBars: terms.holdBars,
    }),
    close,
    entry: terms.entry,
    orderType: terms.orderType === "market" ? "market" : "limit",
    limitPrice: terms.orderType === "market" ? null : close * (1 + side * buffer),
    quantity,
    contract: isOption ? { option: found?.option ?? null } : null,
    stopLoss: stop,
    takeProfit: target,
    exitBy: latestExit(moment.session, moment.end, config.cadence, {
      entry: terms.entry,
      trade: terms.trade,
      holdBars: terms.holdBars,
      timeStopBars: terms.brackets?.timeStopBars ?? null,
      timeStopMinutes: terms.brackets?.timeStopMinutes ?? null,
    }),
    validUntil: terms.fillsAtSessionClose ? NYSE.closeOf(moment.session) : nextBarEnd(moment.session, moment.end, config.cadence),
  };
}

/** What the model does with the side that it leans to, and the sheet with that side's values. */
function roleOf(
  context: EvaluationContext,
  { threshold_mode }: VariantParams,
  row: number,
  leaning: number,
): { readonly role: "opens" | "closes" | "none"; readonly sheet: SignalSheet } {
  const own = context.sheet(threshold_mode);
  if (leaning !== 0 && own.side[row] === leaning) return { role: "opens", sheet: own };
  const closing = context.closingSheet(threshold_mode);
  if (leaning !== 0 && closing?.side[row] === leaning) return { role: "closes", sheet: closing };
  return { role: "none", sheet: own };
}

function termsOf(plan: EvaluationPlan, context: EvaluationContext, params: VariantParams): ExecutionTerms {
  const { terms } = executionTerms(
    {
      policy: plan.policy,
      label: context.label,
      cadence: plan.config.cadence,
      sessionBound: context.input.sessionBound,
      volatilityTarget: context.input.volatilityTarget,
      exitKind: plan.strategy === null ? "brackets" : plan.strategy.exit.kind,
    },
    params,
  );
  const { options } = context.input;
  return options === undefined ? terms : optionTerms(terms, options, params);
}

function probabilitiesAt({ classes, probabilities, baseRates }: FoldPrediction, at: number): Signal["probabilities"] {
  const p = (label: number): number => probabilities[classes.indexOf(label)]![at]!;
  const base = (label: number): number => baseRates[classes.indexOf(label)]!;
  return { up: p(1), down: p(-1), flat: classes.includes(0) ? p(0) : null, base_up: base(1), base_down: base(-1) };
}

/** USD behind the position: the policy's exposure, shared among positions, scaled by confidence and volatility. */
function notionalOf({ policy }: EvaluationPlan, context: EvaluationContext, terms: ExecutionTerms, row: number): number {
  const { size_by_conf, conf_cap } = policy.execution;
  const size = size_by_conf ? confidenceSize(context.sheet("probability").probability[row]!, conf_cap) : 1;
  const scale = terms.volatilityTarget === null ? 1 : Math.min(1, terms.volatilityTarget / context.tape.volatility()[row]!);
  return policy.risk.max_exposure * terms.capitalShare * size * scale;
}

interface OrderFacts {
  readonly plan: EvaluationPlan;
  readonly context: EvaluationContext;
  readonly terms: ExecutionTerms;
  readonly moment: Moment;
  readonly acted: readonly number[];
  readonly quantity: number;
  /** Of an option model: what it would buy, or why nothing. */
  readonly found: OptionOrder | null;
}

/** What the backtest's account would have against the order, in its order: the first of these, if any. */
function refusalsOf({ plan, context, terms, moment, acted, quantity, found }: OrderFacts): readonly SignalReason[] {
  const refused = (code: string, text: string, value: number | null, limit: number | null): SignalReason[] => [
    { code, text, value, limit },
  ];
  const { brackets, cooldownMinutes, maxTradesPerDay } = terms;
  const { cadence } = plan.config;

  const last = acted.at(-1);
  const minutes = last === undefined ? Number.POSITIVE_INFINITY : (moment.end - last) / MS_PER_MINUTE;
  if (minutes < cooldownMinutes)
    return refused(
      "cooldown",
      `The last trade was decided ${minutes} minutes ago; the policy waits ${cooldownMinutes}.`,
      minutes,
      cooldownMinutes,
    );

  const close = NYSE.closeOf(moment.session);
  const crosses = terms.trade.kind === "bars" && holdEnd(moment.session, moment.end, cadence, terms.holdBars) > close;
  if (terms.sessionBound && (moment.end >= close || crosses))
    return refused("session_ends_first", `The hold of ${terms.holdBars} bars would not end in this session.`, null, null);

  const today = acted.filter((at) => entrySessionOf(at, context) === moment.entrySession).length;
  if (today >= maxTradesPerDay)
    return refused(
      "daily_cap_reached",
      `${today} trades enter in this session already; the policy allows ${maxTradesPerDay}.`,
      today,
      maxTradesPerDay,
    );

  if (brackets && brackets.stop !== null && brackets.target !== null) {
    const reward = brackets.mode === "percent" ? brackets.target : brackets.target / brackets.stop;
    if (reward < brackets.minRr)
      return refused(
        "min_rr_not_met",
        `The target is ${reward} stops away; the policy asks for ${brackets.minRr}.`,
        reward,
        brackets.minRr,
      );
  }
  const row = context.tape.rows - 1;
  if (brackets?.mode === "atr" && Number.isNaN(atrUnit(context, brackets, row)))
    return refused("risk_unknown", "The stop's distance is unknown here: too few bars for its ATR.", null, null);
  if (found !== null)
    return found.refusal === null
      ? []
      : refused(found.refusal, `No contract can be bought: ${found.refusal.replaceAll("_", " ")}.`, null, null);
  if (Number.isNaN(quantity)) return refused("size_unknown", "The size is unknown here: too few sessions for the volatility.", null, null);
  if (quantity < 1) return refused("size_below_one_share", "The position's size is less than one share.", quantity, 1);
  return [];
}

function entrySessionOf(decisionTime: number, { label }: EvaluationContext): DateNumber {
  const session = sessionDateOf(decisionTime - 1);
  return label.entry === "next_open" ? sessionDateOf(nextBarStart(session, decisionTime)) : session;
}

/** ATR times the regime's factor, adjusted prices: what ATR brackets count in. */
function atrUnit({ tape }: EvaluationContext, { atrPeriod, regimeAdjust }: NonNullable<ExecutionTerms["brackets"]>, row: number): number {
  return tape.atr(atrPeriod)[row]! * regimeFactor(regimeAdjust ? tape.column("vol_regime") : undefined, row);
}

/** When a trade ends that nothing shortens, in words. */
function endText({ trade, holdBars }: ExecutionTerms): string {
  if (trade.kind === "bars") return `after ${holdBars} bar${holdBars === 1 ? "" : "s"}`;
  if (trade.kind === "overnight") return "at the next session's open";
  const { sessions } = trade;
  return sessions === 0 ? "at the session's close" : `at the close ${sessions} session${sessions === 1 ? "" : "s"} later`;
}

/** Stop and target in raw prices, measured from the close of the decision bar: the policy's or the label's own, whichever is nearer. */
function bracketPrices(context: EvaluationContext, terms: ExecutionTerms, row: number, side: number) {
  const own = policyPrices(context, terms, row, side);
  const { barriers } = terms;
  if (barriers === null || side === 0) return own;
  const { close, labelUnit } = context.input.matrix;
  const [against, favour] = side > 0 ? [barriers.down, barriers.up] : [barriers.up, barriers.down];
  const at = (distance: number): number => close[row]! * (1 + distance * labelUnit[row]!);
  const [stop, target] = [at(-side * against), at(side * favour)];
  return {
    stop: own.stop !== null && side * (own.stop - stop) > 0 ? own.stop : stop,
    target: own.target !== null && side * (target - own.target) > 0 ? own.target : target,
  };
}

function policyPrices(context: EvaluationContext, { brackets }: ExecutionTerms, row: number, side: number) {
  if (brackets === null || side === 0) return { stop: null, target: null };
  const close = context.input.matrix.close[row]!;
  const inAtr = brackets.mode === "atr";
  const unit = inAtr ? atrUnit(context, brackets, row) * (close / context.tape.close[row]!) : close;
  const stop = brackets.stop === null ? null : brackets.stop * unit;
  // A percent target counts in stop distances.
  const targetUnit = inAtr ? unit : stop;
  const target = brackets.target === null || targetUnit === null ? null : brackets.target * targetUnit;
  return { stop: stop === null ? null : close - side * stop, target: target === null ? null : close + side * target };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

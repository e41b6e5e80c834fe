import type { Signal, SignalReason } from "./signal.schema.ts";

/** What stood between a prediction and a trade, in the order in which it is asked. */
export interface DecisionFacts {
  /** Whether the label puts its question at this bar: a model knows no answer elsewhere. */
  readonly asked: boolean;
  /** The side that the model leans to, whether or not it may trade: 1, -1, or 0 on a tie. */
  readonly leaning: number;
  /** What the model does with that side: trades it, closes the other side on it, or neither. */
  readonly role: "opens" | "closes" | "none";
  /** Where an entry would fill, and so a close: the next bar's open or the close of the bar itself. */
  readonly entry: "next_open" | "decision_close";
  readonly thresholds: Signal["thresholds"];
  readonly probabilities: Signal["probabilities"];
  /** Codes and sentences of unhealthy data; any of them holds the signal back. */
  readonly health: readonly SignalReason[];
  /** Whether hours, and for an entry momentum gate and strategy too, allow it. */
  readonly filterAllows: boolean;
  /** What the account's rules have against the order: cooldown, the day's cap, reward to risk, size. */
  readonly refusals: readonly SignalReason[];
  /** What the trade lasts, in words that follow "The trade ends". */
  readonly end: string;
  readonly holdBars: number;
}

/** Reasons of a decision: what held it back first, or all that let it through. The prediction comes last. */
export function decisionReasons(facts: DecisionFacts): SignalReason[] {
  const { thresholds, health, holdBars, end, role } = facts;
  const held = health.length > 0 ? health : heldBack(facts);
  if (held.length > 0) return [...held, prediction(facts)];
  const { mode, threshold, top_pct, top_cut, side_value: value } = thresholds;
  const met: SignalReason = {
    code: "threshold_met",
    text: `The ${mode} of ${shown(value)} meets the threshold of ${threshold ?? "none"}.`,
    value,
    limit: threshold,
  };
  const top: SignalReason = {
    code: "in_top_share",
    text: `It is among the top ${percent(top_pct ?? 1)} % of confidences (from ${shown(top_cut)}).`,
    value,
    limit: top_cut,
  };
  const hold: SignalReason = {
    code: "hold",
    text: `The trade ends ${end} at the latest.`,
    value: holdBars,
    limit: null,
  };
  const passed = [met, ...(top_cut === null ? [] : [top])];
  return role === "closes" ? [closing(facts), ...passed, prediction(facts)] : [...passed, hold, prediction(facts)];
}

/** What a SELL of a model that only buys means, or a BUY of one that only sells. */
function closing({ leaning, entry }: DecisionFacts): SignalReason {
  const [word, does, opener] = leaning > 0 ? ["BUY", "sells", "SELL"] : ["SELL", "buys", "BUY"];
  const at = entry === "next_open" ? "the next open" : "the close";
  const text = `${word} means close here: the model only ${does}. End at ${at} what an earlier ${opener} of it still holds, and open nothing; without an open position there is nothing to do.`;
  return { code: "closes_position", text, value: null, limit: null };
}

function heldBack(facts: DecisionFacts): readonly SignalReason[] {
  const { leaning, role, thresholds, refusals } = facts;
  const value = thresholds.side_value;
  if (!facts.asked)
    return [
      { code: "not_asked", text: "The model's label puts no question at this bar, so nothing is decided at it.", value: null, limit: null },
    ];
  if (leaning === 0)
    return [{ code: "no_side", text: "No side is more likely than the other, held against their base rates.", value, limit: null }];
  const missed = role === "none" ? null : missedLevel(facts);
  if (role === "opens") return missed === null ? refusals : [missed];
  if (role === "closes" && missed === null) return [];
  const rest =
    role === "none"
      ? "Its other side is not what it expects."
      : "It would close what is open of its other side, were the signal strong enough here.";
  const text = `The model leans to ${nameOf(leaning)}, which is not a side that it trades. ${rest}`;
  return [{ code: "side_not_allowed", text, value, limit: null }, ...(missed === null ? [] : [missed])];
}

/** The first of threshold, top share and filter that does not hold. */
function missedLevel({ role, thresholds, filterAllows }: DecisionFacts): SignalReason | null {
  const { mode, threshold, top_pct, top_cut, side_value: value } = thresholds;
  if (threshold !== null && !(value !== null && value >= threshold)) {
    const text = `The ${mode} of ${shown(value)} is below the threshold of ${threshold}.`;
    return { code: "below_threshold", text, value, limit: threshold };
  }
  if (top_pct !== null && top_pct < 1 && !(top_cut !== null && value !== null && value >= top_cut)) {
    const text =
      top_cut === null
        ? `Too few confidences are known to say what the top ${percent(top_pct)} % is.`
        : `The ${mode} of ${shown(value)} is below ${shown(top_cut)}, where the top ${percent(top_pct)} % begins.`;
    return { code: "below_top_share", text, value, limit: top_cut };
  }
  if (filterAllows) return null;
  const text =
    role === "closes"
      ? "The hour of the next bar is not one in which the model acts."
      : "Hours, momentum gate or the strategy's entry rule forbid a trade here.";
  return { code: "filtered", text, value: null, limit: null };
}

function prediction({ leaning, probabilities }: DecisionFacts): SignalReason {
  const up = leaning >= 0;
  const p = up ? probabilities.up : probabilities.down;
  const base = up ? probabilities.base_up : probabilities.base_down;
  const text = `P(${nameOf(up ? 1 : -1)}) is ${p.toFixed(4)} against a training base rate of ${base.toFixed(4)}.`;
  return { code: "prediction", text, value: p, limit: base };
}

const nameOf = (side: number): string => (side > 0 ? "UP" : "DOWN");
const shown = (value: number | null): string => (value === null ? "n/a" : value.toFixed(4));
/** 0.15 is shown as 15, not as 15.000000000000002. */
const percent = (share: number): number => Math.round(share * 1e4) / 100;

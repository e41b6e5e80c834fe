import type { Gate } from "../leaderboard/gate.schema.ts";
import type { TrainedModel } from "../publishing/trained-model.schema.ts";
import type { Signal, SignalReason } from "./signal.schema.ts";
import { signalIdOf } from "./signal-store.ts";

/** What scoring one decision time found, before it is put into words. */
export interface ScoredDecision {
  readonly decisionTime: number;
  readonly createdAt: number;
  readonly replay: boolean;
  /** Whether the model was fitted on labels that end after this decision: then it remembers more than it predicts. */
  readonly inSample: boolean;
  readonly ticker: string;
  readonly riskProfile: string;
  /** 1 buys, -1 sells, 0 holds. */
  readonly side: number;
  /** Whether the side is one that the model does not trade, so that the signal ends what is open. */
  readonly closes: boolean;
  /** The side that the model leans to, whether or not it may trade: 1, -1, or 0 on a tie. */
  readonly leaning: number;
  readonly confidence: number;
  readonly probabilities: Signal["probabilities"];
  readonly thresholds: Signal["thresholds"];
  readonly reasons: readonly SignalReason[];
  /** Raw close of the decision bar. */
  readonly close: number;
  readonly entry: "next_open" | "decision_close";
  readonly orderType: "market" | "limit";
  readonly limitPrice: number | null;
  /** Whole shares; at least 1 where a side is taken. */
  readonly quantity: number;
  /** What an option model's decision is about: null for stocks; its option null where nothing is opened. */
  readonly contract: { readonly option: Signal["option"] } | null;
  readonly stopLoss: number | null;
  readonly takeProfit: number | null;
  readonly exitBy: number | null;
  readonly validUntil: number | null;
}

/** What moved the model, or why that cannot be said. */
export type Explained = Pick<Signal, "explanation" | "unexplained">;

const WORDS = { 1: "BUY", [-1]: "SELL", 0: "HOLD" } as const;

const IN_SAMPLE: SignalReason = {
  code: "in_sample",
  text: "The model was fitted on labels that end after this time: this replay shows memory, not skill.",
  value: null,
  limit: null,
};

/** The signal document of a decision: everything needed to act on it, and why. */
export function composeSignal(model: TrainedModel, decision: ScoredDecision, explained: Explained): Signal {
  const word = WORDS[decision.side as keyof typeof WORDS];
  const acts = decision.side !== 0;
  const opens = acts && !decision.closes;
  const option = opens ? (decision.contract?.option ?? null) : null;
  const timestamp = new Date(decision.decisionTime).toISOString();
  const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  return {
    schema_version: 1,
    signal_id: signalIdOf(model.trained_model_id, timestamp),
    owner: model.owner,
    timestamp,
    created_at: new Date(decision.createdAt).toISOString(),
    trained_model_id: model.trained_model_id,
    model_id: model.model_id,
    pack_id: model.pack_id,
    risk_profile: decision.riskProfile,
    signal: word,
    action: word,
    closes: acts && decision.closes,
    instrument: decision.contract === null ? "stock" : "option",
    ticker: decision.ticker,
    quantity: opens ? (option?.contracts ?? decision.quantity) : null,
    // What must go, goes at the market.
    order_type: acts ? (opens ? (option === null ? decision.orderType : "limit") : "market") : null,
    price: opens ? (option === null ? decision.limitPrice : option.limit_price) : null,
    entry_price: opens ? decision.close : null,
    option,
    stop_loss: opens ? decision.stopLoss : null,
    take_profit: opens ? decision.takeProfit : null,
    exit_by: opens ? iso(decision.exitBy) : null,
    confidence: decision.confidence,
    urgency: decision.entry === "decision_close" ? "immediate" : "day",
    valid_until: acts ? iso(decision.validUntil) : null,
    status: acts ? "pending" : "none",
    replay: decision.replay,
    stamps: [...model.stamps, ...(decision.inSample ? ["IN_SAMPLE"] : [])],
    probabilities: decision.probabilities,
    thresholds: decision.thresholds,
    gate_status: model.gate_status,
    proven: model.proven,
    reasons: [...decision.reasons, ...(decision.inSample ? [IN_SAMPLE] : []), gateReason(model)],
    ...explained,
    lineage: model.lineage,
  };
}

/** Every signal says how its model was judged. */
function gateReason({ gate_status, proven, gate_reasons }: TrainedModel): SignalReason {
  const misses = gate_reasons.map(({ code }: Gate["reasons"][number]) => code).join(", ");
  const judged =
    gate_status === "ungated"
      ? "No gate has judged this model"
      : `The gate judged this model ${gate_status}${misses ? ` (${misses})` : ""}`;
  return {
    code: `gate_${gate_status.toLowerCase()}`,
    text: `${judged}${proven ? "." : "; it is UNPROVEN and trades on paper only."}`,
    value: null,
    limit: null,
  };
}

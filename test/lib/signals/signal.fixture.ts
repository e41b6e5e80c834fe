import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { composeSignal, type Explained, type ScoredDecision } from "#lib/signals/compose-signal.ts";
import { modelWith } from "../publishing/model.fixture.ts";

export const T0 = Date.parse("2013-11-21T21:00:00Z");

export const decisionWith = (change: Partial<ScoredDecision> = {}): ScoredDecision => ({
  decisionTime: T0,
  createdAt: T0 + 1000,
  replay: false,
  inSample: false,
  ticker: "SIMEDGE",
  riskProfile: "balanced",
  side: 1,
  closes: false,
  leaning: 1,
  confidence: 0.6,
  probabilities: { up: 0.6, down: 0.4, flat: null, base_up: 0.5, base_down: 0.5 },
  thresholds: { mode: "edge", threshold: 0, top_pct: null, top_cut: null, side_value: 0.4 },
  reasons: [{ code: "threshold_met", text: "Met.", value: 0.4, limit: 0 }],
  close: 101.5,
  entry: "next_open",
  orderType: "limit",
  limitPrice: 101.6,
  quantity: 98,
  contract: null,
  stopLoss: 99,
  takeProfit: 105,
  exitBy: Date.parse("2013-11-29T18:00:00Z"),
  validUntil: Date.parse("2013-11-22T21:00:00Z"),
  ...change,
});

const EXPLAINED: Explained = {
  explanation: {
    side: "UP",
    margin_of: "log_odds",
    base_value: 0.05,
    margin: 0.4,
    probability: 0.598687660112452,
    contributions: [
      { feature: "rsi_14", value: 28.5, contribution: 0.5 },
      { feature: "natr_14", value: null, contribution: -0.1 },
    ],
    rest: { features: 3, contribution: -0.05 },
  },
  unexplained: null,
};

export const signalWith = (change: Partial<ScoredDecision> = {}, model: Partial<TrainedModel> = {}, explained: Explained = EXPLAINED) =>
  composeSignal(modelWith({ status: "published", ...model }), decisionWith(change), explained);

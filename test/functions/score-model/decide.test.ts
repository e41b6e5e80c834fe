import { describe, expect, it } from "vitest";
import { decide, lookBackStart } from "#functions/score-model/decide.ts";
import { type EvaluationInput, selectOrders } from "#lib/backtest/evaluate-variant.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import type { VariantParams } from "#lib/sweeps/variant.schema.ts";
import { contextOf, matrixOf, policyOf, predictionsOf, randomBars, variantOf } from "../../lib/backtest/support.ts";

/** Five sessions of seven bars, then three bars of Monday 2024-01-08: the last one ends at 17:30 UTC, the session at 21:00. */
const ROWS = 38;
const matrix = matrixOf(randomBars(ROWS, "hourly"), { barsPerSession: 7, features: { f: new Float64Array(ROWS) } });
const last = matrix.ts[ROWS - 1]!;
const MINUTE = 60_000;

function decided(
  change: {
    params?: Partial<VariantParams>;
    policy?: ReturnType<typeof policyOf>;
    acted?: readonly number[];
    input?: Partial<EvaluationInput>;
  } = {},
) {
  const policy = change.policy ?? policyOf();
  const up = new Float64Array(ROWS).fill(0.7);
  const trained = { trainLastTs: matrix.ts[7]! };
  const predictions = predictionsOf(up, [[30, ROWS]]).map((prediction) => ({ ...prediction, ...trained }));
  const context = contextOf(matrix, predictions, { policy, longestHoldBars: 0, sessionBound: true, ...change.input });
  const plan = {
    policy,
    config: { cadence: "hourly", ticker: "TEST" },
    strategy: null,
    risk_profile: { name: "balanced" },
  } as unknown as EvaluationPlan;
  return {
    plan,
    context,
    decision: decide({
      plan,
      context,
      params: variantOf({ threshold: 0.6, ...change.params }),
      now: last + MINUTE,
      createdAt: last + MINUTE,
      replay: false,
      acted: change.acted ?? [],
    }),
  };
}
const codeOf = (change: Parameters<typeof decided>[0]): string => decided(change).decision.reasons[0]!.code;

describe("decide", () => {
  it("buys what may be bought, and leaves by the end of the hold in the same session", () => {
    const { decision } = decided({ params: { hold_bars: 4 } });
    expect(new Date(last).toISOString()).toBe("2024-01-08T17:30:00.000Z");
    expect(decision).toMatchObject({ side: 1, quantity: Math.floor(10_000 / matrix.close[ROWS - 1]!) });
    expect(new Date(decision.exitBy!).toISOString()).toBe("2024-01-08T21:00:00.000Z");
    expect(new Date(decision.validUntil!).toISOString()).toBe("2024-01-08T18:00:00.000Z");
  });

  it("refuses a session-bound trade that would not end in its session; another horizon may cross", () => {
    expect(codeOf({ params: { hold_bars: 5 } })).toBe("session_ends_first");
    expect(decided({ params: { hold_bars: 5 }, input: { sessionBound: false } }).decision.side).toBe(1);
  });

  it("waits out the cooldown after the last trade", () => {
    const policy = policyOf({}, { alerting: { cooldown_minutes: 90, max_trades_per_day: 100 } });
    expect(codeOf({ policy, acted: [last - 60 * MINUTE] })).toBe("cooldown");
    expect(decided({ policy, acted: [last - 90 * MINUTE] }).decision.side).toBe(1);
  });

  it("counts the trades that enter in the same session against the day's cap", () => {
    const policy = policyOf({}, { alerting: { cooldown_minutes: 0, max_trades_per_day: 2 } });
    // The decision of Friday's close enters on Monday; Friday noon's does not.
    const friday = Date.UTC(2024, 0, 5, 21);
    expect(codeOf({ policy, acted: [friday, last - 60 * MINUTE] })).toBe("daily_cap_reached");
    expect(decided({ policy, acted: [friday - 240 * MINUTE, last - 60 * MINUTE] }).decision.side).toBe(1);
    const { plan, context } = decided({ policy });
    expect(lookBackStart(plan, context)).toBe(friday);
  });

  it("sizes by confidence up to its cap", () => {
    const close = matrix.close[ROWS - 1]!;
    // min(2 x 0.7 - 1, cap) of 10,000 USD.
    expect(decided({ policy: policyOf({ size_by_conf: true }) }).decision.quantity).toBe(Math.floor(4000 / close));
    expect(decided({ policy: policyOf({ size_by_conf: true, conf_cap: 0.25 }) }).decision.quantity).toBe(Math.floor(2500 / close));
    expect(decided({ policy: policyOf({ max_positions: 4 }) }).decision.quantity).toBe(Math.floor(2500 / close));
  });

  it("does not size on a volatility that is unknown", () => {
    expect(codeOf({ input: { volatilityTarget: 0.1 } })).toBe("size_unknown");
  });

  it("puts a percent stop and a target in stop distances around the close, for either side", () => {
    const close = matrix.close[ROWS - 1]!;
    const { decision } = decided({ params: { stop_loss: 0.02, take_profit: 2 } });
    expect(decision.stopLoss).toBeCloseTo(close * 0.98, 9);
    expect(decision.takeProfit).toBeCloseTo(close * 1.04, 9);
  });

  it("names filter and threshold when they hold back", () => {
    expect(codeOf({ params: { threshold: 0.71 } })).toBe("below_threshold");
    expect(codeOf({ params: { hours: [15] } })).toBe("filtered");
    expect(codeOf({ params: { top_pct: 0.1 } })).toBe("below_top_share");
    expect(codeOf({ input: { sides: { long: false, short: true } }, params: { threshold: 0.71 } })).toBe("side_not_allowed");
    expect(codeOf({ input: { sides: { long: false, short: false } } })).toBe("side_not_allowed");
    expect(decided({ input: { sides: { long: false, short: false } } }).decision.thresholds.side_value).toBeNull();
  });

  describe("for a model that only sells", () => {
    const shortOnly = { sides: { long: false, short: true } };

    it("closes on a BUY that passes, by the rows that the backtest closes on", () => {
      const { decision, context } = decided({ input: shortOnly });
      expect(decision).toMatchObject({ side: 1, closes: true, thresholds: { threshold: 0.6, side_value: 0.7 } });
      expect(decision.reasons.map(({ code }) => code)).toEqual(["closes_position", "threshold_met", "prediction"]);
      const { orders } = selectOrders(context, variantOf({ threshold: 0.6 }));
      expect([orders.side[ROWS - 1], orders.close![ROWS - 1]]).toEqual([0, 1]);
    });

    it("asks threshold, top share and hours of it, and nothing that binds entries", () => {
      const codes = (params: Partial<VariantParams>): string[] =>
        decided({ input: shortOnly, params }).decision.reasons.map(({ code }) => code);
      expect(codes({ threshold: 0.71 })).toEqual(["side_not_allowed", "below_threshold", "prediction"]);
      expect(codes({ hours: [15] })).toEqual(["side_not_allowed", "filtered", "prediction"]);
      expect(codes({ top_pct: 0.1 })).toEqual(["side_not_allowed", "below_top_share", "prediction"]);
      for (const params of [{ threshold: 0.71 }, { hours: [15] as [number] }, { top_pct: 0.1 }])
        expect(decided({ input: shortOnly, params }).decision.side).toBe(0);
      const policy = policyOf({}, { alerting: { cooldown_minutes: 90, max_trades_per_day: 1 } });
      const { decision } = decided({ input: shortOnly, policy, acted: [last - 60 * MINUTE], params: { hold_bars: 9 } });
      expect(decision).toMatchObject({ side: 1, closes: true });
    });
  });

  it("holds the decision against the threshold of the entry bar's hour", () => {
    // The bar ends at 12:30 New York; the next one begins then.
    const at = (hour_thresholds: Record<string, number>) => decided({ params: { threshold: 0.6, hour_thresholds } }).decision;
    expect(at({ "12": 0.71 })).toMatchObject({ side: 0, thresholds: { threshold: 0.71 } });
    expect(at({ "12": 0.71 }).reasons[0]).toMatchObject({ code: "below_threshold", limit: 0.71 });
    expect(at({ "13": 0.71 })).toMatchObject({ side: 1, thresholds: { threshold: 0.6 } });
    expect(decided({ params: { threshold: 0.9, hour_thresholds: { "12": 0.65 } } }).decision).toMatchObject({
      side: 1,
      thresholds: { threshold: 0.65 },
    });
  });
});

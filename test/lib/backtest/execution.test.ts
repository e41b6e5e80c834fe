import { describe, expect, it } from "vitest";
import { executionTerms } from "#lib/backtest/execution.ts";
import { policyOf, variantOf } from "./support.ts";

const LABEL = { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: 5, band: { kind: "none" } } as const;
const BRACKETS = { enabled: true, atr_mult_stop: 2, atr_mult_target: 3, time_stop_minutes: null, time_stop_bars: 4 };
const terms = (execution: Record<string, unknown>, params = {}, exitKind: "label_end" | "brackets" = "brackets") =>
  executionTerms(
    { policy: policyOf(execution), label: LABEL, cadence: "daily", sessionBound: false, volatilityTarget: null, exitKind },
    variantOf(params),
  );

describe("executionTerms", () => {
  it("takes what a variant leaves open from policy and label", () => {
    const { terms: found, notes } = terms({ slippage_bps: 4, commission_bps: 1, max_positions: 4 });
    expect(found).toMatchObject({ entry: "next_open", holdBars: 5, brackets: null, slippageBps: 4, commissionBps: 1, capitalShare: 0.25 });
    expect(notes).toEqual([]);
  });

  it("scales the policy's slippage", () => {
    const at = (slippage: "optimistic" | "realistic" | "pessimistic") => terms({ slippage_bps: 4 }, { slippage }).terms.slippageBps;
    expect([at("optimistic"), at("realistic"), at("pessimistic")]).toEqual([2, 4, 8]);
  });

  it("lets the policy's brackets work unless the strategy exits at the label's end only", () => {
    expect(terms({ brackets: BRACKETS }).terms.brackets).toMatchObject({ mode: "atr", stop: 2, target: 3, timeStopBars: 4 });
    expect(terms({ brackets: BRACKETS }, {}, "label_end").terms.brackets).toBeNull();
  });

  it("replaces the policy's stop by the variant's and keeps the target's ratio to it", () => {
    const { brackets } = terms({ brackets: BRACKETS }, { stop_loss: 0.02 }).terms;
    expect(brackets).toMatchObject({ mode: "percent", stop: 0.02, target: 1.5, timeStopBars: 4 });
  });

  it("reads take_profit as a multiple of the stop distance in both modes", () => {
    expect(terms({ brackets: BRACKETS }, { take_profit: 2 }).terms.brackets).toMatchObject({ mode: "atr", stop: 2, target: 4 });
    expect(terms({}, { stop_loss: 0.05, take_profit: 3 }).terms.brackets).toMatchObject({ mode: "percent", stop: 0.05, target: 3 });
  });

  it("says that a target without a stop is left out", () => {
    const { terms: found, notes } = terms({}, { take_profit: 2 });
    expect([found.brackets?.target, notes]).toEqual([null, ["take_profit_without_stop_ignored"]]);
  });

  it("declares a hold that differs from the label's", () => {
    const { terms: found, notes } = terms({}, { hold_bars: 10 });
    expect([found.holdBars, notes]).toEqual([10, ["hold_differs_from_label"]]);
  });

  it("takes positions, size and order from the variant", () => {
    const { terms: found, notes } = terms({ max_positions: 4 }, { max_positions: 2, position_size: 0.3, entry_type: "limit" });
    expect(found).toMatchObject({ maxPositions: 2, capitalShare: 0.3, orderType: "limit" });
    expect(notes).toEqual([]);
    expect(terms({ max_positions: 4 }, { max_positions: 5 }).terms).toMatchObject({ maxPositions: 5, capitalShare: 0.2 });
  });

  it("never lets open positions owe more than the equity", () => {
    const { terms: found, notes } = terms({ max_positions: 4 }, { position_size: 0.5 });
    expect([found.capitalShare, notes]).toEqual([0.25, ["position_size_above_equal_part"]]);
  });

  it("says what a kind of entry cannot do", () => {
    expect(terms({}, { entry_type: "limit_buffer" }).notes).toEqual(["limit_buffer_bps_is_0"]);
    expect(terms({ limit_buffer_bps: 5 }, { entry_type: "limit_buffer" })).toMatchObject({ notes: [], terms: { limitBufferBps: 5 } });
    const close = executionTerms(
      {
        policy: policyOf({ brackets: { entry_mode: "decision_close" } }),
        label: { ...LABEL, entry: "decision_close" },
        cadence: "daily",
        sessionBound: false,
        volatilityTarget: null,
        exitKind: "label_end",
      },
      variantOf({ entry_type: "limit" }),
    );
    expect(close.notes).toEqual(["entry_type_does_not_apply_at_decision_close"]);
  });

  it("refuses another entry than the label's", () => {
    expect(() => terms({ brackets: { entry_mode: "limit" } })).toThrowError(expect.objectContaining({ code: "LABEL_ENTRY_MISMATCH" }));
  });
});

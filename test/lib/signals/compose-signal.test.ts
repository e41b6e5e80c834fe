import { describe, expect, it } from "vitest";
import { SignalSchema } from "#lib/signals/signal.schema.ts";
import { decisionWith, signalWith } from "./signal.fixture.ts";

describe("composeSignal", () => {
  it("puts a decision into a document with everything needed to act on it", () => {
    const signal = signalWith();
    expect(SignalSchema.parse(signal)).toEqual(signal);
    expect(signal).toMatchObject({
      signal: "BUY",
      action: "BUY",
      timestamp: "2013-11-21T21:00:00.000Z",
      created_at: "2013-11-21T21:00:01.000Z",
      quantity: 98,
      order_type: "limit",
      price: 101.6,
      entry_price: 101.5,
      stop_loss: 99,
      take_profit: 105,
      exit_by: "2013-11-29T18:00:00.000Z",
      valid_until: "2013-11-22T21:00:00.000Z",
      urgency: "day",
      status: "pending",
    });
  });

  it("leaves every order field out of a HOLD", () => {
    const hold = signalWith({ side: 0 });
    expect(SignalSchema.parse(hold)).toMatchObject({ signal: "HOLD", status: "none" });
    for (const key of ["quantity", "order_type", "price", "entry_price", "stop_loss", "take_profit", "exit_by", "valid_until"] as const)
      expect(hold[key], key).toBeNull();
  });

  it("orders a close at the market, of all that is open, without the fields of an entry", () => {
    const close = signalWith({ side: -1, closes: true });
    expect(SignalSchema.parse(close)).toEqual(close);
    expect(close).toMatchObject({
      signal: "SELL",
      closes: true,
      status: "pending",
      order_type: "market",
      valid_until: "2013-11-22T21:00:00.000Z",
    });
    for (const key of ["quantity", "price", "entry_price", "stop_loss", "take_profit", "exit_by"] as const)
      expect(close[key], key).toBeNull();
    expect(signalWith({ side: 0, closes: true })).toMatchObject({ signal: "HOLD", closes: false, order_type: null });
    expect(signalWith()).toMatchObject({ closes: false });
  });

  it("reads signals that were written before they could close", () => {
    const { closes: _, ...older } = signalWith();
    expect(SignalSchema.parse(older)).toEqual(signalWith());
  });

  it("says what moved the model, or why that cannot be said", () => {
    expect(signalWith()).toMatchObject({ explanation: { side: "UP", margin: 0.4 }, unexplained: null });
    const silent = signalWith({}, {}, { explanation: null, unexplained: "no_skill" });
    expect(SignalSchema.parse(silent)).toMatchObject({ explanation: null, unexplained: "no_skill" });
  });

  it("reads signals that were written before there were explanations", () => {
    const { unexplained: _, ...older } = { ...signalWith(), explanation: null };
    expect(SignalSchema.parse(older)).toMatchObject({ explanation: null, unexplained: null });
  });

  it("names the same decision of the same model the same, and SELL for the other side", () => {
    expect(signalWith({ side: -1 }).signal).toBe("SELL");
    expect(signalWith({ side: -1 }).signal_id).toBe(signalWith().signal_id);
    expect(signalWith({}, { trained_model_id: "tm_2" }).signal_id).not.toBe(signalWith().signal_id);
    expect(signalWith({ decisionTime: decisionWith().decisionTime + 1 }).signal_id).not.toBe(signalWith().signal_id);
  });

  it("is immediate when the entry is the close itself", () => {
    expect(signalWith({ entry: "decision_close" }).urgency).toBe("immediate");
  });

  it("always says how its model was judged, and whether it is proven", () => {
    expect(signalWith().reasons.at(-1)).toMatchObject({ code: "gate_pass", text: "The gate judged this model PASS." });
    const gate_reasons = [{ code: "dsr_below_min", metric: "dsr", value: 0.2, limit: 0.9 }];
    expect(signalWith({}, { gate_status: "FAIL", gate_reasons, proven: false }).reasons.at(-1)!.text).toBe(
      "The gate judged this model FAIL (dsr_below_min); it is UNPROVEN and trades on paper only.",
    );
    expect(signalWith({}, { gate_status: "ungated", proven: false }).reasons.at(-1)!.text).toContain("No gate has judged this model;");
  });

  it("stamps a replay of a time that the model was fitted on", () => {
    expect(signalWith({ inSample: true }, { stamps: ["SIMULATED"] }).stamps).toEqual(["SIMULATED", "IN_SAMPLE"]);
    expect(signalWith({ replay: true })).toMatchObject({ replay: true, stamps: [] });
  });
});

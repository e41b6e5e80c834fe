import { expect, it } from "vitest";
import type { Alert, AlertSink } from "#lib/ports/alert-sink.ts";

export const ALERT: Alert = {
  id: "signal_1",
  kind: "signal",
  owner: "local",
  title: "BUY SPY\u001b[2J\nforged",
  body: { signal: "BUY", confidence: 0.61, reasons: ["trend", "momentum"], stop_loss: null },
};

export interface AlertSinkUnderTest {
  readonly sink: AlertSink;
  /** Ids that the receiving side accepted, oldest first. */
  readonly accepted: () => readonly string[];
}

export interface BreakableAlertSinkUnderTest extends AlertSinkUnderTest {
  /** Makes the receiving side fail, as often as it is asked. */
  readonly breakReceiver: () => void;
  readonly repairReceiver: () => void;
}

/** The promises of the port. */
export function alertSinkContract(create: () => Promise<AlertSinkUnderTest>): void {
  it("has handed the alert over when it resolves", async () => {
    const { sink, accepted } = await create();
    await sink.deliver(ALERT);
    expect(accepted()).toEqual(["signal_1"]);
  });

  it("hands an alert over once although it is told twice", async () => {
    const { sink, accepted } = await create();
    await sink.deliver(ALERT);
    await sink.deliver({ ...ALERT, id: "signal_2" });
    await sink.deliver(ALERT);
    expect(accepted()).toEqual(["signal_1", "signal_2"]);
  });
}

/** What an adapter promises besides, whose receiver can be out of reach. */
export function breakableAlertSinkContract(create: () => Promise<BreakableAlertSinkUnderTest>): void {
  it("reports a receiver that cannot be reached as retryable, and delivers when told again", async () => {
    const { sink, accepted, breakReceiver, repairReceiver } = await create();
    breakReceiver();
    await expect(sink.deliver(ALERT)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE", retryable: true });
    expect(accepted()).toEqual([]);
    repairReceiver();
    await sink.deliver(ALERT);
    expect(accepted()).toEqual(["signal_1"]);
  });
}

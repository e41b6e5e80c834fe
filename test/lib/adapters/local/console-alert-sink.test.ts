import { describe, expect, it } from "vitest";
import { createConsoleAlertSink } from "#lib/adapters/local/console-alert-sink.ts";
import { ALERT, alertSinkContract } from "../../../contract/alert-sink.contract.ts";

describe("createConsoleAlertSink", () => {
  alertSinkContract(async () => {
    const lines: string[] = [];
    return {
      sink: createConsoleAlertSink({ write: (line) => lines.push(line) }),
      accepted: () => lines.map((line) => /\((\w+)\)$/.exec(line)![1]!),
    };
  });

  it("writes one line, with control characters escaped", async () => {
    const lines: string[] = [];
    await createConsoleAlertSink({ write: (line) => lines.push(line) }).deliver(ALERT);
    expect(lines).toEqual([
      '[signal] BUY SPY\\u001b[2J\\u000aforged {"confidence":0.61,"reasons":["trend","momentum"],"signal":"BUY","stop_loss":null} (signal_1)',
    ]);
  });
});

import { describe, expect, it } from "vitest";
import type { Trade } from "../../../../web/src/pages/backtest/report.ts";
import { tradeInWords } from "../../../../web/src/pages/backtest/trade-words.ts";

const HOURLY: Trade = {
  trade: 1,
  symbol: "SIMMKT",
  side: "long",
  fold: 0,
  decided_at: "2024-08-15T19:00:00.000Z",
  entered_at: "2024-08-15T19:00:00.000Z",
  left_at: "2024-08-16T13:45:00.000Z",
  entry_bar: "2024-08-15T19:00:00.000Z",
  exit_bar: "2024-08-16T13:30:00.000Z",
  exit: "stop",
  ambiguous: false,
  size: 1,
  entry_price: 384.87,
  exit_price: 383.536,
  entry_fill: 384.908,
  exit_fill: 383.498,
  stop: 383.536,
  target: 387.538,
  net_return: -0.00366,
  pnl: -0.00366,
  costs: 0.0002,
  contract: null,
};

describe("tradeInWords", () => {
  it("says times of the day in New York, the bracket and how it ended", () => {
    expect(tradeInWords(HOURLY, "hourly")).toBe(
      "Long SIMMKT at $384.87, 2024-08-15 15:00 ET (stop $383.54, target $387.54); left at $383.54, 2024-08-16 09:45 ET (stop). Net return \u22120.4%.",
    );
  });

  it("says days of a daily trade, and that a bar met both levels", () => {
    const daily: Trade = { ...HOURLY, side: "short", target: null, ambiguous: true };
    expect(tradeInWords(daily, "daily")).toBe(
      "Short SIMMKT at $384.87, 2024-08-15 (stop $383.54); left at $383.54, 2024-08-16 (stop, in a bar that met stop and target). Net return \u22120.4%.",
    );
  });

  it("says of an option what was paid and got for it, and the underlying's prices", () => {
    const option: Trade = {
      ...HOURLY,
      stop: null,
      target: null,
      exit: "expiry",
      entered_at: "2024-10-23T19:00:00.000Z",
      left_at: "2024-10-23T20:00:00.000Z",
      entry_price: 373.07,
      exit_price: 375.13,
      entry_fill: 0.91,
      exit_fill: 2.13,
      net_return: 1.3335,
      contract: "O:SIMMKT241023C00373000",
    };
    expect(tradeInWords(option, "hourly")).toBe(
      "Bought SIMMKT 2024-10-23 373 call for $0.91 a share, 2024-10-23 15:00 ET, SIMMKT at $373.07; worth $2.13 at its expiry, 2024-10-23 16:00 ET, SIMMKT at $375.13. Net return +133.4%.",
    );
    expect(tradeInWords({ ...option, exit: "label_end" }, "hourly")).toContain(
      "; sold for $2.13 (at the label's end), 2024-10-23 16:00 ET",
    );
  });
});

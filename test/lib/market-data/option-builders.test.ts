import { describe, expect, it } from "vitest";
import { TRADE_KINDS } from "#lib/core/option-data.ts";
import { createOptionBarsBuilder } from "#lib/market-data/option-bars-builder.ts";
import { createTapeBuilder } from "#lib/market-data/option-tape-builder.ts";
import { kindIndex, tradeKindOf } from "#lib/market-data/trade-kinds.ts";

const head = { underlying: "SPY", sessionDate: 20240701, expiry: 20240701 };

describe("createOptionBarsBuilder", () => {
  it("orders minutes by start, then strike, puts first", () => {
    const builder = createOptionBarsBuilder();
    const minute = (start: number, volume: number) => ({ start, open: 1, high: 2, low: 0.5, close: 1.5, vwap: Number.NaN, volume });
    builder.add({ strike: 545, right: 1 }, minute(60, 1));
    builder.add({ strike: 545, right: 1 }, minute(0, 2));
    builder.add({ strike: 545, right: -1 }, minute(60, 3));
    builder.add({ strike: 544, right: 1 }, minute(60, 4));
    const bars = builder.finish(head);
    expect(bars).toMatchObject({ ...head, length: 4 });
    expect([Array.from(bars.start), Array.from(bars.strike), Array.from(bars.right), Array.from(bars.volume)]).toEqual([
      [0, 60, 60, 60],
      [545, 544, 545, 545],
      [1, 1, -1, 1],
      [2, 4, 3, 1],
    ]);
  });

  it("takes no minute for an answer", () => {
    expect(createOptionBarsBuilder().finish(head)).toMatchObject({ length: 0 });
  });
});

describe("createTapeBuilder", () => {
  it("puts trades and quotes of all contracts in the order of time; what happened at once keeps its order", () => {
    const tape = createTapeBuilder("vendor");
    tape.trade(0, 5, 1, 10, 0);
    tape.trade(0, 9, 2, 20, 1);
    tape.trade(1, 5, 3, 30, 2);
    tape.trade(1, 2.5, 4, 40, 3);
    tape.quote(1, 7, 1, 2, 3, 4);
    tape.quote(0, 6, 5, 6, 7, 8);
    const { trades, quotes } = tape.finishOptions({ ...head, strike: Float64Array.of(544, 545), right: Int8Array.of(1, 1) });
    expect([Array.from(trades.ts), Array.from(trades.contract), Array.from(trades.price), Array.from(trades.kind)]).toEqual([
      [2.5, 5, 5, 9],
      [1, 0, 1, 0],
      [4, 1, 3, 2],
      [3, 0, 2, 1],
    ]);
    expect([Array.from(quotes.ts), Array.from(quotes.contract), Array.from(quotes.askSize)]).toEqual([
      [6, 7],
      [0, 1],
      [8, 4],
    ]);
  });

  it("refuses more than fits into memory, saying what to use instead", () => {
    const tape = createTapeBuilder("vendor", 2);
    tape.trade(0, 1, 1, 1, 0);
    tape.quote(0, 1, 1, 1, 1, 1);
    expect(() => tape.quote(0, 2, 1, 1, 1, 1)).toThrowError(
      expect.objectContaining({
        code: "DATA_UNAVAILABLE",
        message: expect.stringContaining("flow_side: volume"),
        facts: { provider: "vendor", maxRows: 2 },
      }),
    );
  });
});

describe("tradeKindOf", () => {
  it.each([
    [[], "regular"],
    [["regular"], "regular"],
    [["regular", "cross"], "cross"],
    [["cross", "late"], "late"],
    [["late", "complex"], "complex"],
  ] as const)("says of %j: %s", (words, kind) => {
    expect(TRADE_KINDS[tradeKindOf(words)!]).toBe(kind);
    expect(tradeKindOf(words)).toBe(kindIndex(kind));
  });

  it("has no kind for what was canceled", () => {
    expect(tradeKindOf(["complex", "canceled"])).toBeUndefined();
  });
});

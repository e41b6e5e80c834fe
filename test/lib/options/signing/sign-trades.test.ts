import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OptionTape } from "#lib/core/option-data.ts";
import { SIGNING_MODES, type SigningMode, signTrades } from "#lib/options/signing/sign-trades.ts";
import { type QuoteRow, type TradeRow, tapeOf, workedTape } from "./tape-rows.ts";

const one = [[1, 500]] as const;
const two = [
  [1, 500],
  [-1, 500],
] as const;
const sidesOf = (mode: SigningMode, trades: readonly TradeRow[], quotes: readonly QuoteRow[] = []) => [
  ...signTrades(tapeOf(two, trades, quotes), mode).sides,
];
const quote: QuoteRow = { at: 0, contract: 0, bid: 1, ask: 1.1 };
const trade = (price: number, at = 1): TradeRow => ({ at, contract: 0, price });

describe("signTrades", () => {
  it("signs the worked tape as it says", () => {
    const { sides, classifiedShare } = signTrades(workedTape(), "lee_ready");
    // The first trade stands for the one before the tape.
    expect([...sides]).toEqual([0, -1, 1, -1, -1, 1, -1, -1, -1, 1]);
    expect(classifiedShare).toBeCloseTo(104 / 105, 15);
  });

  it("reads the side from the middle of the quote", () => {
    const trades = [trade(1), trade(1.04), trade(1.05), trade(1.06), trade(1.1), trade(1.2), trade(0.9)];
    expect(sidesOf("quote", trades, [quote])).toEqual([-1, -1, 0, 1, 1, 1, -1]);
  });

  it("is not misled by decimals: (1.6 + 1.64) / 2 is the middle 1.62", () => {
    expect(sidesOf("quote", [trade(1.62)], [{ at: 0, contract: 0, bid: 1.6, ask: 1.64 }])).toEqual([0]);
    expect(sidesOf("quote", [trade(0.15)], [{ at: 0, contract: 0, bid: 0.1, ask: 0.2 }])).toEqual([0]);
  });

  it("lets the tick test decide at the middle only", () => {
    expect(sidesOf("lee_ready", [trade(1.04), trade(1.05)], [quote])).toEqual([-1, 1]);
    expect(sidesOf("lee_ready", [trade(1.06), trade(1.05)], [quote])).toEqual([1, -1]);
    expect(sidesOf("lee_ready", [trade(1.05)], [quote])).toEqual([0]);
  });

  it("in mode emo believes the quote at its two prices only", () => {
    expect(sidesOf("emo", [trade(1.1), trade(1), trade(1.06), trade(1.08)], [quote])).toEqual([1, -1, 1, 1]);
    // Below the middle, but up from the trade before; and outside the quote, down.
    expect(sidesOf("emo", [trade(1), trade(1.02), trade(0.9)], [quote])).toEqual([-1, 1, -1]);
    expect(sidesOf("emo", [trade(1.02)], [quote])).toEqual([0]);
  });

  it("in mode tick looks at no quote", () => {
    const trades = [trade(1.05), trade(1.06), trade(1.06), trade(1.02)];
    expect(sidesOf("tick", trades)).toEqual([0, 1, 1, -1]);
    expect(sidesOf("tick", trades, [{ ...quote, bid: Number.NaN }])).toEqual([0, 1, 1, -1]);
  });

  it("compares with the last different price of the same contract, not older than a minute", () => {
    const at = (seconds: number, price: number, contract = 0): TradeRow => ({ at: seconds, contract, price });
    expect(sidesOf("tick", [at(0, 1), at(60, 1.1)])).toEqual([0, 1]);
    expect(sidesOf("tick", [at(0, 1), at(60.001, 1.1)])).toEqual([0, 0]);
    // The different price was a minute and a second ago, whatever traded at this price since.
    expect(sidesOf("tick", [at(0, 1), at(30, 1.1), at(61, 1.1)])).toEqual([0, 1, 0]);
    expect(sidesOf("tick", [at(0, 1), at(1, 1.2, 1), at(2, 1.1)])).toEqual([0, 0, 1]);
  });

  it.each([
    ["there is none", []],
    ["it came with the trade, not before it", [{ ...quote, at: 1 }]],
    ["it is another contract's", [{ ...quote, contract: 1 }]],
    ["it is older than five seconds", [{ ...quote, at: -4.001 }]],
    ["it is crossed", [{ ...quote, bid: 1.2 }]],
    ["it is locked", [{ ...quote, bid: 1.1 }]],
    ["it is too wide", [{ ...quote, bid: 0.79 }]],
    ["the last one was withdrawn", [quote, { ...quote, at: 0.5, bid: Number.NaN }]],
  ] as const)("knows no side from a quote when %s", (_, quotes) => {
    for (const mode of ["quote", "lee_ready", "emo"] as const)
      expect(sidesOf(mode, [trade(1.0, 0.9999), trade(1.1)], quotes).at(-1)).toBe(0);
  });

  it("takes the last quote before the trade, five seconds old at most", () => {
    expect(sidesOf("quote", [trade(1.1)], [{ ...quote, at: -4 }])).toEqual([1]);
    expect(sidesOf("quote", [trade(1.1)], [quote, { ...quote, at: 0.5, bid: 1.12, ask: 1.2 }])).toEqual([-1]);
  });

  it("leaves out complex, late and cross trades, also as the tick test's reference, and counts them as not classified", () => {
    for (const kind of ["complex", "late", "cross"] as const) {
      const { sides, classifiedShare } = signTrades(
        tapeOf(one, [trade(1.06), { ...trade(1.1), kind, size: 2 }, trade(1.05)], [quote]),
        "lee_ready",
      );
      expect([...sides]).toEqual([1, 0, -1]);
      expect(classifiedShare).toBe(0.5);
    }
  });

  it("says how much traded outside the quote", () => {
    const { outsideQuoteShare } = signTrades(tapeOf(one, [trade(1.1), { ...trade(1.2), size: 3 }], [quote]));
    expect(outsideQuoteShare).toBe(0.75);
  });

  it("has no share without trades, and no side for a trade without a price", () => {
    expect(signTrades(tapeOf(one, [], [quote])).classifiedShare).toBeNaN();
    expect(sidesOf("lee_ready", [{ ...trade(Number.NaN) }, { ...trade(1.1), size: Number.NaN }], [quote])).toEqual([0, 0]);
  });

  it("refuses a tape that cannot be read forwards", () => {
    const failure = expect.objectContaining({ code: "DATA_INVALID" });
    expect(() => sidesOf("tick", [trade(1, 2), trade(1, 1)])).toThrowError(failure);
    expect(() => sidesOf("quote", [trade(1, 2)], [quote, { ...quote, at: -1 }])).toThrowError(failure);
    expect(() => sidesOf("tick", [{ ...trade(1), contract: 2 }])).toThrowError(failure);
    expect(() => sidesOf("tick", [{ ...trade(1), contract: -1 }])).toThrowError(failure);
    expect(() => sidesOf("tick", [trade(1, Number.NaN)])).toThrowError(failure);
    const tape = tapeOf(one, [trade(1)], []);
    tape.trades.kind[0] = 9;
    expect(() => signTrades(tape)).toThrowError(failure);
  });

  const cents = fc.integer({ min: 90, max: 120 }).map((value) => value / 100);
  const moment = fc.integer({ min: 0, max: 400 }).map((value) => value / 4);
  const tradeRow = fc.record({
    at: moment,
    contract: fc.nat(1),
    price: cents,
    size: fc.integer({ min: 1, max: 50 }),
    kind: fc.constantFrom("regular", "regular", "regular", "complex", "late", "cross"),
  });
  const quoteRow = fc.record({ at: moment, contract: fc.nat(1), bid: cents, ask: cents });
  const ascending = <T extends { at: number }>(row: fc.Arbitrary<T>) =>
    fc.array(row, { maxLength: 60 }).map((rows) => rows.toSorted((a, b) => a.at - b.at));
  const cut = <T extends { at: number }>(rows: readonly T[], at: number) => rows.filter((row) => row.at < at);

  it("never changes a side when quotes and trades that come later change or vanish", () => {
    const tapes = fc.tuple(ascending(tradeRow), ascending(quoteRow), ascending(tradeRow), ascending(quoteRow), moment);
    fc.assert(
      fc.property(tapes, fc.constantFrom(...SIGNING_MODES), ([trades, quotes, otherTrades, otherQuotes, now], mode) => {
        const past = cut(trades, now);
        const sides = sidesOf(mode, trades, quotes).slice(0, past.length);
        expect(sidesOf(mode, past, cut(quotes, now))).toEqual(sides);
        const later = <T extends { at: number }>(rows: readonly T[]) => rows.filter((row) => row.at >= now);
        const changed = sidesOf(mode, [...past, ...later(otherTrades)], [...cut(quotes, now), ...later(otherQuotes)]);
        expect(changed.slice(0, past.length)).toEqual(sides);
      }),
      { numRuns: 1000 },
    );
  });

  it("always knows as much with the tick test as without, and never turns a side of the quote rule", () => {
    fc.assert(
      fc.property(ascending(tradeRow), ascending(quoteRow), (trades, quotes) => {
        const tape: OptionTape = tapeOf(two, trades, quotes);
        const plain = signTrades(tape, "quote");
        const more = signTrades(tape, "lee_ready");
        plain.sides.forEach((side, i) => {
          if (side !== 0) expect(more.sides[i]).toBe(side);
        });
        if (trades.length > 0) expect(more.classifiedShare).toBeGreaterThanOrEqual(plain.classifiedShare);
      }),
    );
  });
});

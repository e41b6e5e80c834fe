import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ContractPrice, priceAfter, priceBefore, reachedMs } from "#lib/backtest/options/contract-prices.ts";
import { choiceAt, contractTapeUntil } from "#lib/backtest/options/contract-tape.ts";
import { decodeContractTape, encodeContractTape } from "#lib/backtest/options/contract-tape-codec.ts";
import { type Bar, matrixOf } from "../support.ts";
import { contractTapeOf } from "./support.ts";

const MINUTE = 60_000;
const matrix = matrixOf(
  Array.from({ length: 12 }, (): Bar => [100, 100, 100, 100]),
  { barsPerSession: 6 },
);
const START = matrix.barStart[7]!;
const tapeOf = (prices: Parameters<typeof contractTapeOf>[1][number]["prices"]) =>
  contractTapeOf(matrix, [
    { strike: 100, expiry: 20240102, right: 1, prices },
    { strike: 100, expiry: 20240102, right: -1, prices: [[START, 9, 10]] },
  ]);
const out: ContractPrice = { mid: 0, halfSpread: 0, source: 0 };

describe("priceAfter and priceBefore", () => {
  const tape = tapeOf([
    [START - 1, 0.9, 1],
    [START, 5],
    [START + 2 * MINUTE, 2],
    [START + 3 * MINUTE, 1, 1.1],
    [START + 40 * MINUTE, 3, 3.2],
  ]);
  const firstFrom = (ms: number, last = START + 60 * MINUTE) => (priceAfter(tape, 0, ms, last, out) ? [out.mid, out.source] : null);
  const lastUpTo = (ms: number, first = START) => (priceBefore(tape, 0, ms, first, out) ? [out.mid, out.source] : null);

  it("take a quote before a trade, and neither one that is too far away", () => {
    expect(firstFrom(START)).toEqual([1.05, 0]);
    expect(firstFrom(START + 4 * MINUTE)).toBeNull();
    expect(firstFrom(START + 25 * MINUTE)).toEqual([3.1, 0]);
    expect(lastUpTo(START + 10 * MINUTE)).toEqual([1.05, 0]);
    expect(lastUpTo(START + 18 * MINUTE)).toEqual([1.05, 0]);
    expect(lastUpTo(START + 19 * MINUTE)).toBeNull();
    expect(lastUpTo(START + 2 * MINUTE)).toEqual([2, 1]);
  });

  it("do not look beyond the bar", () => {
    expect(firstFrom(START + 25 * MINUTE, START + 39 * MINUTE)).toBeNull();
    expect(lastUpTo(START + 1 * MINUTE, START + 1)).toBeNull();
    // What traded up to the moment is no first trade after it.
    expect(firstFrom(START, START + 1 * MINUTE)).toBeNull();
  });

  it("never answer from another contract", () => {
    expect(priceAfter(tape, 1, START, START + MINUTE, out) && out.mid).toBe(9.5);
    expect(priceAfter(tape, 1, START + 1, START + MINUTE, out)).toBe(false);
  });
});

describe("reachedMs", () => {
  const endMs = Float64Array.from({ length: 60 }, (_, i) => START + (i + 1) * MINUTE);
  const minutes = { endMs, high: endMs.map((_, i) => 100 + i / 10), low: endMs.map((_, i) => 100 - i / 10) };

  it("is the end of the first minute of the bar that touched the level", () => {
    expect(reachedMs(minutes, START, START + 60 * MINUTE, 101, true)).toBe(endMs[10]);
    expect(reachedMs(minutes, START, START + 60 * MINUTE, 99, false)).toBe(endMs[10]);
    expect(reachedMs(minutes, START + 20 * MINUTE, START + 60 * MINUTE, 101, true)).toBe(endMs[20]);
    expect(reachedMs(minutes, START, START + 60 * MINUTE, 200, true)).toBeNaN();
    expect(reachedMs(null, START, START + 60 * MINUTE, 101, true)).toBeNaN();
  });
});

describe("contractTapeUntil", () => {
  it("keeps what was decided and known by then, and nothing else", () => {
    const whole = tapeOf([
      [START, 1, 1.1],
      [START + MINUTE, 1.2, 1.3],
      [START + 2 * MINUTE, 1.4, 1.5],
    ]);
    const cut = contractTapeUntil(whole, 8, START + MINUTE);
    expect([cut.rows, cut.choices.bid.length, ...cut.prices.first]).toEqual([8, choiceAt(whole, 8, 0, 1), 0, 2, 3]);
    expect([...cut.prices.bid]).toEqual([1, 1.2, 9]);
  });
});

describe("encodeContractTape", () => {
  it("is read back as it was, and refused when a byte differs", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0.01, max: 9, noNaN: true })), { maxLength: 20 }),
        fc.boolean(),
        (drawn, withMinutes) => {
          const minutes = withMinutes
            ? { endMs: Float64Array.of(START), high: Float64Array.of(101), low: Float64Array.of(Number.NaN) }
            : null;
          const tape = { ...tapeOf(drawn.map(([minute, bid]) => [START + minute * MINUTE, bid, bid + 0.01] as const)), minutes };
          const bytes = encodeContractTape(tape);
          expect(decodeContractTape(bytes)).toEqual(tape);
          expect(encodeContractTape(decodeContractTape(bytes))).toEqual(bytes);
          const damaged = bytes.slice();
          damaged[damaged.length >> 1]! ^= 1;
          expect(() => decodeContractTape(damaged)).toThrow(expect.objectContaining({ code: "ARTIFACT_CORRUPT" }));
        },
      ),
      { numRuns: 30 },
    );
  });
});

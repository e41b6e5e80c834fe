import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBars } from "#lib/market-data/decode-bars.ts";
import { encodeBars } from "#lib/market-data/encode-bars.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { anyBars, publishedLate, someBars } from "./some-bars.ts";

describe("encodeBars", () => {
  it("keeps every bit: decode(encode(bars)) = bars", async () => {
    await fc.assert(
      fc.asyncProperty(anyBars, async (bars) => {
        expect(await decodeBars(encodeBars(bars))).toEqual(bars);
      }),
    );
  });

  it("keeps when an external series was available, and says nothing of it for others", async () => {
    const late = publishedLate(someBars(5));
    expect(await decodeBars(encodeBars(late))).toEqual(late);
    expect(await decodeBars(encodeBars(someBars(5)))).not.toHaveProperty("availableAt");
  });

  it("gives equal bytes for equal bars", () => {
    expect(encodeBars(someBars(500))).toEqual(encodeBars(someBars(500)));
  });

  it("writes several row groups for long series", async () => {
    const length = 300_000;
    const few = someBars(390, { cadence: "1m" });
    const repeat = (column: Float64Array): Float64Array => Float64Array.from({ length }, (_, row) => column[row % 390]! + row);
    const bars = {
      ...few,
      length,
      start: repeat(few.start),
      end: repeat(few.end),
      open: repeat(few.open),
      high: repeat(few.high),
      low: repeat(few.low),
      close: repeat(few.close),
      volume: repeat(few.volume),
      factor: repeat(few.factor),
    };
    expect(fingerprintOf(await decodeBars(encodeBars(bars)))).toBe(fingerprintOf(bars));
  });
});

describe("decodeBars", () => {
  it("reads a Buffer that lies inside a larger one", async () => {
    const bytes = encodeBars(someBars(100));
    const pool = Buffer.alloc(bytes.length + 64, 0xff);
    pool.set(bytes, 32);
    expect(await decodeBars(pool.subarray(32, 32 + bytes.length))).toEqual(someBars(100));
  });

  const refusal = (text: string) => expect.objectContaining({ code: "ARTIFACT_CORRUPT", message: expect.stringContaining(text) });

  it("refuses bytes that are no Parquet file, a cut file, and an empty one", async () => {
    const bytes = encodeBars(someBars(100));
    await expect(decodeBars(new TextEncoder().encode("not a parquet file at all"))).rejects.toEqual(refusal("its footer is damaged"));
    await expect(decodeBars(bytes.slice(0, -20))).rejects.toEqual(refusal("its footer is damaged"));
    await expect(decodeBars(new Uint8Array(0))).rejects.toEqual(refusal("its footer is damaged"));
  });

  it("refuses a file whose pages are damaged", async () => {
    const bytes = encodeBars(someBars(100));
    bytes.fill(0, 40, 120);
    await expect(decodeBars(bytes)).rejects.toEqual(refusal("cannot be read"));
  });
});

describe("fingerprintOf", () => {
  it("is this digest for these bars", () => {
    // From an independent Python implementation: SHA-256 of the header line and the columns as little-endian doubles.
    expect(fingerprintOf(someBars(3))).toBe("7efdd886da6f199b988d0877b6666d64cc58a62797dda71aac1bd3b1ef64ea27");
  });

  it("is another one for bars that were available later", () => {
    const late = publishedLate(someBars(3));
    const later = { ...late, availableAt: late.availableAt!.map((ms) => ms + 1) };
    expect(new Set([someBars(3), late, later].map(fingerprintOf)).size).toBe(3);
    expect(fingerprintOf(publishedLate(someBars(3)))).toBe(fingerprintOf(late));
  });

  it("does not depend on symbol, file or the payload of a NaN", () => {
    const bars = someBars(5);
    expect(fingerprintOf({ ...bars, symbol: "OTHER" })).toBe(fingerprintOf(bars));
    const [one, other] = [someBars(5), someBars(5)];
    one.volume[2] = Number.NaN;
    new BigUint64Array(other.volume.buffer)[2] = 0xfff8000000000001n;
    expect(fingerprintOf(other)).toBe(fingerprintOf(one));
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(bars));
  });

  it("changes with any one number", () => {
    const columns = ["start", "end", "open", "high", "low", "close", "volume", "factor"] as const;
    fc.assert(
      fc.property(anyBars, fc.constantFrom(...columns), fc.nat(), (bars, column, at) => {
        const changed = bars[column].slice();
        const row = at % bars.length;
        changed[row] = Number.isNaN(changed[row]!) ? 1 : changed[row]! * 2 + 1;
        expect(fingerprintOf({ ...bars, [column]: changed })).not.toBe(fingerprintOf(bars));
      }),
    );
  });
});

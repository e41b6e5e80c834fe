import { describe, expect, it } from "vitest";
import { contractInWords, rightOf } from "../../../web/src/words/contract.ts";

describe("contractInWords", () => {
  it("says underlying, expiry, strike and right", () => {
    expect(contractInWords("O:SIMMKT241023C00374000")).toBe("SIMMKT 2024-10-23 374 call");
    expect(contractInWords("O:SPY240701P00545500")).toBe("SPY 2024-07-01 545.50 put");
  });

  it("leaves what is no option's symbol as it is", () => {
    expect(contractInWords("SPY")).toBe("SPY");
  });
});

describe("rightOf", () => {
  it("is a call, a put, or unknown", () => {
    expect([rightOf("O:SPY240701C00545000"), rightOf("O:SPY240701P00545000"), rightOf("SPY")]).toEqual(["call", "put", undefined]);
  });
});

import { describe, expect, it } from "vitest";
import { checkRecord, checkWrites, counterValue, expirySecond, RECORD_LIMITS } from "#lib/adapters/record-limits.ts";

const draft = (text: string) => ({ pk: "pk", sk: "sk", body: { text } });

describe("checkRecord", () => {
  it("counts every byte that DynamoDB counts, and refuses the first one too many", () => {
    // 128 for attribute names, version, expiry and write mark; 2 + 2 for the keys; 11 for {"text":""}.
    const room = 409_600 - 128 - 4 - 11;
    expect(checkRecord(draft("x".repeat(room))).bytes).toBe(409_600);
    expect(() => checkRecord(draft("x".repeat(room + 1)))).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM", facts: { limitBytes: 409_600, actualBytes: 409_601 } }),
    );
  });

  it("counts index keys and multi-byte characters", () => {
    expect(checkRecord({ ...draft("é"), index: { pk: "é", sk: "\u{1F600}" } }).bytes - checkRecord(draft("")).bytes).toBe(2 + 2 + 4);
  });

  it("keeps the body as canonical text, whatever the order of its properties", () => {
    expect(checkRecord({ pk: "p", sk: "s", body: { b: 1, a: { d: -0, c: undefined } } }).text).toBe('{"a":{"d":0},"b":1}');
  });

  it("names the place of what is wrong", () => {
    const wrong = { pk: "p", sk: "s", body: { folds: [{ sharpe: 1 }, { sharpe: Number.NaN }] } };
    expect(() => checkRecord(wrong)).toThrowError(/body\.folds\[1\]\.sharpe must be a finite number; found "NaN"\. Store null/);
  });
});

describe("checkWrites", () => {
  it("tells keys apart that would run together when joined", () => {
    const put = (pk: string, sk: string) => ({ kind: "put", table: "state", record: { pk, sk, body: {} }, condition: "any" }) as const;
    expect(checkWrites([put("a", "b#c"), put("a#b", "c")])).toHaveLength(2);
    expect(() => checkWrites([put("a", "b"), put("a", "b")])).toThrowError(/found "a" \/ "b" twice/);
  });

  it("knows the limits of the service", () => {
    // Amazon DynamoDB Developer Guide, "Quotas and limits".
    expect(RECORD_LIMITS).toMatchObject({
      pkBytes: 2048,
      skBytes: 1024,
      recordBytes: 409_600,
      transactionBytes: 4_194_304,
      transactionWrites: 100,
    });
  });
});

describe("counterValue", () => {
  it("knows a counter by its only property", () => {
    expect(counterValue({ value: -3 })).toBe(-3);
    for (const body of [{}, { value: 0.5 }, { value: "1" }, { value: 1, more: 2 }, { value: 2 ** 53 }])
      expect(counterValue(body)).toBeUndefined();
  });
});

describe("expirySecond", () => {
  it("lets a record live through its second's first instant", () => {
    expect(expirySecond(10_000)).toBe(10);
    expect(expirySecond(10_001)).toBe(11);
  });
});

import { describe, expect, it } from "vitest";
import { etagOf, isUnchanged, requireMatch } from "#functions/api/http/conditions.ts";

describe("requireMatch", () => {
  const write = (ifMatch: string | undefined) => () => requireMatch(ifMatch, etagOf(3), 'model "m"');

  it("lets a write through that names the stored state, any state or none", () => {
    for (const header of [undefined, "*", " * ", '"3"', '"2", "3"']) expect(write(header)).not.toThrow();
  });

  it("refuses a lost race and says what is stored now", () => {
    expect(write('"2"')).toThrowError(
      expect.objectContaining({
        code: "CONFLICT",
        message: expect.stringContaining('names "2", and it is "3" now'),
        facts: { etag: '"3"' },
      }),
    );
    // A weak tag says "about the same", which is not enough to write on.
    expect(write('W/"3"')).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });

  it("refuses what is no tag", () => {
    for (const header of ["3", "", '"3', '"a"b"', `"${"x".repeat(129)}"`, '"\u00e9"'])
      expect(write(header), header).toThrowError(expect.objectContaining({ code: "INVALID_PARAM", facts: { field: "if-match" } }));
  });
});

describe("isUnchanged", () => {
  it("compares weakly, and takes a list", () => {
    for (const header of ['"a"', 'W/"a"', '"b", "a"', "*"]) expect(isUnchanged(header, '"a"'), header).toBe(true);
    for (const header of ['"b"', "a", ""]) expect(isUnchanged(header, '"a"'), header).toBe(false);
    expect(isUnchanged(undefined, '"a"')).toBe(false);
    expect(isUnchanged("*", undefined)).toBe(false);
  });
});

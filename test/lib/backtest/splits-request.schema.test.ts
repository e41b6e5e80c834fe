import { describe, expect, it } from "vitest";
import * as z from "zod";
import { SplitsRequestSchema, splitsOf } from "#lib/backtest/splits-request.schema.ts";
import { parseOr } from "#lib/errors/parse.ts";
import type { SigmaError } from "#lib/errors/sigma-error.ts";

const RequestSchema = z.strictObject({ splits: SplitsRequestSchema });
const read = (splits: unknown) => parseOr("INVALID_PARAM", RequestSchema, { splits }).splits;

/** What the first field error of a refused request says. */
function refusal(splits: unknown): string {
  try {
    read(splits);
  } catch (error) {
    const { code, fieldErrors } = error as SigmaError;
    return `${code} ${fieldErrors![0]!.path}: ${fieldErrors![0]!.issue}`;
  }
  return "accepted";
}

describe("SplitsRequestSchema", () => {
  it("keeps the classic number as it is, and 5 without a word", () => {
    expect(RequestSchema.parse({})).toEqual({ splits: 5 });
    expect(read(8)).toBe(8);
  });

  it("fills in what a kind leaves out", () => {
    expect(read({ kind: "walk_forward" })).toEqual({ kind: "walk_forward", splits: 5 });
    expect(read({ kind: "purged_kfold", splits: 10 })).toEqual({ kind: "purged_kfold", splits: 10 });
    expect(read({ kind: "cpcv" })).toEqual({ kind: "cpcv", n_groups: 6, k_test: 2 });
  });

  it.each([
    [1, "splits: must be at least 2; found 1"],
    [{ kind: "kfold" }, 'splits.kind: must be one of "walk_forward", "purged_kfold", "cpcv"; found "kfold"'],
    [{ kind: "cpcv", n_groups: 2 }, "splits.n_groups: must be at least 3; found 2"],
    [{ kind: "cpcv", n_groups: 21 }, "splits.n_groups: must be at most 20; found 21"],
    [{ kind: "cpcv", k_test: 0 }, "splits.k_test: must be at least 1; found 0"],
    [{ kind: "cpcv", n_groups: 5, k_test: 5 }, 'splits.k_test: must be below n_groups "5"; found "5"'],
    [{ kind: "cpcv", n_groups: 12, k_test: 3 }, 'splits.n_groups: "12" groups of which "3" are tested make "220" splits; at most "100"'],
    [{ kind: "cpcv", splits: 5 }, 'splits.splits: unknown key "splits"'],
  ])("refuses %j and says why", (splits, issue) => {
    expect(refusal(splits)).toContain(`INVALID_PARAM ${issue}`);
  });

  it("takes as many splits as are allowed", () => {
    // C(14, 2) = 91, C(15, 2) = 105; C(20, 19) = 20.
    expect(refusal({ kind: "cpcv", n_groups: 14, k_test: 2 })).toBe("accepted");
    expect(refusal({ kind: "cpcv", n_groups: 20, k_test: 19 })).toBe("accepted");
    expect(refusal({ kind: "cpcv", n_groups: 15, k_test: 2 })).toContain("105");
  });
});

describe("splitsOf", () => {
  it("gives the classic number and its object one meaning", () => {
    expect(splitsOf({ splits: 7, embargo_bars: 2 })).toEqual(splitsOf({ splits: { kind: "walk_forward", splits: 7 }, embargo_bars: 2 }));
    expect(splitsOf({ splits: { kind: "cpcv", n_groups: 8, k_test: 2 }, embargo: 0.01 })).toMatchObject({ n_groups: 8, embargo: 0.01 });
  });

  it("refuses both forms of the embargo", () => {
    expect(() => splitsOf({ splits: 5, embargo: 0.01, embargo_bars: 2 })).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });
});

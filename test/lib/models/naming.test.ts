import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HORIZONS, MODEL_CADENCES } from "#lib/models/model-config.schema.ts";
import { modelName, parseModelName } from "#lib/models/naming.ts";

const spy = { ticker: "SPY", asset_type: "opt", horizon: "0dte", cadence: "hourly" } as const;

describe("modelName", () => {
  it.each([
    [spy, "spy_opt_0dte_hourly"],
    [{ ...spy, algo: "gbm" }, "spy_opt_0dte_hourly"],
    [{ ...spy, algo: "xgb" }, "spy_opt_0dte_hourly_xgb"],
    [{ ...spy, variant: "v2" }, "spy_opt_0dte_hourly_v2"],
    [{ ...spy, algo: "prior", variant: "v2" }, "spy_opt_0dte_hourly_prior_v2"],
    [{ ...spy, ticker: "BRK.B" }, "brk_b_opt_0dte_hourly"],
    [{ ...spy, ticker: "^GSPC" }, "gspc_opt_0dte_hourly"],
  ])("names %j %s", (parts, id) => {
    expect(modelName(parts)).toBe(id);
  });

  it.each(["../x", "a/b", "A", "a b", "x".repeat(60)])("refuses the variant %j", (variant) => {
    expect(() => modelName({ ...spy, variant })).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });
});

describe("parseModelName", () => {
  it("has no parts for a free id", () => {
    expect(parseModelName("my_best_model")).toBeUndefined();
  });

  it("gives back what the name was made of", () => {
    const parts = fc.record({
      ticker: fc.stringMatching(/^[A-Z]{1,5}$/),
      asset_type: fc.constantFrom("eq" as const, "opt" as const),
      horizon: fc.constantFrom(...HORIZONS),
      cadence: fc.constantFrom(...MODEL_CADENCES),
      variant: fc.option(fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/), { nil: undefined }),
    });
    fc.assert(
      fc.property(parts, ({ variant, ...rest }) => {
        expect(parseModelName(modelName({ ...rest, variant }))).toEqual({ ...rest, suffix: variant });
      }),
    );
  });
});

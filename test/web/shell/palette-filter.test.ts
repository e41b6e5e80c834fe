import { describe, expect, it } from "vitest";
import { paletteFit } from "../../../web/src/shell/palette-filter.ts";

describe("the palette's search", () => {
  it("finds what has every word, and nothing that has its letters only", () => {
    expect(paletteFit("Sharpe ratio", "ratio sharpe")).toBeGreaterThan(0);
    expect(paletteFit("Trained models published paused", "sharpe")).toBe(0);
    expect(paletteFit("spx_eq_swing_daily model swingsigma SPX", "spx momentum")).toBe(0);
  });

  it("puts the start of a name before the start of a word before the middle of one", () => {
    const [name, word, middle] = ["daily close", "spx_eq_swing_daily", "nondaily"].map((entry) => paletteFit(entry, "daily"));
    expect(name).toBeGreaterThan(word!);
    expect(word).toBeGreaterThan(middle!);
    expect(middle).toBeGreaterThan(0);
  });

  it("shows everything before anything is typed", () => {
    expect(paletteFit("Dashboard", " ")).toBe(1);
  });
});

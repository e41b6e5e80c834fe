import { describe, expect, it } from "vitest";
import {
  luckInWords,
  overfittingInWords,
  selectionInWords,
  trialsInWords,
  warningInWords,
} from "../../../../web/src/pages/sweeps/sweep-words.ts";

describe("trialsInWords", () => {
  const counts = { variants: 27, distinct: 15, trials: 16, failed_variants: 0, below_min_trades: 0, below_min_sharpe: 0 };

  it("counts tries, and what of them is not ranked", () => {
    expect(trialsInWords(counts)).toBe("27 variants evaluated, 15 with returns of their own; 16 trials so far.");
    expect(trialsInWords({ ...counts, failed_variants: 1, below_min_trades: 3, below_min_sharpe: 27 })).toContain(
      "1 variant could not be evaluated. 3 not ranked for too few trades. 27 not ranked for too low a Sharpe ratio.",
    );
  });
});

describe("luckInWords and overfittingInWords", () => {
  it("say what was found", () => {
    expect(luckInWords({ dsr_best: 0.279, luck_sharpe: 0.519 })).toBe(
      "The highest probability of any variant to be better than the luckiest of all trials is 0.28. Without any skill the best of so many unrelated tries would show a Sharpe ratio of 0.52.",
    );
    expect(overfittingInWords({ pbo: 0.165, p_oos_loss: 0.26 })).toContain("In 16.5% of the splits");
    expect(overfittingInWords({ pbo: 0.6, p_oos_loss: null })).toContain("Choosing among these variants adds nothing.");
  });

  it("say why nothing is known", () => {
    expect(luckInWords({ dsr_best: null, luck_sharpe: null })).toContain("too few returns");
    expect(overfittingInWords({ pbo: null, p_oos_loss: null })).toContain("ten variants");
  });
});

describe("selectionInWords", () => {
  it("names the rule", () => {
    const row = { params: { threshold_mode: "edge", threshold: 0.1, hold_bars: 5 }, composition: null };
    expect(selectionInWords("plateau_centre", row)).toBe("edge ≥ 0.1, hold 5, the center of the best plateau");
    expect(selectionInWords("best_score", { ...row, composition: { label: "aggressive" } })).toBe(
      "aggressive: edge ≥ 0.1, hold 5, the best score",
    );
  });
});

describe("warningInWords", () => {
  it("leaves an unknown code readable", () => {
    expect(warningInWords("pbo_above_half")).toContain("PBO above one half");
    expect(warningInWords("some_new_code")).toBe("some new code.");
  });
});

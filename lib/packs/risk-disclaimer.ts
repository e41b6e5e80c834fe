import type { RiskBudget } from "../policies/risk-budget.schema.ts";
import type { Pack } from "./pack.schema.ts";

type Stated = Pick<Pack, "supported_instruments" | "horizons" | "tags" | "vibe"> & { readonly gates: Pick<RiskBudget, "max_drawdown_pct"> };

/**
 * What can go wrong with a pack's models, in sentences that follow from its settings: nobody writes them, so none is
 * forgotten, and none is milder than the settings are.
 */
export function riskDisclaimer({ supported_instruments, horizons, tags, vibe, gates }: Stated): string {
  const sentences = [
    "Models of this pack can lose money; past results, also those that pass the gate, promise nothing, and nothing here is advice.",
  ];
  if (gates.max_drawdown_pct !== undefined)
    sentences.push(`Its gate lets results pass that lost up to ${gates.max_drawdown_pct} % from a peak, and losses to come may be larger.`);
  if (supported_instruments.includes("options"))
    sentences.push(
      horizons.includes("0dte")
        ? "Options that expire the same day often expire worthless: the whole premium is at risk every day."
        : "Bought options can expire worthless: the whole premium is at risk.",
    );
  if (horizons.includes("overnight")) sentences.push("Prices jump between the close and the open, and no stop works in between.");
  if (supported_instruments.includes("stocks") && tags.direction !== "long_only")
    sentences.push("Short sales can lose more than was put in.");
  const { leverage } = vibe.risk_appetite;
  if (leverage > 1) sentences.push(`Positions of up to ${leverage} times the capital multiply losses as they do gains.`);
  if (tags.risk === "aggressive") sentences.push("It is tagged aggressive: only for money that you can do without.");
  return sentences.join(" ");
}

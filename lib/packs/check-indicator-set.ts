import { planIndicators } from "../indicators/plan.ts";
import { resolveIndicator } from "../indicators/resolve.ts";
import type { DefinitionCode } from "./coherence-rules.ts";
import { type Finding, finding, throwErrors } from "./finding.ts";
import type { IndicatorEntry } from "./indicator-set.schema.ts";
import { countedIndicators, MAX_INDICATORS, MIN_INDICATORS } from "./pack-limits.ts";

/**
 * Whether models of a pack can use a set of indicators that is not the pack's own.
 *
 * @throws INDICATOR_UNKNOWN | INVALID_PARAM for an entry that is none; MODEL_INVALID for one that is not in the pack's menu,
 *   or for too few or too many
 */
export function checkIndicatorSet(
  name: string,
  entries: readonly IndicatorEntry[],
  pack: { readonly id: string; readonly indicators: readonly { readonly name: string }[] },
): void {
  planIndicators(entries);
  const names = entries.map((entry) => resolveIndicator(entry).name);
  const menu = pack.indicators.map((item) => item.name);
  const strangers = [...new Set(names)].filter((indicator) => !menu.includes(indicator));
  const count = countedIndicators(names);
  const objectTo = (code: DefinitionCode, reason: string, remedy: string): Finding =>
    finding(code, "indicators", reason, remedy, "MODEL_INVALID");
  const findings = strangers.map((indicator) =>
    objectTo(
      "indicator_not_in_menu",
      `"${indicator}" is not in the menu of pack "${pack.id}".`,
      "Remove it, or use a pack that offers it.",
    ),
  );
  if (count < MIN_INDICATORS || count > MAX_INDICATORS)
    findings.push(
      objectTo(
        "indicator_count",
        `The set has "${count}" indicators; ${MIN_INDICATORS} to ${MAX_INDICATORS} are allowed.`,
        count < MIN_INDICATORS ? "Add some." : "Take some out: more invite overfitting.",
      ),
    );
  throwErrors(findings, `Set "${name}"`);
}

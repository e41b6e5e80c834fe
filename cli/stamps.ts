import type { Paint } from "./paint.ts";

/** What a reader must know before the numbers, in the order of its weight. */
const WORDS: Readonly<Record<string, string>> = {
  simulated: "SIMULATED",
  SIMULATED: "SIMULATED",
  UNPROVEN: "UNPROVEN",
  replay: "REPLAY",
  price_return_only: "price return only (no dividends)",
  not_tradable: "NOT TRADABLE (an index)",
  survivorship_biased: "SURVIVORSHIP BIASED",
  repriced: "REPRICED",
  research_only: "RESEARCH ONLY (nobody can trade this)",
  trains_on_later_rows: "TRAINED ON LATER ROWS TOO",
  imported_model_training_rows_unknown: "IMPORTED MODEL (its training rows are unknown)",
};

/** The marks of a result in words: `SIMULATED, UNPROVEN`; empty when there are none. */
export function marks(stamps: readonly string[]): string {
  return [...new Set(stamps.map((stamp) => WORDS[stamp] ?? stamp))].join(", ");
}

/** A line of its own above a result; no line when there is nothing to say. */
export function marksLine(stamps: readonly string[], paint: Paint): string[] {
  const said = marks(stamps);
  return said === "" ? [] : [paint(["yellow", "bold"], `Marks: ${said}`)];
}

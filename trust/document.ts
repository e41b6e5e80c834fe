import type { Scale, Section } from "./experiment.ts";
import { table } from "./markdown.ts";

export interface Titled {
  readonly title: string;
  readonly section: Section;
}

/** Text of docs/trust.md: no time and no machine is in it, so equal code writes equal text. */
export function trustDocument(version: string, scale: Scale, sections: readonly Titled[]): string {
  const claims = sections.flatMap(({ section }) => section.claims);
  return [
    "# Trust, demonstrated",
    "",
    "<!-- Written by `npm run trust`. Do not edit. -->",
    "",
    "    npm run trust              # everything; goes on where it was stopped (`.trust/`); writes this file",
    "    npm run trust -- --quick   # a minute or two, part of the tests; prints, writes nothing",
    "",
    `Code version \`${version}\`${scale === "quick" ? ", quick run" : ""}. Every history is drawn from a stated seed (1 to n of its group); equal code gives equal tables.`,
    "All results come from the product's own steps (matrix build with its blocking checks, plan, fold fits, variants, judge and gate with the ledger), called in the",
    "order of the state machines over stores in memory.",
    "",
    "## What is claimed",
    "",
    table(
      ["Claim", "Found", ""],
      claims.map(({ says, found, holds }) => [says, found, holds ? "holds" : "**does not hold**"]),
    ),
    "",
    ...sections.flatMap(({ title, section }) => [`## ${title}`, "", section.text, ""]),
    "## What this does not prove",
    "",
    "- Markets can fool a method in ways that simulated noise cannot: regimes, crowding, costs that grow with size. A PASS says that luck alone is an unlikely explanation, no more.",
    "- The shares hold for one model on one series. Who tries many models or many symbols multiplies the chance of a lucky one: the ledger counts the trials of a model, not",
    "  those that were made elsewhere or on another symbol.",
    "- Planted edges are of one kind and stay what they are. Real ones fade.",
    "- These experiments were chosen, too. The planted rules and the small model were settled on pilot runs, among them the usual daily model, which found a rule of Sharpe",
    "  ratio 1.0 in none of five histories; the negative control stood on planted histories first, where 5 of 74 draws passed, and stands on the index since; the",
    "  single-class case was a rising market first, and a variant of it passed (see the next point). ADR 31 has the whole list.",
    "- Residual returns take the market out by one beta for all sessions. A variant that is mostly idle and sometimes short has a negative beta, and a market that only",
    "  rises then credits its idle sessions: such a variant passed with a net Sharpe ratio of .6 to .9. Read the net ratio beside the residual one.",
    "",
  ].join("\n");
}

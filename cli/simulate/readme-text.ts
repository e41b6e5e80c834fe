import { formatDate } from "#lib/core/time.ts";
import { wrap } from "../format.ts";
import type { FilesOrder } from "./files-order.ts";
import type { WrittenFile } from "./folder.ts";

const WIDTH = 100;

/** What whoever finds the folder must know, first of all that nothing in it is real. */
export function readmeText({ sessions, symbols, format }: FilesOrder, files: readonly WrittenFile[], statement: string): string {
  const kinds = new Set(files.map(({ path }) => path.split("/")[0]!));
  return [
    "SIMULATED DATA",
    "==============",
    "",
    wrap(statement, WIDTH),
    "",
    wrap(
      `Every table has a column "simulated" whose value is 1. ${symbols.length === 1 ? symbols[0]! : `${symbols.length} symbols`}, sessions ${formatDate(sessions[0]!)} to ${formatDate(sessions.at(-1)!)}, ${files.length} files, ${format === "csv" ? "CSV" : "Parquet"}. simulation.json says how to make the same bytes again.`,
      WIDTH,
    ),
    "",
    "Times are UTC, prices raw US dollars as traded, unknown values empty (Parquet: NaN).",
    ...[...kinds].flatMap((kind) => (FILES[kind] === undefined ? [] : [wrap(`- ${FILES[kind]}`, WIDTH)])),
    "",
  ].join("\n");
}

const FILES: Readonly<Record<string, string>> = {
  bars: "bars/SYMBOL_cadence: ts is the bar's start; price x adj_factor is continuous across splits and dividends.",
  chains:
    "chains/SYMBOL/session: the market at each bar's end; known_at is when a row was known. Right: C or P (Parquet: 1 or -1); theta a calendar day, vega a volatility point.",
  open_interest: "open_interest/SYMBOL/session: open interest as of the session's open.",
  option_bars: "option_bars/SYMBOL/session_expiry: one-minute bars of each contract, exactly what the tape's trades sum to.",
  tape: "tape/SYMBOL/session_...: trades and quotes; kind 0 regular, 1 leg of a spread, 2 reported late, 3 cross; true_side 1 = the buyer took, -1 = the seller took.",
  "actions.csv": "actions.csv: splits (new shares for an old one) and dividends (dollars a share) by ex-date.",
  "universe.csv": "universe.csv: first session, first session after the last, and what a holder got after the last close.",
};

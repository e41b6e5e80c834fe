import type { Cadence } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { type DateNumber, formatDate } from "#lib/core/time.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { listedExpiries } from "#lib/market-data/simulate/options/expiries.ts";
import type { DateWindow, MarketData } from "#lib/ports/market-data.ts";
import type { Progress } from "../progress.ts";
import type { FilesOrder } from "./files-order.ts";
import { beginFolder, FOLDER_FORM, FOLDER_MARK, type NewFolder, type WrittenFile } from "./folder.ts";
import type { FileKind } from "./order.ts";
import { readmeText } from "./readme-text.ts";
import {
  barsTable,
  chainsTable,
  openInterestTable,
  optionBarsTable,
  optionQuotesTable,
  optionTradesTable,
  underlyingQuotesTable,
  underlyingTradesTable,
} from "./tables.ts";

export interface FilesResult {
  readonly files: readonly WrittenFile[];
  readonly statement: string;
}

/** Sessions whose chains are asked for at once: open interest is worked out from the listing on, each time. */
const CHAIN_BATCH = 20;

/**
 * Writes simulated data to a folder, all or nothing, with a README that says what it is.
 *
 * @throws CONFLICT | STORE_READ_ONLY | STORE_FULL as `beginFolder`; DATA_UNAVAILABLE for what a symbol does not have
 */
export async function writeFiles(data: MarketData, order: FilesOrder, progress: Progress): Promise<FilesResult> {
  requireOptions(order);
  const folder = await beginFolder(order.folder, order.format, order.force);
  try {
    const steps = stepsOf(data, order, folder);
    let { statement } = order.source;
    for (const [i, { message, run }] of steps.entries()) {
      progress.step({ step: "write", message, done: i, expected: steps.length });
      statement = (await run()) ?? statement;
    }
    await folder.writeText("README.txt", readmeText(order, folder.files, statement));
    await folder.writeText(FOLDER_MARK, `${canonicalJson(descriptionOf(order, folder.files, statement))}\n`);
    await folder.finish();
    return { files: folder.files, statement };
  } catch (error) {
    await folder.abandon();
    throw error;
  } finally {
    progress.end();
  }
}

/** Kinds that only what has options has. */
const OPTION_KINDS: readonly FileKind[] = ["chains", "option_bars"];

/** The symbols of an order that asks for option data and that have none: only their other kinds are written. */
export const withoutOptions = ({ kinds, symbols, source }: Pick<FilesOrder, "kinds" | "symbols" | "source">): readonly string[] =>
  kinds.some((kind) => OPTION_KINDS.includes(kind)) ? symbols.filter((symbol) => !source.hasOptions(symbol)) : [];

function requireOptions(order: FilesOrder): void {
  const { symbols } = order;
  if (withoutOptions(order).length < symbols.length) return;
  throw new SigmaError(
    "DATA_UNAVAILABLE",
    `None of "${symbols.slice(0, 8).join(",")}" has options. In a simulated market the market itself and its first ten stocks have, such as SIMMKT and SIM00: ` +
      `name one of them, or leave out the kinds ${OPTION_KINDS.join(" and ")}.`,
    { symbols: symbols.slice(0, 8) },
  );
}

interface Step {
  readonly message: string;
  readonly run: () => Promise<string | undefined>;
}

function stepsOf(data: MarketData, order: FilesOrder, folder: NewFolder): Step[] {
  const { kinds, symbols } = order;
  const steps: Step[] = [];
  for (const symbol of symbols) {
    if (kinds.includes("bars")) steps.push(...barSteps(data, order, folder, symbol));
    const hasOptions = order.source.hasOptions(symbol);
    if (kinds.includes("chains") && hasOptions) steps.push(...chainSteps(data, order, folder, symbol));
    for (const session of order.sessions.filter((date) => order.source.isListed(symbol, date))) {
      if (kinds.includes("option_bars") && hasOptions) steps.push(optionBarStep(data, order, folder, symbol, session));
      if (kinds.includes("tape")) steps.push(tapeStep(data, order, folder, symbol, session));
    }
  }
  if (kinds.includes("actions")) steps.push(textStep("actions.csv", folder, () => order.source.actionsCsv(symbols)));
  if (kinds.includes("universe")) steps.push(textStep("universe.csv", folder, () => order.source.universeCsv()));
  return steps;
}

function barSteps(data: MarketData, order: FilesOrder, folder: NewFolder, symbol: string): Step[] {
  return order.cadences.map((cadence) => ({
    message: `${symbol} ${cadence} bars`,
    async run() {
      const { bars, facts } = await data.bars({ ...order.source.request, symbol, cadence, window: windowOf(order.sessions) });
      await folder.writeTable(`bars/${fileName(symbol)}_${cadence}`, barsTable(bars));
      return facts.simulation?.statement;
    },
  }));
}

/** The window of just these sessions. */
function windowOf(sessions: readonly DateNumber[]): DateWindow {
  const last = NYSE.sessionIndex(sessions.at(-1)!);
  return { start: formatDate(sessions[0]!), end: last + 1 < NYSE.sessionCount ? formatDate(NYSE.sessionAt(last + 1)) : null };
}

function chainSteps(data: MarketData, order: FilesOrder, folder: NewFolder, symbol: string): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < order.sessions.length; at += CHAIN_BATCH) {
    const batch = order.sessions.slice(at, at + CHAIN_BATCH);
    steps.push({
      message: `${symbol} chains from ${formatDate(batch[0]!)}`,
      async run() {
        const asked = { symbol, window: windowOf(batch), cadence: coarsest(order.cadences) };
        const { snapshots, facts } = await data.optionChains({ ...order.source.request, ...asked });
        for (const session of batch) {
          const chains = snapshots.filter(({ sessionDate }) => sessionDate === session);
          await folder.writeTable(`open_interest/${fileName(symbol)}/${formatDate(session)}`, openInterestTable(chains));
          await folder.writeTable(`chains/${fileName(symbol)}/${formatDate(session)}`, chainsTable(chains));
        }
        return facts.simulation?.statement;
      },
    });
  }
  return steps;
}

/** Chains are as frequent as the largest bars that were asked for: every minute's would fill a disk. */
const coarsest = (cadences: readonly Cadence[]): Cadence => (cadences.includes("daily") ? "daily" : cadences.at(-1)!);

function optionBarStep(data: MarketData, order: FilesOrder, folder: NewFolder, symbol: string, session: DateNumber): Step {
  return {
    message: `${symbol} option bars of ${formatDate(session)}`,
    async run() {
      for (const expiry of expiriesOf(order, symbol, session)) {
        const bars = await data.optionBars({ ...order.source.request, symbol, session, expiry });
        await folder.writeTable(`option_bars/${fileName(symbol)}/${formatDate(session)}_${formatDate(expiry)}`, optionBarsTable(bars));
      }
      return undefined;
    },
  };
}

function tapeStep(data: MarketData, order: FilesOrder, folder: NewFolder, symbol: string, session: DateNumber): Step {
  return {
    message: `${symbol} tape of ${formatDate(session)}`,
    async run() {
      const place = `tape/${fileName(symbol)}/${formatDate(session)}`;
      const underlying = await data.underlyingTape({ ...order.source.request, symbol, session });
      await folder.writeTable(`${place}_trades`, underlyingTradesTable(underlying));
      await folder.writeTable(`${place}_quotes`, underlyingQuotesTable(underlying));
      for (const expiry of order.source.hasOptions(symbol) ? expiriesOf(order, symbol, session) : []) {
        const tape = await data.optionTape({ ...order.source.request, symbol, session, expiry });
        await folder.writeTable(`${place}_options_${formatDate(expiry)}_trades`, optionTradesTable(tape));
        await folder.writeTable(`${place}_options_${formatDate(expiry)}_quotes`, optionQuotesTable(tape));
      }
      return undefined;
    },
  };
}

function expiriesOf({ allExpiries, source }: FilesOrder, symbol: string, session: DateNumber): DateNumber[] {
  const dates = listedExpiries(session, source.expiryRule(symbol)).map(({ date }) => date);
  return allExpiries ? dates : dates.slice(0, 1);
}

function textStep(path: string, folder: NewFolder, text: () => string): Step {
  return {
    message: path,
    async run() {
      await folder.writeText(path, text());
      return undefined;
    },
  };
}

/** A colon stands in no file name of every system. */
const fileName = (symbol: string): string => symbol.replaceAll(":", "_");

function descriptionOf(
  { source, sessions, symbols, cadences, kinds, format }: FilesOrder,
  files: readonly WrittenFile[],
  statement: string,
) {
  return {
    form: FOLDER_FORM,
    mark: "SIMULATED",
    statement,
    simulation: source.document,
    first_session: formatDate(sessions[0]!),
    last_session: formatDate(sessions.at(-1)!),
    symbols: [...symbols],
    cadences: [...cadences],
    kinds: [...kinds],
    format,
    files: files.map(({ path, rows, bytes }) => ({ path, rows, bytes })),
  };
}

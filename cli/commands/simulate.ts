import { resolve } from "node:path";
import { type DateNumber, formatDate, parseDate, sessionDateOf } from "#lib/core/time.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { simulationStatement } from "#lib/market-data/simulate/simulation-statement.ts";
import { saveSimulation } from "#lib/market-data/simulate/simulation-store.ts";
import type { MarketData } from "#lib/ports/market-data.ts";
import { type Answer, command } from "../command.ts";
import { UsageError } from "../failure.ts";
import { bytes, count } from "../format.ts";
import type { Session } from "../session.ts";
import type { FilesOrder } from "../simulate/files-order.ts";
import { cadenceList, FILE_FORMATS, FILE_KINDS, type FileKind, namedSimulation, wordList } from "../simulate/order.ts";
import { type SimulationSource, sourceOf, stocksOf } from "../simulate/source.ts";
import { withoutOptions, writeFiles } from "../simulate/write-files.ts";
import { renderFacts } from "../table.ts";
import { oneOf, wholeNumber } from "../values.ts";

/** Sessions that are written when nothing else is said: the last so many. */
const DEFAULT_SESSIONS = 20;

export const dataSimulate = command({
  name: "data simulate",
  description: "Seeded data whose truth is known, marked SIMULATED: register a market or an edge under a name, or write files",
  localOnly: "it writes files on this machine",
  args: {
    name: { type: "string", valueHint: "CALM", description: "Register a simulation: its symbols are SIM:NAME, SIM:NAME:00 and so on" },
    "edge-sharpe": {
      type: "string",
      valueHint: "1.0",
      description: "With --name: one series with an edge of this Sharpe ratio instead of a market",
    },
    out: { type: "string", valueHint: "folder", description: "Write files into a new folder" },
    symbols: { type: "string", valueHint: "SIMMKT,SIM00", description: "What to write (default: the market; stocks = all stocks of it)" },
    cadence: {
      type: "string",
      valueHint: "daily,1m",
      description: "Bar sizes to write (default: daily); with --edge-sharpe daily or hourly",
    },
    kinds: { type: "string", valueHint: FILE_KINDS.join(","), description: "Kinds of files to write (default: bars)" },
    format: { type: "string", valueHint: FILE_FORMATS.join("|"), description: "Of the tables (default: csv)" },
    "all-expiries": { type: "boolean", description: "Option bars and tape of every listed expiry instead of the next one" },
    seed: { type: "string", valueHint: "1", description: "Which world" },
    start: { type: "string", valueHint: "2024-01-02", description: "First session" },
    sessions: {
      type: "string",
      valueHint: "20",
      description: `How many sessions (files: ${DEFAULT_SESSIONS}, the last ones without --start)`,
    },
    set: {
      type: "string",
      valueHint: "path=value",
      description: "With --name: any other parameter, such as flow.impact=0; may be given several times",
    },
    force: { type: "boolean", description: "Replace a simulation of that name, or a folder of simulated data" },
  },
  repeatable: ["set"],
  examples: [
    "sigma data simulate --name SHARPE1 --edge-sharpe 1.0 --sessions 3780 --seed 7",
    "sigma data simulate --name CALM --set annual_volatility=0.1 --set jumps.per_year=0",
    "sigma data simulate --out sim --symbols SIMMKT,SIM00 --cadence daily,1m --kinds bars,chains,option_bars --sessions 5",
  ],
  async run({ session, args, all }) {
    if (args.name === undefined && args.out === undefined) throw new UsageError('"sigma data simulate" needs --name, --out, or both.');
    if (args.name === undefined && (args["edge-sharpe"] !== undefined || all("set").length > 0))
      throw new UsageError("--edge-sharpe and --set describe a simulation: give it a --name.");
    const name = args.name?.toUpperCase();
    const registered = name === undefined ? undefined : await register(session, name, args, all("set"));
    const written = args.out === undefined ? undefined : await write(session, name ?? null, args, args.out);
    return joined(registered, written);
  },
});

interface Options {
  readonly out?: string | undefined;
  readonly "edge-sharpe"?: string | undefined;
  readonly symbols?: string | undefined;
  readonly cadence?: string | undefined;
  readonly kinds?: string | undefined;
  readonly format?: string | undefined;
  readonly "all-expiries"?: boolean | undefined;
  readonly seed?: string | undefined;
  readonly start?: string | undefined;
  readonly sessions?: string | undefined;
  readonly force?: boolean | undefined;
}

async function register(session: Session, name: string, args: Options, settings: readonly string[]): Promise<Answer> {
  const { ports } = await session.local();
  const edgeSharpe = args["edge-sharpe"];
  // What is said of the files alone does not describe the market that they are of.
  const ofFiles = args.out !== undefined && edgeSharpe === undefined;
  const simulation = namedSimulation({
    name,
    edgeSharpe,
    seed: args.seed,
    start: args.start,
    sessions: ofFiles && args.start === undefined ? undefined : args.sessions,
    cadence: ofFiles ? undefined : args.cadence,
    settings,
  });
  // Also refuses what cannot be simulated, before anything is stored.
  const statement = simulationStatement(simulation);
  const outcome = await saveSimulation(ports.artifacts, session.owner, simulation, args.force === true);
  const symbol = `SIM:${name}`;
  return {
    document: { simulation: { outcome, symbol, mark: "SIMULATED", statement, ...simulation } },
    text: [
      `${symbol} (SIMULATED): ${outcome === "unchanged" ? "was there already, unchanged" : outcome}`,
      statement,
      `Next: sigma models create --ticker ${name} --provider simulated --symbol ${symbol} --template swing_eq_daily --workspace simulated`,
    ].join("\n"),
  };
}

async function write(session: Session, name: string | null, args: Options, out: string): Promise<Answer> {
  const { ports } = await session.local();
  const asked = symbolsOf(name, args.symbols);
  const seed = args.seed === undefined || name !== null ? undefined : wholeNumber("seed", args.seed, 0, Number.MAX_SAFE_INTEGER);
  const source = await sourceOf(ports.artifacts, { owner: session.owner, symbols: asked.map(({ symbol }) => symbol), seed });
  const cadences = cadenceList(args.cadence ?? "daily");
  const kinds: readonly FileKind[] = wordList("kinds", args.kinds ?? "bars", FILE_KINDS);
  const folder = resolve(out);
  const sessions = await sessionsOf(ports.marketData, source, asked[0]!.symbol, args);
  // Of all stocks, those that were listed then; one that was asked for by name is refused where it has nothing.
  const symbols = asked
    .filter(({ symbol, named }) => named || sessions.some((date) => source.isListed(symbol, date)))
    .map(({ symbol }) => symbol);
  const order: FilesOrder = {
    folder,
    force: args.force === true,
    format: oneOf("format", args.format ?? "csv", FILE_FORMATS),
    kinds,
    symbols,
    cadences,
    sessions,
    allExpiries: args["all-expiries"] === true,
    source,
  };
  const { files, statement } = await writeFiles(ports.marketData, order, session.progress("simulate"));
  const without = withoutOptions(order);
  return {
    document: { folder, mark: "SIMULATED", statement, sessions: sessions.length, files },
    text: [
      `SIMULATED data written to ${folder}`,
      renderFacts([
        ["Sessions", `${formatDate(sessions[0]!)} to ${formatDate(sessions.at(-1)!)}`],
        ["Files", count(files.length)],
        ["Rows", count(files.reduce((sum, file) => sum + file.rows, 0))],
        ["Size", bytes(files.reduce((sum, file) => sum + file.bytes, 0))],
      ]),
      ...(without.length === 0 ? [] : [`Without options, so without files of them: ${without.join(", ")}`]),
      statement,
    ].join("\n"),
  };
}

interface AskedSymbol {
  readonly symbol: string;
  /** Asked for by its own name, not as one of all stocks. */
  readonly named: boolean;
}

function symbolsOf(name: string | null, text: string | undefined): readonly AskedSymbol[] {
  const found = new Map<string, AskedSymbol>();
  for (const part of (text ?? (name === null ? "SIMMKT" : `SIM:${name}`)).split(",").map((word) => word.trim())) {
    const named = part !== "stocks";
    for (const symbol of named ? [part.toUpperCase()] : stocksOf(name))
      found.set(symbol, { symbol, named: named || found.get(symbol)?.named === true });
  }
  return [...found.values()];
}

/** The sessions that the options mean, of those that the first symbol has. */
async function sessionsOf(
  data: MarketData,
  source: SimulationSource,
  symbol: string,
  { start, sessions }: Options,
): Promise<readonly DateNumber[]> {
  const { bars } = await data.bars({ ...source.request, symbol, cadence: "daily", window: { start: null, end: null } });
  const known = Array.from(bars.start, sessionDateOf);
  const wanted = sessions === undefined ? DEFAULT_SESSIONS : wholeNumber("sessions", sessions, 1, known.length);
  if (start === undefined) return known.slice(-wanted);
  const first = parseDate(start, "start");
  const found = known.filter((date) => date >= first).slice(0, wanted);
  if (found.length > 0) return found;
  throw new SigmaError(
    "INVALID_PARAM",
    `start must lie in ${formatDate(known[0]!)} to ${formatDate(known.at(-1)!)}, where "${symbol}" has sessions; found "${start}".`,
    { field: "start" },
  );
}

function joined(registered: Answer | undefined, written: Answer | undefined): Answer {
  const parts = [registered, written].filter((part) => part !== undefined);
  return { document: Object.assign({}, ...parts.map(({ document }) => document)), text: parts.map(({ text }) => text).join("\n\n") };
}

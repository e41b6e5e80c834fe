import { CADENCES, type Cadence } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { formatDate, parseDate } from "#lib/core/time.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { type Simulation, SimulationSchema } from "#lib/market-data/simulate/simulation.schema.ts";
import { UsageError } from "../failure.ts";
import { applySettings, numberOf, oneOf, wholeNumber } from "../values.ts";

/** Kinds of files that can be written. */
export const FILE_KINDS = ["bars", "actions", "universe", "chains", "option_bars", "tape"] as const;
export type FileKind = (typeof FILE_KINDS)[number];
export const FILE_FORMATS = ["csv", "parquet"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** What the options of `sigma data simulate` say about a simulation to be registered. */
export interface NamedOptions {
  readonly name: string;
  readonly edgeSharpe: string | undefined;
  readonly seed: string | undefined;
  readonly start: string | undefined;
  readonly sessions: string | undefined;
  readonly cadence: string | undefined;
  readonly settings: readonly string[];
}

/**
 * The simulation that the options describe: an edge where a Sharpe ratio is given, else a market.
 *
 * @throws UsageError for a value that cannot be read; INVALID_PARAM for one that the simulation refuses
 */
export function namedSimulation(options: NamedOptions): Simulation {
  const { edgeSharpe } = options;
  const spec: Parameters<typeof applySettings>[0] = edgeSharpe === undefined ? marketParts(options) : edgeParts(options, edgeSharpe);
  applySettings(spec, options.settings);
  const document =
    edgeSharpe === undefined
      ? { schema_version: 1, name: options.name, spec: { kind: "market", market: spec } }
      : { schema_version: 1, name: options.name, spec: { kind: "edge", edge: spec } };
  return parseOr("INVALID_PARAM", SimulationSchema, document, "The simulation");
}

function edgeParts({ seed, start, sessions, cadence }: NamedOptions, edgeSharpe: string): Parameters<typeof applySettings>[0] {
  return {
    annual_sharpe: numberOf("edge-sharpe", edgeSharpe),
    ...seedPart(seed),
    ...(start === undefined ? {} : { first_date: start }),
    ...(sessions === undefined ? {} : { sessions: wholeNumber("sessions", sessions, 1, 10_000) }),
    ...(cadence === undefined ? {} : { cadence: oneOf("cadence", cadence, ["daily", "hourly"]) }),
  };
}

function marketParts({ seed, start, sessions, cadence }: NamedOptions): Parameters<typeof applySettings>[0] {
  if (cadence !== undefined) throw new UsageError("A market has every cadence: --cadence belongs to --edge-sharpe or to --out.");
  if (sessions !== undefined && start === undefined) throw new UsageError("--sessions of a market counts from --start; give both.");
  const parts = { ...seedPart(seed), ...(start === undefined ? {} : { first_date: start }) };
  if (sessions === undefined) return parts;
  const first = parseDate(start!, "start");
  const before = NYSE.isSession(first) ? NYSE.sessionIndex(first) - 1 : NYSE.sessionIndex(NYSE.previousSession(first));
  const last = NYSE.sessionAt(before + wholeNumber("sessions", sessions, 2, NYSE.sessionCount));
  return { ...parts, last_date: formatDate(last) };
}

const seedPart = (seed: string | undefined): { seed?: number } =>
  seed === undefined ? {} : { seed: wholeNumber("seed", seed, 0, Number.MAX_SAFE_INTEGER) };

/** Words of an option that takes several of a few, such as `daily,hourly`. */
export function wordList<T extends string>(option: string, text: string, words: readonly T[]): readonly T[] {
  return [...new Set(text.split(",").map((part) => oneOf(option, part.trim(), words)))];
}

export const cadenceList = (text: string): readonly Cadence[] => wordList("cadence", text, CADENCES);

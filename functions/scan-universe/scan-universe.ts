import type { PriceSeries } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { sha256OfJson } from "#lib/core/digest.ts";
import { mapConcurrently } from "#lib/core/map-concurrently.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, formatDate, parseDate, sessionDateOf } from "#lib/core/time.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { Universe } from "#lib/market-data/universe.schema.ts";
import { membersOn } from "#lib/market-data/universe.ts";
import { readUniverse } from "#lib/market-data/universe-store.ts";
import { unknownName } from "#lib/packs/finding.ts";
import type { IndicatorSet } from "#lib/packs/indicator-set.schema.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import type { BarsRequest, MarketData } from "#lib/ports/market-data.ts";
import { rankMembers, type ScanRule, unknownRanks } from "#lib/scan/rank-members.ts";
import { MAX_SCANNED, type Scan, type ScanRequest, ScanRequestSchema } from "#lib/scan/scan.schema.ts";
import type { StepPorts } from "../shared/ports.ts";
import { type MemberReading, scanMember, scanNeeds } from "./scan-member.ts";

/** Milliseconds after which a scan gives up: a request must be answered. */
const BUDGET_MS = 20_000;
/** Members that are read at a time; each holds its bars meanwhile. */
const AT_ONCE = 4;

type Ports = Pick<StepPorts, "artifacts" | "metadata" | "marketData" | "clock" | "builtinPacks" | "codeVersion">;
type Scanner = IndicatorSet & { readonly scan: ScanRule };

/**
 * Route `POST /scan`: the members of a universe in the order of a scanner's rule, in the request. A member is looked at as of its
 * last closed bar with what was known then, and who is a member is asked of the scan's own date.
 */
export const createScanUniverse =
  (ports: Ports) =>
  async (owner: string, body: unknown): Promise<Scan> => {
    const request = parseOr("INVALID_PARAM", ScanRequestSchema, body, "The scan request");
    const packs = createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata });
    const { resolved } = await packs.get(owner, request.pack_id);
    const scanner = scannerNamed(resolved, request);
    const universe = await universeNamed(ports, owner, request.universe);
    const { session, cutMs } = momentOf(request.as_of, ports.clock.now());
    const symbols = membersOn(universe, session);
    requireScannable(symbols, universe, session);

    const needs = scanNeeds(request, scanner.indicators);
    const marketData = rememberingOthers(ports.marketData, new Set(symbols));
    const until = ports.clock.now() + BUDGET_MS;
    const readings = await mapConcurrently(symbols, AT_ONCE, (symbol, done) => {
      if (ports.clock.now() > until) throw tookTooLong(done, symbols.length);
      const window = { start: null, end: formatDate(dayAfter(session)) };
      return scanMember({ ...ports, marketData }, owner, { request, entries: scanner.indicators, needs, symbol, window, cutMs });
    });
    return scanOf({ request, resolved, scanner, universe, session, cutMs, codeVersion: ports.codeVersion }, readings);
  };

function scannerNamed({ indicatorSets, pack }: ResolvedPack, { set, cadence }: ScanRequest): Scanner {
  const scanners = [...indicatorSets].flatMap(([name, { scan }]) => (scan === undefined ? [] : [name]));
  const found = indicatorSets.get(set);
  if (found?.scan === undefined) throw unknownName("INVALID_PARAM", "set", `scanner of pack "${pack.id}"`, set, scanners);
  if (pack.cadences.includes(cadence)) return { ...found, scan: found.scan };
  throw unknownName("INVALID_PARAM", "cadence", `cadence of pack "${pack.id}"`, cadence, pack.cadences);
}

async function universeNamed({ artifacts }: Ports, owner: string, name: string): Promise<Universe> {
  const universe = await readUniverse(artifacts, owner, name);
  if (universe !== undefined) return universe;
  throw new SigmaError("NOT_FOUND", `There is no universe "${name}". Bring it with: sigma data universe import --file F.`, {
    universe: name,
  });
}

/** The scan's session, whose members are looked at, and the moment after which nothing is known. */
function momentOf(asOf: string | null, now: number): { readonly session: DateNumber; readonly cutMs: number } {
  const today = sessionDateOf(now);
  const wanted = asOf === null ? today : parseDate(asOf, "as_of");
  if (wanted > today)
    throw new SigmaError("INVALID_PARAM", `as_of is "${asOf}", which lies after today, ${formatDate(today)}.`, { field: "as_of" });
  const session = NYSE.isSession(wanted) ? wanted : NYSE.previousSession(wanted);
  return { session, cutMs: Math.min(now, NYSE.closeOf(session)) };
}

function requireScannable(symbols: readonly string[], { name }: Universe, session: DateNumber): void {
  const on = formatDate(session);
  if (symbols.length === 0)
    throw new SigmaError("UNPROCESSABLE", `The universe "${name}" has no member on ${on}. Choose another date with as_of.`, {
      universe: name,
      date: on,
    });
  if (symbols.length > MAX_SCANNED)
    throw new SigmaError(
      "UNPROCESSABLE",
      `The universe "${name}" has "${symbols.length}" members on ${on}; a scan looks at ${MAX_SCANNED} at most. Scan a smaller universe.`,
      { universe: name, members: symbols.length, limit: MAX_SCANNED },
    );
}

const tookTooLong = (done: number, members: number): SigmaError =>
  new SigmaError(
    "TIMEOUT",
    `The scan read "${done}" of "${members}" members in ${BUDGET_MS / 1000} s. What was read is kept where the provider's history is cached: ask again, or scan a smaller universe.`,
    { done, members },
  );

/** Bars of symbols that every member's indicators read, such as a benchmark's, are read once a scan. */
function rememberingOthers(marketData: MarketData, members: ReadonlySet<string>): MarketData {
  const known = new Map<string, Promise<PriceSeries>>();
  const bars = (request: BarsRequest): Promise<PriceSeries> => {
    if (members.has(request.symbol)) return marketData.bars(request);
    const key = JSON.stringify([request.provider, request.symbol, request.cadence, request.window, request.seed ?? null]);
    const answer = known.get(key) ?? marketData.bars(request);
    known.set(key, answer);
    return answer;
  };
  return { ...marketData, bars };
}

interface ScanContext {
  readonly request: ScanRequest;
  readonly resolved: ResolvedPack;
  readonly scanner: Scanner;
  readonly universe: Universe;
  readonly session: DateNumber;
  readonly cutMs: number;
  readonly codeVersion: string;
}

/** Ranks what stands on the newest bar; the rest is left out, each with its reason. */
function scanOf(context: ScanContext, readings: readonly MemberReading[]): Scan {
  const { request, resolved, scanner, universe, session, cutMs, codeVersion } = context;
  const read = readings.flatMap((reading) => (reading.kind === "read" ? [reading] : []));
  const newest = read.reduce((latest, { endMs }) => Math.max(latest, endMs), Number.NEGATIVE_INFINITY);
  const leftOut = readings.flatMap((reading) => leftOutOf(reading, newest, scanner.scan));
  const absent = new Set(leftOut.map(({ symbol }) => symbol));
  const ranked = rankMembers(
    read.filter(({ symbol }) => !absent.has(symbol)),
    scanner.scan,
  );
  return {
    schema_version: 1,
    pack_id: request.pack_id,
    set: request.set,
    set_version: scanner.version,
    universe: universe.name,
    universe_fingerprint: universe.fingerprint,
    provider: request.provider,
    cadence: request.cadence,
    members_on: formatDate(session),
    as_of: read.length === 0 ? null : new Date(newest).toISOString(),
    age_sessions: read.length === 0 ? null : sessionsSince(newest, cutMs),
    members: readings.length,
    ranked: ranked.length,
    fulfilled: ranked.filter(({ fulfilled }) => fulfilled).length,
    rank: scanner.scan.rank.map((one) => ({ ...one })),
    stamps: [...new Set([...universe.stamps, ...read.flatMap(({ stamps }) => stamps)])].sort(),
    rows: ranked.slice(0, request.limit).map(({ member, score, fulfilled, conditions }, i) => ({
      rank: i + 1,
      symbol: member.symbol,
      score,
      fulfilled,
      conditions: conditions.map((condition) => ({ ...condition, found: knownOrNull(condition.found) })),
      values: Object.fromEntries([...member.values].map(([column, value]) => [column, knownOrNull(value)])),
      as_of: new Date(member.endMs).toISOString(),
      bars: member.bars,
    })),
    left_out: leftOut,
    lineage: { pack_sha: resolved.packSha, indicator_set_sha: sha256OfJson(scanner), code_version: codeVersion },
  };
}

function leftOutOf(reading: MemberReading, newest: number, rule: ScanRule): Scan["left_out"] {
  const { symbol } = reading;
  if (reading.kind === "left_out") return [{ symbol, reason: reading.reason, detail: reading.detail }];
  if (reading.endMs < newest) {
    const detail = `Its last closed bar ended ${new Date(reading.endMs).toISOString()}, the newest of the scan ${new Date(newest).toISOString()}.`;
    return [{ symbol, reason: "stale", detail }];
  }
  const { bars, neededBars } = reading;
  if (bars < neededBars)
    return [{ symbol, reason: "not_enough_history", detail: `It has ${bars} closed bars; the set needs ${neededBars}.` }];
  const unknown = unknownRanks(reading, rule);
  return unknown.length === 0 ? [] : [{ symbol, reason: "unknown_value", detail: `Unknown at its last bar: ${unknown.join(", ")}.` }];
}

/** Sessions that closed after the one of a moment, up to another moment. */
function sessionsSince(endMs: number, untilMs: number): number {
  const first = sessionDateOf(endMs - 1);
  return NYSE.sessionsBetween(first, dayAfter(sessionDateOf(untilMs))).filter((date) => date > first && NYSE.closeOf(date) <= untilMs)
    .length;
}

const dayAfter = (date: DateNumber): DateNumber => dateOfDayNumber(dayNumberOf(date) + 1);

const knownOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

import type { Json } from "#lib/core/canonical-json.ts";
import { type DateNumber, formatDate } from "#lib/core/time.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { MarketSchema } from "#lib/market-data/simulate/market/market.schema.ts";
import { sessionPosition } from "#lib/market-data/simulate/market/price-path.ts";
import { MARKET_PARTS, type MarketPart, marketSymbolOf, readMarketSymbol } from "#lib/market-data/simulate/market/symbols.ts";
import { createMarketWorld, type MarketWorld } from "#lib/market-data/simulate/market/world.ts";
import type { ExpiryRule } from "#lib/market-data/simulate/options/expiries.ts";
import { hasOptions } from "#lib/market-data/simulate/options/market-options.ts";
import type { Simulation } from "#lib/market-data/simulate/simulation.schema.ts";
import { readSimulation } from "#lib/market-data/simulate/simulation-store.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { DataRequest } from "#lib/ports/market-data.ts";

/** What is written: some series of one simulated market, or one series of another kind. */
export interface SimulationSource {
  /** The part of every request that does not depend on what is asked for. */
  readonly request: Pick<DataRequest, "owner" | "provider" | "seed">;
  /** What makes the data again. */
  readonly document: Json;
  /** What to say where the data say nothing themselves. */
  readonly statement: string;
  expiryRule(symbol: string): ExpiryRule;
  hasOptions(symbol: string): boolean;
  /** Whether the symbol traded in that session. */
  isListed(symbol: string, session: DateNumber): boolean;
  actionsCsv(symbols: readonly string[]): string;
  universeCsv(): string;
}

/**
 * The source of some symbols.
 *
 * @throws INVALID_PARAM when they are not of one simulated market
 */
export async function sourceOf(
  store: ArtifactStore,
  { owner, symbols, seed }: { readonly owner: string; readonly symbols: readonly string[]; readonly seed: number | undefined },
): Promise<SimulationSource> {
  const request = { owner, provider: "simulated", ...(seed === undefined ? {} : { seed }) };
  const markets = new Set(symbols.map((symbol) => readMarketSymbol(symbol)?.name));
  if (markets.size > 1) throw mixed(symbols);
  const [name] = markets;
  const stored = typeof name === "string" ? await readSimulation(store, owner, name) : undefined;
  const world = name === undefined || stored?.spec.kind === "edge" ? undefined : worldOf(name, stored?.spec.market ?? {}, seed);
  return {
    request,
    document: describe(world, stored, { symbols, seed }),
    statement: "SIMULATED data; no market ever traded them.",
    expiryRule: (symbol) => (readMarketSymbol(symbol)?.part.kind === "market" ? "daily" : "weekly"),
    hasOptions: (symbol) => world !== undefined && hasOptions(world.spec, readMarketSymbol(symbol)!.part),
    isListed: (symbol, session) => world === undefined || sessionPosition(world.path(readMarketSymbol(symbol)!.part), session) >= 0,
    actionsCsv: (wanted) => actionsCsv(needed(world, "splits and dividends"), wanted),
    universeCsv: () => universeCsv(needed(world, "universe")),
  };
}

/** Everything that the bytes depend on, but the release. */
function describe(
  world: MarketWorld | undefined,
  stored: Simulation | undefined,
  asked: { readonly symbols: readonly string[]; readonly seed: number | undefined },
): Json {
  if (world !== undefined) return { name: world.name, spec: { kind: "market", market: world.spec } } as unknown as Json;
  if (stored !== undefined) return { name: stored.name, spec: stored.spec } as unknown as Json;
  return { symbols: [...asked.symbols], seed: asked.seed ?? null };
}

/** All stocks of a market. */
export function stocksOf(name: string | null): string[] {
  return MARKET_PARTS.filter((part): part is Extract<MarketPart, { kind: "stock" }> => part.kind === "stock").map((part) =>
    marketSymbolOf(name, part),
  );
}

function worldOf(name: string | null, market: object, seed: number | undefined): MarketWorld {
  const spec = parseOr("INVALID_PARAM", MarketSchema, { ...market, ...(seed === undefined ? {} : { seed }) }, "The simulation");
  return createMarketWorld(name, spec);
}

function needed(world: MarketWorld | undefined, what: string): MarketWorld {
  if (world !== undefined) return world;
  throw new SigmaError("INVALID_PARAM", `kinds: only a simulated market has a ${what}; found a single series. Leave that kind out.`, {
    field: "kinds",
  });
}

function actionsCsv(world: MarketWorld, symbols: readonly string[]): string {
  const lines = ["symbol,ex_date,kind,ratio,amount,simulated"];
  for (const symbol of symbols) {
    for (const { exDate, split, cash } of world.path(readMarketSymbol(symbol)!.part).actions)
      lines.push(`${symbol},${formatDate(exDate)},${cash > 0 ? `dividend,,${cash}` : `split,${split},`},1`);
  }
  return `${lines.join("\n")}\n`;
}

function universeCsv(world: MarketWorld): string {
  const lines = ["symbol,from,to,delisting_return,simulated"];
  for (const { symbol, from, to, delistingReturn } of world.universe())
    lines.push(`${symbol},${formatDate(from)},${to === null ? "" : formatDate(to)},${delistingReturn ?? ""},1`);
  return `${lines.join("\n")}\n`;
}

function mixed(symbols: readonly string[]): SigmaError {
  const issue = "must be of one simulated market, such as SIMMKT,SIM00,SIMVIX";
  return new SigmaError(
    "INVALID_PARAM",
    `symbols ${issue}; found "${symbols.slice(0, 8).join(",")}". Write each market to a folder of its own.`,
    { field: "symbols" },
    { fieldErrors: [{ path: "symbols", issue }] },
  );
}

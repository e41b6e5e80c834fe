import type { PriceSeries, SeriesFacts } from "../../core/bars.ts";
import { type Sha256, sha256OfJson } from "../../core/digest.ts";
import { formatDate } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { BarsRequest, ChainEdition, ChainSeries, ChainsRequest, DateWindow } from "../../ports/market-data.ts";
import { fingerprintOf } from "../fingerprint.ts";
import { fingerprintOfChains } from "../options/chain-table.ts";
import type { MarketSpec } from "./market/market.schema.ts";
import { createRecent } from "./market/recent.ts";
import { type MarketPart, marketSymbolOf } from "./market/symbols.ts";
import { type MarketWorld, sessionsIn } from "./market/world.ts";
import { createPartOptions, type PartOptions } from "./options/market-options.ts";

const MARKET_GENERATOR = "market/1";

/** A market as a provider serves it: with its marks, and with a memory for what was asked last. */
export interface SimulatedMarket {
  bars(part: MarketPart, request: Pick<BarsRequest, "cadence" | "window">): PriceSeries;
  chains(part: MarketPart, request: Pick<ChainsRequest, "cadence" | "window">): ChainSeries | undefined;
  chainEditions(part: MarketPart): readonly ChainEdition[] | undefined;
  /** Undefined for what has neither options nor trades: an index of volatility. */
  options(part: MarketPart): PartOptions | undefined;
}

const KEPT_PARTS = 4;

/** Marks of a part: an index of volatility cannot be bought. */
export const stampsOf = (part: MarketPart): readonly string[] => (part.kind === "index" ? ["not_tradable", "simulated"] : ["simulated"]);

export function createSimulatedMarket(world: MarketWorld): SimulatedMarket {
  const kept = createRecent<PartOptions>(KEPT_PARTS);
  const options = (part: MarketPart): PartOptions | undefined =>
    part.kind === "index" ? undefined : kept.get(marketSymbolOf(world.name, part), () => createPartOptions(world, part));
  const factsOf = (part: MarketPart, fingerprint: Sha256): SeriesFacts => ({
    provider: "simulated",
    fingerprint,
    stamps: stampsOf(part),
    simulation: { generator: MARKET_GENERATOR, seed: world.spec.seed, statement: marketStatementOf(world.spec) },
  });

  return {
    options,
    bars(part, { cadence, window }) {
      const bars = world.bars(part, cadence, window);
      return { bars, facts: factsOf(part, fingerprintOf(bars)) };
    },
    chains(part, { cadence, window }) {
      const path = world.path(part);
      const [from, to] = sessionsIn(path, window);
      const snapshots = from < to ? options(part)?.chains(from, to, cadence) : options(part)?.chains(0, 0, cadence);
      if (snapshots === undefined) return undefined;
      if (snapshots.length === 0) throw noSession(path.symbol, window, path.sessions);
      return { underlying: path.symbol, snapshots, facts: factsOf(part, fingerprintOfChains(snapshots)) };
    },
    chainEditions(part) {
      if (options(part)?.chains(0, 0, "daily") === undefined) return undefined;
      const { sessions } = world.path(part);
      return [{ first: sessions[0]!, last: sessions.at(-1)!, edition: sha256OfJson({ generator: MARKET_GENERATOR, spec: world.spec }) }];
    },
  };
}

function noSession(symbol: string, { start, end }: DateWindow, sessions: readonly number[]): SigmaError {
  const [first, last] = [formatDate(sessions[0]!), formatDate(sessions.at(-1)!)];
  return new SigmaError(
    "DATA_UNAVAILABLE",
    `"simulated" has option chains of ${symbol} from ${first} to ${last}; found no session from "${start}" to before "${end}".`,
    { provider: "simulated", symbol, first, last },
  );
}

/** What is known of a market because it was put there. */
export function marketStatementOf(spec: MarketSpec): string {
  const { seed, annual_volatility, annual_drift, flow, jumps, options } = spec;
  const drift = annual_drift === 0 ? "no drift" : `a drift of ${percent(annual_drift)} a year`;
  const planted =
    flow.impact === 0
      ? "Nothing is planted: returns cannot be predicted."
      : `Planted: the option demand of a half hour foretells the market's return of the next half hour with a correlation of ${flow.impact}, ` +
        "seen through who buys and sells calls and puts. No other return can be predicted.";
  return (
    `SIMULATED market from seed ${seed}; nobody ever traded it. Volatility ${percent(annual_volatility)} a year in the mean, changing and higher ` +
    `after losses, ${jumps.per_year} jumps a year, ${drift}; options are quoted at ${options.premium} times the expected volatility. ${planted}`
  );
}

const percent = (fraction: number): string => `${Math.round(fraction * 1000) / 10} %`;

import { MEMBER_COUNT } from "./members.ts";
import type { VolatilityIndex } from "./volatility-index.ts";

/** Which series of which simulated market a symbol means. */
export interface MarketSymbol {
  /** Null: the market that everybody has. Else the name under which an owner registered one. */
  readonly name: string | null;
  readonly part: MarketPart;
}

export type MarketPart =
  | { readonly kind: "market" }
  | { readonly kind: "index"; readonly index: VolatilityIndex }
  | { readonly kind: "stock"; readonly index: number };

/** Names of simulations that owners register: `SIM:CALM` is the one named CALM. */
export const SIMULATION_NAME = /^[A-Z][A-Z0-9_-]{0,19}$/;

const NAMED_PREFIX = "SIM:";

/** Whether a symbol belongs to a simulation that an owner registered: data of the owner's own. */
export const isNamedSimulation = (symbol: string): boolean => symbol.startsWith(NAMED_PREFIX);

/**
 * Reads a symbol of the simulated market: `SIMMKT`, `SIM00` to `SIM39`, `SIMVIX`, `SIMVIX3M`; of a named one `SIM:CALM`,
 * `SIM:CALM:07`, `SIM:CALM:VIX`, `SIM:CALM:VIX3M`.
 *
 * @returns undefined when it is none
 */
export function readMarketSymbol(symbol: string): MarketSymbol | undefined {
  if (!isNamedSimulation(symbol)) {
    const part = symbol.startsWith("SIM") ? partOf(symbol === "SIMMKT" ? "" : symbol.slice(3)) : undefined;
    return part === undefined || symbol === "SIM" ? undefined : { name: null, part };
  }
  const [name, suffix = "", ...rest] = symbol.slice(NAMED_PREFIX.length).split(":");
  const part = partOf(suffix);
  if (rest.length > 0 || part === undefined || !SIMULATION_NAME.test(name!) || symbol.endsWith(":")) return undefined;
  return { name: name!, part };
}

/** The symbol of a part of a market. */
export function marketSymbolOf(name: string | null, part: MarketPart): string {
  const suffix = part.kind === "market" ? "" : part.kind === "index" ? part.index : memberName(part.index);
  if (name === null) return suffix === "" ? "SIMMKT" : `SIM${suffix}`;
  return suffix === "" ? `${NAMED_PREFIX}${name}` : `${NAMED_PREFIX}${name}:${suffix}`;
}

/** All parts of a market: itself, its volatility indices, its stocks. */
export const MARKET_PARTS: readonly MarketPart[] = [
  { kind: "market" },
  { kind: "index", index: "VIX" },
  { kind: "index", index: "VIX3M" },
  ...Array.from({ length: MEMBER_COUNT }, (_, index): MarketPart => ({ kind: "stock", index })),
];

function partOf(suffix: string): MarketPart | undefined {
  if (suffix === "") return { kind: "market" };
  if (suffix === "VIX" || suffix === "VIX3M") return { kind: "index", index: suffix };
  const index = /^\d\d$/.test(suffix) ? Number(suffix) : MEMBER_COUNT;
  return index < MEMBER_COUNT ? { kind: "stock", index } : undefined;
}

const memberName = (index: number): string => String(index).padStart(2, "0");

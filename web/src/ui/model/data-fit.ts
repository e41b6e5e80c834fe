import type { AnswerOf, RowOf } from "../../data/ask.ts";

export type Offer = AnswerOf<"GET /data">["rows"][number];
export type DataNeeds = NonNullable<RowOf<"GET /model_templates">["needs"]>;
type OfferedSymbol = NonNullable<Offer["symbols"]>[number];

/** Further symbols that a model reads, with who has them. */
export type Others = Readonly<Record<string, { readonly provider: string; readonly symbol: string }>>;

/** A symbol that has everything that a model reads. */
export interface Fit {
  readonly provider: string;
  readonly symbol: string;
  readonly others: Others;
}

const kindsOf = (offer: Offer, symbol: OfferedSymbol): readonly string[] => symbol.kinds ?? offer.kinds;

/** The simulated market's name for a volatility index of the real one. */
const simulatedName = (symbol: string): string => `SIM${symbol}`;

/**
 * What a symbol of a provider lacks of what a model reads, in words; empty when it lacks nothing.
 *
 * @param symbol - undefined for a provider that is asked by symbol: then only its kinds of data are compared
 */
export function lacksOf(needs: DataNeeds, offer: Offer, symbol: OfferedSymbol | undefined): readonly string[] {
  const kinds = symbol === undefined ? offer.kinds : kindsOf(offer, symbol);
  const lacks = needs.data.filter(({ any_of }) => !any_of.some((kind) => kinds.includes(kind))).map(({ what }) => what);
  if (symbol !== undefined && lacks.length === 0 && !symbol.cadences.includes(needs.cadence))
    lacks.push(`bars of ${needs.cadence} cadence`);
  return lacks;
}

/**
 * Who has the further symbols that a model reads: the model's own provider, else another one that is ready, else, for a simulated
 * model, the simulated market's own index. Nothing simulated stands in for real data.
 *
 * @returns those found, and the names of those that nobody has
 */
export function othersFor(
  needs: DataNeeds,
  provider: string,
  offers: readonly Offer[],
): { readonly others: Others; readonly missing: readonly string[] } {
  const others: Record<string, { provider: string; symbol: string }> = {};
  const missing: string[] = [];
  const ready = offers.filter((offer) => offer.needs === null);
  const own = ready.find((offer) => offer.provider === provider);
  for (const { symbol, cadence } of needs.others) {
    const has = (offer: Offer | undefined, name: string): boolean =>
      offer?.symbols?.some((each) => each.symbol === name && each.cadences.includes(cadence)) ?? false;
    const asked = own !== undefined && own.symbols === null;
    if (asked || has(own, symbol)) continue;
    const elsewhere = ready.find((offer) => offer.provider !== "simulated" && has(offer, symbol));
    if (elsewhere !== undefined) others[symbol] = { provider: elsewhere.provider, symbol };
    else if (provider === "simulated" && has(own, simulatedName(symbol))) others[symbol] = { provider, symbol: simulatedName(symbol) };
    else missing.push(symbol);
  }
  return { others, missing };
}

/** The symbols of each ready provider that a model of these needs can run on at once, in the order of the offers. */
export function fitsOf(needs: DataNeeds | null, offers: readonly Offer[]): readonly Fit[] {
  if (needs === null || needs.universe) return [];
  return offers.flatMap((offer) => {
    if (offer.needs !== null || offer.symbols === null) return [];
    const { others, missing } = othersFor(needs, offer.provider, offers);
    if (missing.length > 0) return [];
    return offer.symbols
      .filter((symbol) => lacksOf(needs, offer, symbol).length === 0)
      .map(({ symbol }) => ({ provider: offer.provider, symbol, others }));
  });
}

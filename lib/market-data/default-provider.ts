import type { Cadence } from "../core/bars.ts";
import type { DataKind } from "../ports/market-data.ts";

/** What is looked at of an offer. */
export interface OfferedData {
  readonly provider: string;
  readonly kinds: readonly DataKind[];
  readonly symbols:
    | readonly { readonly symbol: string; readonly cadences: readonly Cadence[]; readonly kinds?: readonly DataKind[] | undefined }[]
    | null;
  readonly needs: string | null;
}

/** What a model reads: bars of its symbol, and option chains where it trades options. */
export interface DataWanted {
  readonly symbol: string;
  readonly cadence: Cadence;
  readonly options: boolean;
}

const PREFERRED: readonly string[] = ["files", "sample"];

/**
 * The provider that a model reads when nobody names one: of those that are ready and have its bars, the one that has its option
 * chains too where it trades options; then the owner's own files, the sample, and the vendors in their order. Simulated data never
 * stand in for real ones.
 *
 * @returns undefined when nobody has the bars
 */
export function defaultProvider(offers: readonly OfferedData[], wanted: DataWanted): string | undefined {
  const rank = ({ provider }: OfferedData): number => [...PREFERRED, provider].indexOf(provider);
  const lacks = (offer: OfferedData): number => (wanted.options && !hasChains(offer, wanted) ? 1 : 0);
  return offers
    .filter((offer) => offer.provider !== "simulated" && offer.needs === null && hasBars(offer, wanted))
    .sort((a, b) => lacks(a) - lacks(b) || rank(a) - rank(b))[0]?.provider;
}

/** A vendor does not list its symbols: it is asked by symbol, and says what it lacks. */
const hasBars = ({ symbols, kinds }: OfferedData, { symbol, cadence }: DataWanted): boolean =>
  symbols === null ? kinds.includes("bars") : symbols.some((one) => one.symbol === symbol && one.cadences.includes(cadence));

const hasChains = ({ symbols, kinds }: OfferedData, { symbol }: DataWanted): boolean =>
  (symbols === null ? kinds : (symbols.find((one) => one.symbol === symbol)?.kinds ?? kinds)).includes("option_chains");

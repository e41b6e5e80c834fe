import type { Cadence, PriceSeries } from "../core/bars.ts";

/** Half-open range of New York session dates, `YYYY-MM-DD`. Null = from the first / to the last known bar. */
export interface DateWindow {
  readonly start: string | null;
  readonly end: string | null;
}

export interface BarsRequest {
  /** Who asks: data that a user brought is visible to its owner only. */
  readonly owner: string;
  readonly provider: string;
  readonly symbol: string;
  readonly cadence: Cadence;
  readonly window: DateWindow;
  /** For a simulated series: which of its worlds. Providers of real data ignore it. */
  readonly seed?: number;
}

/** What a provider can supply, for clear refusals and for `sigma data list`. */
export interface ProviderOffer {
  readonly provider: string;
  readonly description: string;
  readonly symbols: readonly { readonly symbol: string; readonly cadences: readonly Cadence[]; readonly stamps: readonly string[] }[];
}

/** One door to all price data, whatever supplies it. */
export interface MarketData {
  /**
   * @throws DATA_UNAVAILABLE naming the provider, what was asked, and a provider that has it where one does
   * @throws DATA_INVALID when the stored series breaks the rules of bars
   */
  bars(request: BarsRequest): Promise<PriceSeries>;

  offers(owner: string): Promise<readonly ProviderOffer[]>;
}

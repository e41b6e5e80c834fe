import type { Cadence, PriceSeries, SeriesFacts } from "../core/bars.ts";
import type { FlowCells, OptionBars, OptionChain, OptionTape, UnderlyingTape } from "../core/option-data.ts";
import type { DateNumber } from "../core/time.ts";

/** Half-open range of New York session dates, `YYYY-MM-DD`. Null = from the first / to the last known bar. */
export interface DateWindow {
  readonly start: string | null;
  readonly end: string | null;
}

/** Who asks whom for what. */
export interface DataRequest {
  /** Who asks: data that a user brought is visible to its owner only. */
  readonly owner: string;
  readonly provider: string;
  /** Of bars: the symbol. Of options: the underlying. */
  readonly symbol: string;
  /** For a simulated series: which of its worlds. Providers of real data ignore it. */
  readonly seed?: number;
}

export interface BarsRequest extends DataRequest {
  readonly cadence: Cadence;
  readonly window: DateWindow;
}

export interface ChainsRequest extends DataRequest {
  readonly window: DateWindow;
  /**
   * `daily`: open interest as of each morning and the market as of each close; `intraday`: beside those the market at each
   * end of a bar of this cadence.
   */
  readonly cadence: Cadence;
  /** Only contracts that expire in the session that a snapshot is of are looked at: the others may be left out. */
  readonly sameDayOnly?: boolean;
}

/** One session's contracts of one expiry. */
export interface SessionRequest extends DataRequest {
  readonly session: DateNumber;
  readonly expiry: DateNumber;
}

/** What was traded of same-day options, ready by bar and strike. */
export interface FlowRequest extends DataRequest {
  readonly window: DateWindow;
  /** Of the bars that the cells are of. */
  readonly cadence: Cadence;
}

/** Kinds of data, as offers name them. */
export const DATA_KINDS = [
  "bars",
  "index",
  "actions",
  "option_chains",
  "option_bars",
  "option_tape",
  "underlying_tape",
  "flow_cells",
] as const;
export type DataKind = (typeof DATA_KINDS)[number];

/** What a provider has of one symbol. */
export interface OfferedSymbol {
  readonly symbol: string;
  /** Of its bars or index levels; empty when it has neither. */
  readonly cadences: readonly Cadence[];
  /** Absent = whatever the provider's kinds are. */
  readonly kinds?: readonly DataKind[];
  readonly stamps: readonly string[];
}

/** What a provider can supply, for clear refusals and for `sigma data list`. */
export interface ProviderOffer {
  readonly provider: string;
  readonly description: string;
  readonly kinds: readonly DataKind[];
  /** Known symbols; null = the provider has too many to list and is asked by symbol. */
  readonly symbols: readonly OfferedSymbol[] | null;
  /** What must be set before it answers, such as a key in the secret store; null when it is ready. */
  readonly needs: string | null;
  /** How often the vendor may be asked, as the plan that is set says; absent = nobody is asked across a network. */
  readonly requestsPerMinute?: number;
}

/** Chain snapshots of one underlying, ascending by the moment they were known. */
export interface ChainSeries {
  readonly underlying: string;
  readonly snapshots: readonly OptionChain[];
  readonly facts: SeriesFacts;
}

/** Which data the chains of a span of sessions are made of; both ends are included. Another edition may give other chains. */
export interface ChainEdition {
  readonly first: DateNumber;
  readonly last: DateNumber;
  /** Up to 64 characters. */
  readonly edition: string;
}

/** Flow cells of one underlying. */
export interface FlowSeries {
  readonly cells: FlowCells;
  readonly facts: SeriesFacts;
}

/** One door to all market data, whatever supplies it. */
export interface MarketData {
  /**
   * @throws DATA_UNAVAILABLE naming the provider, what was asked, and a provider that has it where one does
   * @throws DATA_INVALID when the stored series breaks the rules of bars
   */
  bars(request: BarsRequest): Promise<PriceSeries>;

  /** @throws as `bars` */
  optionChains(request: ChainsRequest): Promise<ChainSeries>;

  /**
   * What the chains of an underlying are made of, ascending; no chain is read. Outside the spans there are no chains. Undefined
   * when the provider does not say: then nothing that was worked out of its chains may be kept for later.
   */
  chainEditions?(request: DataRequest): Promise<readonly ChainEdition[] | undefined>;

  /** One-minute bars of a session's contracts. An empty session is a value, not an error. @throws as `bars` */
  optionBars(request: SessionRequest): Promise<OptionBars>;

  /** Trades and quotes of a session's contracts. @throws as `bars` */
  optionTape(request: SessionRequest): Promise<OptionTape>;

  /** Trades and quotes of the symbol itself over one session. @throws as `bars` */
  underlyingTape(request: Omit<SessionRequest, "expiry">): Promise<UnderlyingTape>;

  /**
   * Flow that somebody summed already. Undefined when the provider has none ready: it can then be summed from option bars or
   * trades.
   *
   * @throws DATA_UNAVAILABLE when there is no such provider, or it has flow but none in the window
   */
  flowCells?(request: FlowRequest): Promise<FlowSeries | undefined>;

  offers(owner: string): Promise<readonly ProviderOffer[]>;
}

import type { Bars, Cadence } from "../core/bars.ts";
import type { OptionBars, OptionChain, OptionTape, UnderlyingTape } from "../core/option-data.ts";
import type { DateNumber } from "../core/time.ts";
import type { ProviderOffer } from "../ports/market-data.ts";
import type { CorporateAction } from "./actions.ts";

/** Something a vendor gave, and up to when its answer is complete. */
export interface Supplied<T> {
  readonly data: T;
  /** UTC milliseconds: everything that happened before is in it. Earlier than now when the vendor's data come late. */
  readonly knownTo: number;
}

/** What holds for all data of a symbol. */
export interface SymbolTraits {
  /** Sorted, such as `not_tradable`. */
  readonly stamps: readonly string[];
  /** Whether there can be splits and dividends. */
  readonly hasActions: boolean;
  /** How long after its end a daily bar is published, in milliseconds. */
  readonly publishedAfterMs: number;
}

/** Everything that is known of a symbol's corporate actions, past and announced. */
export interface ActionHistory {
  readonly actions: readonly CorporateAction[];
  /** False when the vendor does not tell the dividends. */
  readonly dividendsKnown: boolean;
}

export interface BarsQuery {
  readonly symbol: string;
  readonly cadence: Cadence;
  /** First and last session, both included. */
  readonly first: DateNumber;
  readonly last: DateNumber;
}

export interface ContractsQuery {
  readonly symbol: string;
  readonly session: DateNumber;
  readonly expiry: DateNumber;
}

/**
 * A vendor across the network, as it is asked: by ranges of sessions, uncached, prices raw. Whoever caches what it gives
 * decides what is history. Methods that are absent mean that the vendor has nothing of the kind.
 */
export interface HistorySource {
  readonly name: string;
  /** Where copies of its data are kept: one name for each feed, so that two feeds never mix. */
  readonly store: string;
  offer(): Promise<ProviderOffer>;
  /** Undefined for a symbol that the vendor does not know how to name. */
  traits(symbol: string): SymbolTraits | undefined;
  /** The first session that may be asked for. */
  firstSession(symbol: string, cadence: Cadence): Promise<DateNumber>;
  /** Finished bars only, inside sessions; factor 1 throughout. No bar is an answer. */
  bars(query: BarsQuery): Promise<Supplied<Bars>>;
  actions?(symbol: string): Promise<ActionHistory>;
  /** The market of a session that is under way or has just ended, as of now. */
  currentChain?(symbol: string, session: DateNumber): Promise<OptionChain>;
  /** What can still be said of the chains of past sessions, in the order of the sessions. */
  pastChains?(symbol: string, sessions: readonly DateNumber[]): Promise<readonly OptionChain[]>;
  /** What all its chains leave out. */
  readonly chainStamps?: readonly string[];
  /** What past chains lack beside that. */
  readonly pastChainStamps?: readonly string[];
  /** Undefined when the vendor no longer says which contracts there were. */
  optionBars?(query: ContractsQuery): Promise<Supplied<OptionBars> | undefined>;
  optionTape?(query: ContractsQuery): Promise<Supplied<OptionTape>>;
  underlyingTape?(query: Omit<ContractsQuery, "expiry">): Promise<Supplied<UnderlyingTape>>;
}

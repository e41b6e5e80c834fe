import type { PriceSeries } from "../../core/bars.ts";
import type { OptionBars, OptionTape, UnderlyingTape } from "../../core/option-data.ts";
import type {
  BarsRequest,
  ChainEdition,
  ChainSeries,
  ChainsRequest,
  DataRequest,
  FlowRequest,
  FlowSeries,
  ProviderOffer,
  SessionRequest,
} from "../../ports/market-data.ts";

/**
 * One supplier of market data. A method that is absent means that it has nothing of that kind; `undefined` means that it does
 * not have what was asked. The door in front of all providers turns both into a refusal that names who has it.
 */
export interface DataProvider {
  readonly name: string;
  offer(owner: string): Promise<ProviderOffer>;
  /** May return more than the window: the door cuts. */
  bars?(request: BarsRequest): Promise<PriceSeries | undefined>;
  optionChains?(request: ChainsRequest): Promise<ChainSeries | undefined>;
  /** See `MarketData`: a promise that the same edition gives the same chains. */
  chainEditions?(request: DataRequest): Promise<readonly ChainEdition[] | undefined>;
  optionBars?(request: SessionRequest): Promise<OptionBars | undefined>;
  optionTape?(request: SessionRequest): Promise<OptionTape | undefined>;
  /** Flow that is ready by bar and strike. Cut to the window. */
  flowCells?(request: FlowRequest): Promise<FlowSeries | undefined>;
  underlyingTape?(request: Omit<SessionRequest, "expiry">): Promise<UnderlyingTape | undefined>;
}

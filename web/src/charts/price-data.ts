/** A bar of prices; its time is a session's date, or milliseconds UTC of an intraday bar's start. */
export interface PriceBar {
  readonly time: string | number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** A trade with the bracket that it carried. */
export interface PriceTrade {
  readonly side: "long" | "short";
  readonly entryTime: string | number;
  readonly entryPrice: number;
  readonly exitTime: string | number;
  readonly exitPrice: number;
  readonly stop?: number | null;
  readonly target?: number | null;
  /** Net, a fraction. */
  readonly return?: number | null;
}

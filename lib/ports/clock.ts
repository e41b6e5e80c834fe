/** Where "now" comes from. Nothing else in the product reads a clock. */
export interface Clock {
  /** UTC milliseconds. */
  now(): number;
}

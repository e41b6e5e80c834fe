/** What everything that is made of gamma and open interest says about time and missing data. */
export const EXPOSURE_NOTE =
  "Read from the latest snapshot with open interest (the morning's) and volatilities, quotes or gammas that was known at the row's end, of the row's session or the one before; NaN when older, when the snapshot is refused, or when the gamma of more than 40 % of its open interest is unknown. Gamma is the source's where it computed one, else Black-Scholes-Merton's at the strike's volatility.";

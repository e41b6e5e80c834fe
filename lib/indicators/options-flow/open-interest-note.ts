/** What everything that is made of open interest says about time and missing data. */
export const OPEN_INTEREST_NOTE =
  "Open interest is the morning's, never the same day's end, from the latest snapshot with open interest that was known at the row's end, of the row's session or the one before; NaN when older or when the snapshot is refused. Contracts whose open interest is unknown are left out.";

import type { PriceSeries } from "../core/bars.ts";
import { sha256 } from "../core/digest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { parseCsvBars } from "./csv-bars.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** The sample series' symbol: the S&P 500 index, daily, 2000-01-03 to 2020-04-17. */
export const SAMPLE_SYMBOL = "SPX";

/** SHA-256 and rows of `sp500-2000.csv` in the pinned release of its package. */
export const SAMPLE_SHA256 = "9409e9342d0657c747324e4cfabce8a8c7f663bc485b95a3378f36b0a160f8c8";
const SAMPLE_ROWS = 5105;

/** An index cannot be bought, and its level leaves dividends out. */
export const SAMPLE_STAMPS: readonly string[] = ["not_tradable", "price_return_only"];

/**
 * Reads the sample series from the bytes of its CSV file. The file is read as it is: every row obeys the rules of bars,
 * nothing is repaired. Its opens of 2000-2007 and 2011-2013 mostly repeat the previous close, which the matrix's
 * quality report says (`stale_open`); its adjusted close equals its close.
 *
 * @throws DATA_INVALID when the bytes are not the pinned file
 */
export function readSampleSeries(bytes: Uint8Array): PriceSeries {
  const found = sha256(bytes);
  if (found !== SAMPLE_SHA256) {
    throw new SigmaError(
      "DATA_INVALID",
      `The sample data was changed: expected SHA-256 "${SAMPLE_SHA256}", found "${found}". Run "npm ci" to restore the package.`,
      { expected: SAMPLE_SHA256, found },
    );
  }
  const { bars } = parseCsvBars(bytes, { symbol: SAMPLE_SYMBOL, cadence: "daily", name: "sp500-2000.csv" });
  if (bars.length !== SAMPLE_ROWS) {
    throw new SigmaError("DATA_INVALID", `The sample data should have "${SAMPLE_ROWS}" rows; found "${bars.length}".`, {
      expectedRows: SAMPLE_ROWS,
      foundRows: bars.length,
    });
  }
  return { bars, facts: { provider: "sample", fingerprint: fingerprintOf(bars), stamps: SAMPLE_STAMPS, simulation: null } };
}

import { createHash } from "node:crypto";
import type { Bars } from "../core/bars.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import type { Sha256 } from "../core/digest.ts";

/** The columns of a series, in their stored order. */
export const SERIES_COLUMNS = ["start", "end", "open", "high", "low", "close", "volume", "factor"] as const;

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** The NaN that 0/0 gives differs between processors; a digest must not. */
const CANONICAL_NAN = 0x7ff8000000000000n;

/**
 * The data's identity: SHA-256 over a header (cadence, column names, length) and the columns as little-endian float64.
 * Equal numbers have equal fingerprints, whatever file, compression or symbol they came under.
 */
export function fingerprintOf(bars: Bars): Sha256 {
  const header = canonicalJson({ version: 1, cadence: bars.cadence, columns: SERIES_COLUMNS, length: bars.length });
  const hash = createHash("sha256").update(`sigma-bars:${header}\n`);
  for (const column of SERIES_COLUMNS) hash.update(littleEndianBytes(bars[column]));
  return hash.digest("hex") as Sha256;
}

function littleEndianBytes(values: Float64Array): Uint8Array {
  const copy = Float64Array.from(values);
  const words = new BigUint64Array(copy.buffer);
  for (let i = 0; i < copy.length; i++) if (Number.isNaN(values[i])) words[i] = CANONICAL_NAN;
  const bytes = new Uint8Array(copy.buffer);
  if (!LITTLE_ENDIAN) for (let i = 0; i < bytes.length; i += 8) bytes.subarray(i, i + 8).reverse();
  return bytes;
}

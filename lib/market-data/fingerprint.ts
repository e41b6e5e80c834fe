import { createHash } from "node:crypto";
import type { Bars } from "../core/bars.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import { canonicalBytes } from "../core/canonical-nan.ts";
import type { Sha256 } from "../core/digest.ts";

/** The columns that every series has, in their stored order. */
export const SERIES_COLUMNS = ["start", "end", "open", "high", "low", "close", "volume", "factor"] as const;

type NumberColumn = (typeof SERIES_COLUMNS)[number] | "availableAt";

/** The columns of a series, in their stored order: `availableAt` comes last, where the series has it. */
export const columnsOf = (bars: Bars): readonly NumberColumn[] =>
  bars.availableAt === undefined ? SERIES_COLUMNS : [...SERIES_COLUMNS, "availableAt"];

/**
 * The data's identity: SHA-256 over a header (cadence, column names, length) and the columns as little-endian float64.
 * Equal numbers have equal fingerprints, whatever file, compression or symbol they came under.
 */
export function fingerprintOf(bars: Bars): Sha256 {
  const columns = columnsOf(bars);
  const header = canonicalJson({ version: 1, cadence: bars.cadence, columns, length: bars.length });
  const hash = createHash("sha256").update(`sigma-bars:${header}\n`);
  for (const column of columns) hash.update(canonicalBytes(bars[column]!));
  return hash.digest("hex") as Sha256;
}

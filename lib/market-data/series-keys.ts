import { CADENCES, type Cadence } from "../core/bars.ts";
import { SymbolSchema } from "../core/ids.ts";
import { SigmaError } from "../errors/sigma-error.ts";

/**
 * Where an owner's series lie: `owners/<owner>/data/files/<symbol>/<cadence>/`.
 *
 * @throws INVALID_PARAM when owner, symbol or cadence cannot be part of a key
 */
export function seriesPrefix(owner: string, symbol: string, cadence: Cadence): string {
  const prefix = symbolPrefix(owner, "files", symbol);
  if (!CADENCES.includes(cadence)) throw invalid("cadence", cadence, `must be one of ${CADENCES.join(", ")}`);
  return `${prefix}${cadence}/`;
}

/**
 * Where all of an owner's data of one symbol lie: `owners/<owner>/data/<store>/<symbol>/`. Characters of a symbol that a
 * key may not have are written as `=` and two hex digits.
 *
 * @param store - `files`, or where a vendor's data are kept
 * @throws INVALID_PARAM when owner or symbol cannot be part of a key
 */
export function symbolPrefix(owner: string, store: string, symbol: string): string {
  if (!SymbolSchema.safeParse(symbol).success) {
    throw invalid("symbol", symbol, "must be 1 to 32 characters of A-Z, 0-9, ^ and . : _ -, in upper case");
  }
  const segment = symbol.replace(/[^A-Z0-9._-]/g, (character) => `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
  return `${dataPrefix(owner, store)}${segment}/`;
}

/** Prefix of all series that an owner imported. @throws INVALID_PARAM when the owner cannot be part of a key */
export const ownerPrefix = (owner: string): string => dataPrefix(owner, "files");

/** Prefix of all data of an owner in one store. @throws INVALID_PARAM when the owner cannot be part of a key */
export function dataPrefix(owner: string, store: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(owner))
    throw invalid("owner", owner, "must be 1 to 128 characters of A-Z, a-z, 0-9, _ and -");
  return `owners/${owner}/data/${store}/`;
}

/** Key of the manifest, which names the file that holds the bars. */
export function manifestKey(owner: string, symbol: string, cadence: Cadence): string {
  return `${seriesPrefix(owner, symbol, cadence)}manifest.json`;
}

function invalid(field: string, found: string, issue: string): SigmaError {
  return new SigmaError(
    "INVALID_PARAM",
    `${field} ${issue}; found ${JSON.stringify(String(found).slice(0, 80))}.`,
    { field },
    { fieldErrors: [{ path: field, issue }] },
  );
}

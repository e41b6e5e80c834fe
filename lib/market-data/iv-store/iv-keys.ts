import { SigmaError } from "../../errors/sigma-error.ts";
import type { Tenor } from "../../options/chain/iv-measures.ts";
import { SESSION_IV_VERSION } from "../../options/chain/session-iv-version.ts";
import type { DataRequest } from "../../ports/market-data.ts";
import { symbolPrefix } from "../series-keys.ts";

/** Folder of the store in an owner's data. */
export const IV_FOLDER = "iv";

/** One series of the store: whose, from whom, of what, at which tenor. */
export interface IvSeriesId extends DataRequest {
  readonly tenor: Tenor;
}

/**
 * Key of one year of a series: `owners/<owner>/data/iv/<provider>/<symbol>/atm_iv.30.auto.v1/2024.json`. The version of the
 * definition is part of it, so numbers of two definitions never meet.
 *
 * @throws INVALID_PARAM when a part cannot be part of a key
 */
export function ivYearKey({ owner, provider, seed, symbol, tenor }: IvSeriesId, year: number): string {
  if (!/^[a-z0-9_]{1,32}$/.test(provider)) throw invalid("provider", provider);
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) throw invalid("seed", seed);
  if (!(Number.isInteger(tenor.days) && tenor.days >= 0) || !/^[a-z]{1,16}$/.test(tenor.source))
    throw invalid("tenor", JSON.stringify(tenor));
  if (!(Number.isInteger(year) && year >= 1990 && year <= 9999)) throw invalid("year", year);
  const store = `${IV_FOLDER}/${provider}${seed === undefined ? "" : `.${seed}`}`;
  return `${symbolPrefix(owner, store, symbol)}atm_iv.${tenor.days}.${tenor.source}.v${SESSION_IV_VERSION}/${year}.json`;
}

function invalid(field: string, found: string | number): SigmaError {
  const shown = JSON.stringify(String(found).slice(0, 80));
  return new SigmaError("INVALID_PARAM", `The ${field} ${shown} cannot name a series of implied volatilities.`, { field });
}

import * as z from "zod";
import type { Cadence } from "../../core/bars.ts";
import type { DateNumber } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { CacheDeps } from "./cache-deps.ts";
import type { CacheKeys } from "./cache-keys.ts";
import { readVault, writeVault } from "./vault.ts";

const SeriesSchema = z.strictObject({ first_session: z.int() });

/**
 * The session that "all there is" begins with. It is found out once and then stays, although the reach of a plan moves on
 * with every day: the same question must keep the same answer.
 */
export async function seriesStart(deps: CacheDeps, keys: CacheKeys, symbol: string, cadence: Cadence): Promise<DateNumber> {
  const { artifacts, source } = deps;
  const key = keys.series(cadence);
  const found = await readVault(artifacts, key, SeriesSchema);
  if (found !== undefined && !("damaged" in found)) return found.header.first_session;
  const first = await source.firstSession(symbol, cadence);
  try {
    await writeVault(artifacts, key, { header: { first_session: first }, files: new Map() }, found);
    return first;
  } catch (error) {
    if (error instanceof SigmaError && error.code === "CONFLICT") return await seriesStart(deps, keys, symbol, cadence);
    throw error;
  }
}

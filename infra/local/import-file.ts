import { readBarsFile } from "#lib/adapters/local/market-data-file.ts";
import type { BarSourceOptions } from "#lib/market-data/bar-builder.ts";
import { type ImportResult, importSeries } from "#lib/market-data/import-series.ts";
import type { LocalSystem } from "./local-system.ts";

/**
 * Brings a user's file of bars into the owner's series: read and checked whole before anything is written.
 *
 * @throws INVALID_PARAM | DATA_INVALID as `readBarsFile`, CONFLICT | STORE_* as `importSeries`
 */
export async function importFile(
  system: LocalSystem,
  owner: string,
  path: string,
  options: BarSourceOptions,
): Promise<ImportResult & { readonly sourceRows: number; readonly droppedRows: number }> {
  const { parsed, source } = await readBarsFile(path, options);
  const { symbol, cadence } = options;
  const result = await importSeries(system.ports.artifacts, { owner, symbol, cadence, parsed, source });
  return { ...result, sourceRows: parsed.sourceRows, droppedRows: parsed.droppedRows };
}

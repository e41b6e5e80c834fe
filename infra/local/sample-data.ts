import { readFile } from "node:fs/promises";
import { sha256 } from "#lib/core/digest.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { SAMPLE_SHA256 } from "#lib/market-data/sample.ts";

/**
 * The sample data's bytes: the S&P 500 file of the `vega-datasets` package, wherever npm put it, verified against its
 * pinned SHA-256.
 *
 * @throws CONFIG_INVALID when the package is not installed or its file was changed
 */
export async function readSampleData(): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    // The package exports no data; its files lie beside its entry point's folder.
    bytes = await readFile(new URL("../data/sp500-2000.csv", import.meta.resolve("vega-datasets")));
  } catch (cause) {
    throw new SigmaError("CONFIG_INVALID", 'The sample data is not installed. Run "npm ci" in the project\'s folder.', {}, { cause });
  }
  const found = sha256(bytes);
  if (found !== SAMPLE_SHA256) {
    throw new SigmaError(
      "CONFIG_INVALID",
      `The sample data was changed: expected SHA-256 "${SAMPLE_SHA256}", found "${found}". Run "npm ci" to restore it.`,
      { expected: SAMPLE_SHA256, found },
    );
  }
  return bytes;
}

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "#lib/core/digest.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { SAMPLE_SHA256 } from "#lib/market-data/sample.ts";

/**
 * The sample series beside the bundle, verified: a damaged deployment must not become a result.
 *
 * @throws CONFIG_INVALID when it is missing or was changed
 */
export async function readBundledSample(): Promise<Uint8Array> {
  const path = join(dirname(fileURLToPath(import.meta.url)), "sp500-2000.csv");
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new SigmaError("CONFIG_INVALID", 'The bundle lacks the sample data "sp500-2000.csv". Deploy it again.', {}, { cause });
  }
  const found = sha256(bytes);
  if (found === SAMPLE_SHA256) return bytes;
  throw new SigmaError(
    "CONFIG_INVALID",
    `The bundle's sample data was changed: expected SHA-256 "${SAMPLE_SHA256}", found "${found}". Deploy it again.`,
    { expected: SAMPLE_SHA256, found },
  );
}

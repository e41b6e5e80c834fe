import type { Cadence } from "../../core/bars.ts";
import { symbolPrefix } from "../series-keys.ts";
import type { PartedKind } from "./parts-manifest.schema.ts";

/**
 * Where data of a kind lie: beside the symbol's series, in a folder of the kind (and cadence, where there is one).
 *
 * @throws INVALID_PARAM when owner or symbol cannot be part of a key
 */
export function partsPrefix(owner: string, symbol: string, kind: PartedKind, cadence: Cadence | null): string {
  return `${symbolPrefix(owner, "files", symbol)}${kind}${cadence === null ? "" : `-${cadence}`}/`;
}

/** Key of the manifest, which names the parts. */
export const partsManifestKey = (owner: string, symbol: string, kind: PartedKind, cadence: Cadence | null): string =>
  `${partsPrefix(owner, symbol, kind, cadence)}manifest.json`;

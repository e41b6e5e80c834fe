import { createHash } from "node:crypto";
import { canonicalJson } from "../core/canonical-json.ts";
import { canonicalBytes } from "../core/canonical-nan.ts";
import type { Sha256 } from "../core/digest.ts";
import type { OptionChain } from "../core/option-data.ts";

const CHAIN_COLUMNS = [
  "strike",
  "expiry",
  "bid",
  "ask",
  "last",
  "volume",
  "openInterest",
  "iv",
  "delta",
  "gamma",
  "theta",
  "vega",
] as const;

/** The identity of chains: SHA-256 over each snapshot's moment, price and columns. Equal numbers have equal fingerprints. */
export function fingerprintOfSnapshots(snapshots: readonly OptionChain[]): Sha256 {
  const hash = createHash("sha256").update(
    `sigma-chains:${canonicalJson({ version: 1, columns: CHAIN_COLUMNS, length: snapshots.length })}\n`,
  );
  for (const chain of snapshots) {
    hash.update(canonicalBytes(Float64Array.of(chain.sessionDate, chain.knownAt, chain.underlyingPrice, chain.length)));
    hash.update(chain.right);
    for (const column of CHAIN_COLUMNS) hash.update(canonicalBytes(chain[column]));
  }
  return hash.digest("hex") as Sha256;
}

import * as z from "zod";
import { CADENCES } from "../../core/bars.ts";
import { SymbolSchema } from "../../core/ids.ts";

const Digest = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hex");

/** Kinds of imported data that are kept in parts by time: they are read a window or a session at a time. */
export const PARTED_KINDS = ["option_chains", "option_bars", "flow_cells"] as const;
export type PartedKind = (typeof PARTED_KINDS)[number];

/** What is known of data that a user brought in parts. Written last: without it the data does not exist. */
export const PartsManifestSchema = z.strictObject({
  schema_version: z.literal(1),
  kind: z.enum(PARTED_KINDS),
  symbol: SymbolSchema,
  cadence: z.enum(CADENCES).nullable().describe("Of flow cells: the bars that they are of; null for others"),
  rows: z.int().min(1),
  first_session: z.string(),
  last_session: z.string(),
  fingerprint: Digest.describe("SHA-256 over the parts' fingerprints"),
  parts: z
    .array(
      z.strictObject({
        first_session: z.string(),
        last_session: z.string(),
        rows: z.int().min(1),
        fingerprint: Digest.describe("SHA-256 over the canonical columns"),
        file: z.strictObject({ key: z.string(), sha256: Digest, bytes: z.int().min(1) }),
      }),
    )
    .min(1)
    .describe("Ascending in time, each a file"),
  source: z.strictObject({ name: z.string(), sha256: Digest, files: z.int().min(1) }).describe("What the user brought"),
  stamps: z.array(z.string()),
  notes: z.array(z.string()).describe("What was left out or is missing"),
});
export type PartsManifest = z.infer<typeof PartsManifestSchema>;

import * as z from "zod";
import { CADENCES } from "../core/bars.ts";
import { SymbolSchema } from "../core/ids.ts";

const Digest = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hex");

/** What is known of a series that a user brought. Written last: without it the series does not exist. */
export const SeriesManifestSchema = z.strictObject({
  schema_version: z.literal(1),
  kind: z.enum(["bars", "index"]).default("bars"),
  symbol: SymbolSchema,
  cadence: z.enum(CADENCES),
  rows: z.int().min(1),
  first_session: z.string(),
  last_session: z.string(),
  fingerprint: Digest.describe("SHA-256 over the canonical columns"),
  file: z.strictObject({ key: z.string(), sha256: Digest, bytes: z.int().min(1) }),
  source: z.strictObject({ name: z.string(), sha256: Digest }).describe("The file that the user brought"),
  available_at: z.string().nullable().default(null).describe("Of an index: the rule by which a row became available"),
  stamps: z.array(z.string()),
  notes: z.array(z.string()).describe("What was left out or is missing"),
});
export type SeriesManifest = z.infer<typeof SeriesManifestSchema>;

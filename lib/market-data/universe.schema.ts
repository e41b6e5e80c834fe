import * as z from "zod";
import { IdSchema, SymbolSchema } from "../core/ids.ts";

const Digest = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hex");
const DateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date written "YYYY-MM-DD"');

/** One stay of a symbol in a universe. */
export const UniverseMemberSchema = z.strictObject({
  symbol: SymbolSchema,
  from: DateText.nullable().default(null).describe("First session of the stay; null = not known"),
  to: DateText.nullable().default(null).describe("First session after the stay; null = still a member"),
  delisting_return: z
    .number()
    .min(-1)
    .nullable()
    .default(null)
    .describe("Return from the last price to what holders got, a fraction; null = not delisted, or not known"),
});
export type UniverseMember = z.infer<typeof UniverseMemberSchema>;

/** Most members of a universe, stays counted one by one. */
export const MAX_MEMBERS = 100_000;

/** A universe as a user writes it in YAML. */
export const UniverseDocumentSchema = z.strictObject({
  name: IdSchema,
  members: z.array(UniverseMemberSchema).min(1).max(MAX_MEMBERS),
});

export type UniverseDocument = z.infer<typeof UniverseDocumentSchema>;

/** A universe as it is stored. */
export const UniverseSchema = z.strictObject({
  schema_version: z.literal(1),
  name: IdSchema,
  members: z.array(UniverseMemberSchema).min(1).max(MAX_MEMBERS).describe("By symbol, then date"),
  fingerprint: Digest.describe("SHA-256 over the members"),
  source: z.strictObject({ name: z.string(), sha256: Digest }),
  stamps: z.array(z.string()).describe("`survivorship_biased` when it is not known since when a member belongs to it"),
  notes: z.array(z.string()),
});
export type Universe = z.infer<typeof UniverseSchema>;

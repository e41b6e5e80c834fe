import * as z from "zod";

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What is known of one session. */
export const IvEntrySchema = z.strictObject({
  session: z.int().min(19900101).max(99991231),
  known_at: z.number().nullable().describe("When the snapshot was known, UTC milliseconds; null = the session has no snapshot"),
  value: z.number().positive().nullable().describe("A fraction a year; null = unknown"),
  chain: digest.nullable().describe("Fingerprint of the snapshot"),
  edition: z.string().min(1).max(128).describe("Which data the provider made the snapshot of"),
  stamps: z.array(z.string()).describe("What must be said of the snapshot"),
  recorded_at: z.number().describe("When it was written, UTC milliseconds"),
});
export type IvEntry = z.infer<typeof IvEntrySchema>;

/** One year of a series, ascending by session. */
export const IvYearSchema = z.strictObject({
  entries: z.array(IvEntrySchema).max(270),
  sha256: digest.describe("Of the entries' canonical JSON"),
});

import { createHash } from "node:crypto";
import * as z from "zod";
import { canonicalJson } from "../core/canonical-json.ts";
import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { RunMetricsSchema } from "../metrics/run-metrics.schema.ts";
import { VariantSchema } from "./variant.schema.ts";

/** What the evaluation of one variant left, without its daily returns. */
export const VariantOutcomeSchema = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("done"),
    variant: VariantSchema,
    metrics: RunMetricsSchema,
    /** SHA-256 of the daily returns: equal vectors are one trial. */
    daily_digest: z.string().regex(/^[0-9a-f]{64}$/),
    trades_digest: z.string().regex(/^[0-9a-f]{64}$/),
    realised_share: z.number().nullable(),
    net_exposure: z.number(),
    ambiguous_bars: z.int().nonnegative(),
    notes: z.array(z.string()),
  }),
  z.strictObject({ status: z.literal("failed"), variant: VariantSchema, code: z.string(), detail: z.string() }),
]);
export type VariantOutcome = z.infer<typeof VariantOutcomeSchema>;

/** One batch's results. A variant that failed has an empty vector. */
export interface VariantPart {
  readonly outcomes: readonly VariantOutcome[];
  /** Net daily returns, one vector for each outcome. */
  readonly daily: readonly Float64Array[];
}

const MAGIC = 0x50564753; // "SGVP", little-endian
const HEADER_BYTES = 16;
const DIGEST_BYTES = 32;

const HeaderSchema = z.strictObject({
  schema_version: z.literal(1),
  outcomes: z.array(VariantOutcomeSchema),
  lengths: z.array(z.int().nonnegative()),
});

/**
 * Bytes of a part: magic, length of the header, canonical JSON header padded to 8 bytes, the daily vectors as
 * little-endian float64, and the SHA-256 of all that.
 */
export function encodeVariantPart({ outcomes, daily }: VariantPart): Uint8Array {
  const header = new TextEncoder().encode(canonicalJson({ schema_version: 1, outcomes, lengths: daily.map((vector) => vector.length) }));
  const start = padded(HEADER_BYTES + header.length);
  const values = daily.reduce((sum, vector) => sum + vector.length, 0);
  const bytes = new Uint8Array(start + values * 8 + DIGEST_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, 1, true);
  view.setUint32(8, header.length, true);
  bytes.set(header, HEADER_BYTES);
  let at = start;
  for (const vector of daily) {
    for (const value of vector) {
      view.setFloat64(at, value, true);
      at += 8;
    }
  }
  bytes.set(digestOf(bytes), at);
  return bytes;
}

/** @throws ARTIFACT_CORRUPT when a byte differs from what was written */
export function decodeVariantPart(bytes: Uint8Array): VariantPart {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length >= HEADER_BYTES + DIGEST_BYTES && view.getUint32(0, true) === MAGIC && view.getUint32(4, true) === 1;
  if (!whole || !digestOf(bytes).every((byte, i) => byte === bytes[bytes.length - DIGEST_BYTES + i])) {
    throw new SigmaError(
      "ARTIFACT_CORRUPT",
      "A stored batch of variants does not match its digest. Resume the sweep with force to evaluate it again.",
    );
  }
  const headerLength = view.getUint32(8, true);
  const text = new TextDecoder().decode(bytes.subarray(HEADER_BYTES, HEADER_BYTES + headerLength));
  const { outcomes, lengths } = parseOr("ARTIFACT_CORRUPT", HeaderSchema, JSON.parse(text), "A stored batch of variants");
  let at = padded(HEADER_BYTES + headerLength);
  const daily = lengths.map((length) => {
    const vector = new Float64Array(length);
    for (let i = 0; i < length; i++) vector[i] = view.getFloat64(at + i * 8, true);
    at += length * 8;
    return vector;
  });
  return { outcomes, daily };
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;

const digestOf = (bytes: Uint8Array): Uint8Array =>
  createHash("sha256")
    .update(bytes.subarray(0, bytes.length - DIGEST_BYTES))
    .digest();

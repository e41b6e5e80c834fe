import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import * as z from "zod";
import type { Clock } from "#lib/ports/clock.ts";

/** Fetches a JSON document; given by the composition root. */
export type FetchJson = (url: string) => Promise<unknown>;

/** The signing keys of one issuer, by key id. */
export interface KeySet {
  find(keyId: string): Promise<KeyObject | undefined>;
}

/** Keys of other kinds or uses are no keys to us. */
const SigningKeySchema = z.object({
  kid: z.string(),
  kty: z.literal("RSA"),
  use: z.literal("sig").optional(),
  alg: z.literal("RS256").optional(),
  n: z.string(),
  e: z.string(),
});
const KeySetSchema = z.object({ keys: z.array(z.unknown()) });

const FRESH_MS = 3_600_000;
/** A made-up key id must not turn every request into a fetch. */
const ASK_AGAIN_MS = 30_000;

/** Reads an issuer's published keys once an hour, and sooner when a token names a key that is not among them. */
export function createKeySet(options: { readonly url: string; readonly fetchJson: FetchJson; readonly clock: Clock }): KeySet {
  const { url, fetchJson, clock } = options;
  let keys = new Map<string, KeyObject>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    const document = KeySetSchema.parse(await fetchJson(url));
    keys = new Map(
      document.keys.flatMap((key) => {
        const parsed = SigningKeySchema.safeParse(key);
        if (!parsed.success) return [];
        const { kid, kty, n, e } = parsed.data;
        return [[kid, createPublicKey({ key: { kty, n, e } satisfies JsonWebKey, format: "jwk" })] as const];
      }),
    );
    readAt = clock.now();
  };

  return {
    async find(keyId) {
      const age = clock.now() - readAt;
      if (age > FRESH_MS || (!keys.has(keyId) && age > ASK_AGAIN_MS)) {
        reading ??= read().finally(() => {
          reading = undefined;
        });
        await reading;
      }
      return keys.get(keyId);
    },
  };
}

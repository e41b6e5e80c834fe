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
/** While the issuer does not answer, its keys are believed this long: it is the issuer who withdraws one. */
const STALE_MS = 6 * FRESH_MS;
/** Neither a made-up key id nor an issuer that is down may turn every request into a fetch. */
const ASK_AGAIN_MS = 30_000;

/** Reads an issuer's published keys once an hour, and sooner when a token names a key that is not among them. */
export function createKeySet(options: { readonly url: string; readonly fetchJson: FetchJson; readonly clock: Clock }): KeySet {
  const { url, fetchJson, clock } = options;
  let keys = new Map<string, KeyObject>();
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
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
      const now = clock.now();
      const wanted = now - readAt > FRESH_MS || !keys.has(keyId);
      const isDue = readAt === Number.NEGATIVE_INFINITY || now - triedAt > ASK_AGAIN_MS;
      if (wanted && (reading !== undefined || isDue)) {
        reading ??= read().finally(() => {
          triedAt = clock.now();
          reading = undefined;
        });
        await reading.catch((error: unknown) => {
          if (!keys.has(keyId) || now - readAt > STALE_MS) throw error;
        });
      } else if (now - readAt > STALE_MS)
        throw new Error("The issuer's keys could not be read. They are asked for again in half a minute.");
      return keys.get(keyId);
    },
  };
}

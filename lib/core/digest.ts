import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";

/** SHA-256 in lower-case hex. */
export type Sha256 = string & { readonly __brand: "Sha256" };

/** Digest of bytes, or of a text's UTF-8 bytes. */
export function sha256(data: Uint8Array | string): Sha256 {
  return createHash("sha256").update(data).digest("hex") as Sha256;
}

/** SHA-256 of a text's UTF-8 bytes in Base64, as a content security policy names a style sheet. */
export function sha256Base64(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

/** Digest of a value's canonical JSON: the identity of a configuration, a request or a run. */
export function sha256OfJson(value: unknown): Sha256 {
  return sha256(canonicalJson(value));
}

/** Whether a text has the form of a digest. Check it before it becomes a key. */
export function isSha256(text: string): text is Sha256 {
  return /^[0-9a-f]{64}$/.test(text);
}

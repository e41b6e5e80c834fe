import type { Json } from "#lib/core/canonical-json.ts";
import { sha256OfJson } from "#lib/core/digest.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ApiDeps } from "../api-deps.ts";
import type { Answer } from "./answer.ts";

const KEY = /^[\x21-\x7e]{1,128}$/;
const KEPT_SECONDS = 24 * 3600;
/** A request that died on the way frees its key after this time; work itself is found again by its content. */
const PENDING_SECONDS = 60;
/** One that lives and takes longer says so again this often. */
const RENEW_MS = 20_000;
/** Larger answers are not kept: the request is then simply done again. */
const MOST_KEPT_BYTES = 300_000;

interface KeyedRequest {
  readonly owner: string;
  /** The `Idempotency-Key` header. */
  readonly key: string | undefined;
  /** What the key stands for; the same key with another request is refused. */
  readonly request: unknown;
}

/**
 * Does a request once for each key and owner: within 24 hours the same key and request get the stored answer.
 *
 * @throws CONFLICT when the key was used for another request, or its first request is still being answered
 * @throws INVALID_PARAM when the key is no printable text of 1 to 128 characters
 */
export async function withIdempotency(
  { ports: { metadata }, now }: Pick<ApiDeps, "ports" | "now">,
  { owner, key, request }: KeyedRequest,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (key === undefined) return work();
  if (!KEY.test(key))
    throw new SigmaError("INVALID_PARAM", "An Idempotency-Key is 1 to 128 printable ASCII characters without spaces.", {
      field: "idempotency-key",
    });
  const record = { pk: `owner#${owner}`, sk: `key#${key}` };
  const digest = sha256OfJson(JSON.parse(JSON.stringify(request)));
  const put = (answer: Stored["answer"], keptSeconds: number, condition: "absent" | "any" | number) =>
    metadata.put("idempotency", { ...record, body: { digest, answer }, expiresAt: Math.floor(now() / 1000) + keptSeconds }, condition);
  let version: number;
  try {
    version = await put(null, PENDING_SECONDS, "absent");
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
    const stored = await metadata.get("idempotency", record);
    if (stored) return replay(key, digest, stored.body as unknown as Stored);
    // It was freed at this very moment; of several that find it so, one gets it.
    version = await put(null, PENDING_SECONDS, "absent");
  }
  const renewal = repeatedly(RENEW_MS, async () => {
    version = await put(null, PENDING_SECONDS, version);
  });
  try {
    const answered = await work();
    await renewal.stop();
    const answer = keptOf(answered);
    if (answer === undefined) await metadata.remove("idempotency", record, "any");
    else await put(answer, KEPT_SECONDS, "any");
    return answered;
  } catch (error) {
    await renewal.stop();
    await metadata.remove("idempotency", record, "any");
    throw error;
  }
}

/** Does something again and again until it is stopped, which waits for what is on its way. What fails is left to the next time. */
function repeatedly(milliseconds: number, work: () => Promise<void>): { stop(): Promise<void> } {
  let last: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(work).catch(() => {});
  }, milliseconds);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      return last;
    },
  };
}

interface Stored {
  readonly digest: string;
  readonly answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly json: Json } | null;
}

function replay(key: string, digest: string, stored: Stored): Answer {
  if (stored.digest !== digest)
    throw new SigmaError("CONFLICT", `The Idempotency-Key ${JSON.stringify(key)} was used for another request. Take a new key.`, { key });
  if (stored.answer === null)
    throw new SigmaError("CONFLICT", `The first request with the Idempotency-Key ${JSON.stringify(key)} is still being answered.`, { key });
  const { status, headers, json } = stored.answer;
  return { status, headers: { ...headers, "idempotency-replayed": "true" }, body: { json } };
}

/** What can be kept of an answer; undefined when it is too large, no JSON, or asks to be asked again. */
function keptOf({ status, headers, body }: Answer): NonNullable<Stored["answer"]> | undefined {
  if (!("json" in body) || "retry-after" in headers) return undefined;
  const text = JSON.stringify(body.json);
  return text.length > MOST_KEPT_BYTES ? undefined : { status, headers, json: JSON.parse(text) as Json };
}

import type * as z from "zod";
import { issueWords } from "../../errors/issue-words.ts";
import { type FieldError, SigmaError } from "../../errors/sigma-error.ts";
import type { VendorRequest } from "../../market-data/vendor-refusal.ts";

/** So many faults of an answer are told. */
const MAX_LISTED_FAULTS = 20;

/**
 * The bytes of an answer, never more than the limit: what is larger is cut off on its way.
 *
 * @throws DATA_INVALID when there are more
 */
export async function readBody(response: Response, maxBytes: number, request: VendorRequest): Promise<Uint8Array> {
  if (Number(response.headers.get("content-length") ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(request, maxBytes);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  // A loop that is left cancels the stream.
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(request, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** @throws DATA_INVALID when the bytes are no JSON */
export function readJson(body: Uint8Array, request: VendorRequest): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw answerInvalid(request, `it is no JSON, or was cut off, after "${body.length}" bytes`, [], cause);
  }
}

/**
 * What the answer holds of what is needed.
 *
 * @throws DATA_INVALID naming the fields that are missing or of another kind
 */
export function readAnswer<S extends z.ZodType>(schema: S, answer: unknown, request: VendorRequest): z.output<S> {
  const result = schema.safeParse(answer, { error: issueWords });
  if (result.success) return result.data;
  const { issues } = result.error;
  const faults = issues.slice(0, MAX_LISTED_FAULTS).map(({ path, message }) => ({ path: path.map(String).join("."), issue: message }));
  const shown = faults.slice(0, 3).map(({ path, issue }) => `"${path}": ${issue}`);
  const more = issues.length > shown.length ? ` (and ${issues.length - shown.length} more)` : "";
  throw answerInvalid(request, `it does not have the documented form: ${shown.join("; ")}${more}`, faults);
}

/** The answer cannot be used. */
export function answerInvalid(
  { provider, endpoint }: VendorRequest,
  issue: string,
  fieldErrors: readonly FieldError[] = [],
  cause?: unknown,
): SigmaError {
  return new SigmaError(
    "DATA_INVALID",
    `The answer of "${provider}" to ${endpoint} cannot be used: ${issue}. Try again; if it stays so, the vendor changed its API.`,
    { provider, endpoint },
    { fieldErrors, ...(cause === undefined ? {} : { cause }) },
  );
}

const tooLarge = (request: VendorRequest, maxBytes: number): SigmaError => answerInvalid(request, `it is larger than "${maxBytes}" bytes`);

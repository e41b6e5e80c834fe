import { SigmaError } from "#lib/errors/sigma-error.ts";

export const MAX_BODY_BYTES = 6 * 1024 * 1024;

/** Deeper documents than any schema has are refused before a recursive reader sees them. */
const MAX_DEPTH = 64;

/**
 * The JSON body of a request; an absent body is an empty object.
 *
 * @throws PAYLOAD_TOO_LARGE above 6 MB, UNSUPPORTED_MEDIA_TYPE for anything but JSON, INVALID_PARAM for malformed JSON or a body that breaks off
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  requireJson(request.headers.get("content-type"));
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SigmaError("INVALID_PARAM", "The body is not UTF-8. Send JSON in UTF-8.", {}, { cause });
  }
  requireShallow(text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SigmaError("INVALID_PARAM", `The body is not JSON: ${(cause as Error).message}`, {}, { cause });
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > MAX_BODY_BYTES) throw tooLarge(declared);
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) throw tooLarge(size);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof SigmaError) throw cause;
    // The caller hung up, or sent no such body as the headers promise.
    throw new SigmaError("INVALID_PARAM", `The body broke off after ${size} bytes. Send it again.`, { bytes: size }, { cause });
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function tooLarge(bytes: number): SigmaError {
  return new SigmaError("PAYLOAD_TOO_LARGE", `A body has at most ${MAX_BODY_BYTES} bytes; found at least ${bytes}.`, {
    limit: MAX_BODY_BYTES,
  });
}

function requireJson(contentType: string | null): void {
  const type = (contentType ?? "").split(";")[0]!.trim().toLowerCase();
  if (type === "application/json" || /^application\/[a-z0-9.-]+\+json$/.test(type)) return;
  throw new SigmaError("UNSUPPORTED_MEDIA_TYPE", `The body must be application/json; found ${JSON.stringify(type.slice(0, 80))}.`, {
    supported: "application/json",
  });
}

/** Counts brackets outside of strings. */
function requireShallow(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new SigmaError("INVALID_PARAM", `The body is nested deeper than ${MAX_DEPTH} levels.`);
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
}

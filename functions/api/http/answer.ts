import { jsonText } from "./json-text.ts";

/** What a handler answers: a JSON body, or text of another media type. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body:
    | { readonly json: unknown }
    | { readonly bytes: Uint8Array<ArrayBuffer> }
    | { readonly stream: ReadableStream<Uint8Array> }
    | { readonly none: true };
}

export const json = (value: unknown, status = 200, headers: Answer["headers"] = {}): Answer => ({ status, headers, body: { json: value } });

export const text = (value: string, contentType: string, headers: Answer["headers"] = {}): Answer =>
  bytes(new TextEncoder().encode(value), contentType, headers);

export const bytes = (value: Uint8Array, contentType: string, headers: Answer["headers"] = {}): Answer => ({
  status: 200,
  headers: { ...headers, "content-type": contentType },
  body: { bytes: Uint8Array.from(value) },
});

export function toResponse({ status, headers, body }: Answer): Response {
  if ("json" in body)
    return new Response(jsonText(body.json), { status, headers: { "content-type": "application/json; charset=utf-8", ...headers } });
  if ("none" in body) return new Response(null, { status, headers: { ...headers } });
  return new Response("bytes" in body ? body.bytes : body.stream, { status, headers: { ...headers } });
}

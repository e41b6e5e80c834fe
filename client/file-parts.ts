import type { Send } from "./send.ts";

/**
 * A file that may come in parts: the server answers as much at a time as it can, and the rest is asked for until it is whole.
 *
 * @returns the bytes and the ETag that all parts carried
 * @throws Error when a part is missing or belongs to another state of the file; ProblemError as the API says
 */
export async function wholeFile(send: Send, path: string): Promise<{ readonly bytes: Uint8Array; readonly etag: string | null }> {
  const parts: Uint8Array[] = [];
  let at = 0;
  let etag: string | null = null;
  for (;;) {
    const response = await send("GET", path, { headers: { accept: "*/*", range: `bytes=${at}-` } });
    const part = new Uint8Array(await response.arrayBuffer());
    const tag = response.headers.get("etag");
    if (response.status !== 206) return { bytes: part, etag: tag };
    const [, first, last, size] = (/^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get("content-range") ?? "") ?? []).map(Number);
    if (first !== at || last !== at + part.byteLength - 1 || part.byteLength === 0 || size === undefined)
      throw new Error(`Bytes ${at} and on of ${path} were asked for; "${response.headers.get("content-range")}" came.`);
    if (at > 0 && tag !== etag) throw new Error(`${path} has changed while it was read. Try again.`);
    etag = tag;
    parts.push(part);
    at += part.byteLength;
    if (at < size) continue;
    const bytes = new Uint8Array(at);
    let place = 0;
    for (const each of parts) {
      bytes.set(each, place);
      place += each.byteLength;
    }
    return { bytes, etag };
  }
}

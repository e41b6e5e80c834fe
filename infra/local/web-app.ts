import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { isUnchanged } from "#functions/api/http/conditions.ts";
import { listFiles } from "#functions/publish-web/list-files.ts";
import { CONFIG_FILE, cacheControlOf, contentTypeOf, INDEX_FILE } from "#functions/publish-web/web-file.ts";
import { html, Markup } from "#functions/shared/html.ts";
import type { WebConfig } from "#lib/accounts/web-config.schema.ts";
import { sha256 } from "#lib/core/digest.ts";
import { webAppHeaders } from "../web-headers.ts";
import { APP_BASE, appFileOf } from "../web-paths.ts";
import { STATUS_STYLE, STATUS_STYLE_DIGEST } from "./status-style.ts";

/** Where the built app lies, or why there is none and what to do. */
export type WebBuild = { readonly folder: string } | { readonly problem: string };

export interface WebAppOptions {
  /** Requests wait for it. */
  readonly build: Promise<WebBuild>;
  /** What the app is told about its host, as `config.json`. */
  readonly config: WebConfig;
}

type Encoding = "br" | "gzip" | "identity";

interface WebFile {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly etag: string;
  /** Made when first asked for. */
  readonly encoded: Map<Encoding, Promise<Uint8Array>>;
}

const HEADERS = webAppHeaders();

/**
 * Answers what is asked below `/app`. The whole build is held in memory, by name: a path can reach nothing but what was listed
 * when the build was read, whatever it says, and a build that is replaced on the disk stays whole here.
 */
export function createWebApp({ build, config }: WebAppOptions): (request: Request) => Promise<Response> {
  const reading = build.then((built) => ("problem" in built ? built : readFiles(built.folder, config)));
  reading.catch(() => {});

  return async (request) => {
    const { pathname, search } = new URL(request.url);
    if (request.method !== "GET" && request.method !== "HEAD") return refused(request, 405, { allow: "GET, HEAD" });
    if (`${pathname}/` === APP_BASE) return new Response(null, { status: 302, headers: { ...HEADERS, location: `${APP_BASE}${search}` } });
    const name = appFileOf(pathname);
    if (name === undefined) return refused(request, 404);
    const files = await reading;
    if ("problem" in files) return name === INDEX_FILE ? explained(request, files.problem) : refused(request, 503);
    const file = files.get(name);
    return file === undefined ? refused(request, 404) : answered(request, name, file);
  };
}

function readFiles(folder: string, config: WebConfig): ReadonlyMap<string, WebFile> {
  const files = new Map(listFiles(folder).map((name) => [name, fileOf(name, readFileSync(join(folder, name)))]));
  return files.set(CONFIG_FILE, fileOf(CONFIG_FILE, new TextEncoder().encode(`${JSON.stringify(config)}\n`)));
}

const fileOf = (name: string, bytes: Uint8Array): WebFile => ({
  bytes,
  type: contentTypeOf(name),
  // Weak, as the same content travels under several encodings.
  etag: `W/"${sha256(bytes).slice(0, 32)}"`,
  encoded: new Map(),
});

async function answered(request: Request, name: string, file: WebFile): Promise<Response> {
  const headers: Record<string, string> = {
    ...HEADERS,
    "cache-control": cacheControlOf(name),
    etag: file.etag,
    vary: "accept-encoding",
  };
  if (isUnchanged(request.headers.get("if-none-match") ?? undefined, file.etag)) return new Response(null, { status: 304, headers });
  const encoding = encodingFor(request, file);
  const body = await encodedAs(encoding, file);
  headers["content-type"] = file.type;
  headers["content-length"] = String(body.byteLength);
  if (encoding !== "identity") headers["content-encoding"] = encoding;
  return new Response(request.method === "HEAD" ? null : (body as Uint8Array<ArrayBuffer>), { headers });
}

/** Below this a packet carries it whole. */
const WORTH_BYTES = 1024;

function encodingFor(request: Request, { bytes, type }: WebFile): Encoding {
  if (bytes.byteLength < WORTH_BYTES || !/^(text\/|application\/(json|manifest|wasm)|image\/svg)/.test(type)) return "identity";
  const accepted = acceptedEncodings(request.headers.get("accept-encoding") ?? "");
  return (["br", "gzip"] as const).find((name) => accepted.has(name)) ?? "identity";
}

/** The encodings that a header names without refusing them (`q=0`). */
function acceptedEncodings(header: string): ReadonlySet<string> {
  const named = header.split(",").map((part) =>
    part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  );
  return new Set(named.flatMap(([name = "", quality]) => (/^q=0(\.0*)?$/.test(quality ?? "") ? [] : [name])));
}

const compress = {
  // Level 5 takes the time of level 6 of gzip and leaves 6 % less; level 11 would leave another 15 % for seconds of waiting.
  br: (bytes: Uint8Array) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 6 }),
};

function encodedAs(encoding: Encoding, file: WebFile): Promise<Uint8Array> {
  if (encoding === "identity") return Promise.resolve(file.bytes);
  let made = file.encoded.get(encoding);
  if (made === undefined) {
    made = compress[encoding](file.bytes);
    file.encoded.set(encoding, made);
  }
  return made;
}

const REFUSALS = {
  404: "The app has no such file.",
  405: "The app is read only: ask for it with GET or HEAD.",
  503: "The app is not built: the start page says what to do.",
} as const;

function refused(request: Request, status: keyof typeof REFUSALS, extra: Record<string, string> = {}): Response {
  return new Response(request.method === "HEAD" ? null : `${REFUSALS[status]}\n`, {
    status,
    headers: { ...HEADERS, "cache-control": "no-store", "content-type": "text/plain; charset=utf-8", ...extra },
  });
}

/** The page in place of the app: what went wrong, what to do, and what works all the same. */
function explained(request: Request, problem: string): Response {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Sigma Lab: the app is not built</title><style>${new Markup(STATUS_STYLE)}</style></head><body>
<header class="top"><h1>Sigma Lab</h1></header>
<main><section><h2>The web app is not built</h2><p>${problem}</p>
<p>The API works all the same: <a href="/status">status page</a>, <a href="/docs">API reference</a>, <a href="/healthz">health</a>.</p></section></main>
</body></html>`;
  return new Response(request.method === "HEAD" ? null : page.text, {
    status: 503,
    headers: {
      ...HEADERS,
      "cache-control": "no-store",
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src ${STATUS_STYLE_DIGEST}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    },
  });
}

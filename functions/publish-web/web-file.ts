/** What the app asks first: how people sign in. Written by the host, not by the build. */
export const CONFIG_FILE = "config.json";

export const INDEX_FILE = "index.html";

/** A file whose name holds a digest of its content never changes; any other is asked for again each time. */
const FOREVER = "public, max-age=31536000, immutable";
const ASKED_AGAIN = "no-cache";

/** `assets/` holds what the build names by content. */
export const cacheControlOf = (file: string): string => (file.startsWith("assets/") ? FOREVER : ASKED_AGAIN);

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json; charset=utf-8",
  webp: "image/webp",
  woff2: "font/woff2",
};

export const contentTypeOf = (file: string): string => TYPES[/\.([a-z0-9]+)$/.exec(file)?.[1] ?? ""] ?? "application/octet-stream";

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWebApp, type WebBuild } from "#infra/local/web-app.ts";
import { contentSecurityPolicy } from "#infra/web-headers.ts";

const root = mkdtempSync(join(tmpdir(), "sigma web app "));
const folder = join(root, "built");
const SCRIPT = `export const text = ${JSON.stringify("word ".repeat(2000))};\n`;

beforeAll(() => {
  const files = {
    "built/index.html": "<!doctype html><title>The app</title>",
    "built/assets/index-0a1b2c3d.js": SCRIPT,
    "built/assets/small-0a1b2c3d.css": "a{color:red}",
    "built/assets/face-0a1b2c3d.woff2": "font ".repeat(1000),
    "built/.vite/manifest.json": "{}",
    "secret.txt": "not yours",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  symlinkSync(join(root, "secret.txt"), join(folder, "assets", "link.txt"));
  symlinkSync(root, join(folder, "assets", "up"), "junction");
  app = serving({ folder });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const config = { mode: "local" } as const;
const serving = (build: WebBuild) => createWebApp({ build: Promise.resolve(build), config });
let app: ReturnType<typeof createWebApp>;
const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  app(new Request(`http://127.0.0.1${path}`, { method, headers }));

describe("createWebApp", () => {
  it("opens every place inside the app by its page, which is asked for again each time", async () => {
    for (const path of ["/app/", "/app/models/spx_eq_swing_daily", "/app/leaderboard?gate=PASS"]) {
      const response = await ask(path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(response.headers.get("cache-control")).toBe("no-cache");
      expect(await response.text()).toContain("<title>The app</title>");
    }
  });

  it("gives files their types, and lets what is named by its content be kept for ever", async () => {
    const script = await ask("/app/assets/index-0a1b2c3d.js");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(await script.text()).toBe(SCRIPT);
    expect((await ask("/app/assets/small-0a1b2c3d.css")).headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect((await ask("/app/assets/face-0a1b2c3d.woff2")).headers.get("content-type")).toBe("font/woff2");
  });

  it("never gives the page for a file that is missing", async () => {
    for (const path of ["/app/assets/old-ffffffff.js", "/app/assets/deep/x.css", "/app/robots.txt", "/app/assets/"]) {
      const response = await ask(path, { accept: "text/html" });
      expect(response.status, path).toBe(404);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.text()).not.toContain("<");
    }
  });

  it("says that nobody signs in here", async () => {
    const response = await ask("/app/config.json");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(await response.json()).toEqual(config);
  });

  it("sends a strict policy and no guess about types with every answer", async () => {
    for (const path of ["/app", "/app/", "/app/assets/none.js", "/app/assets/small-0a1b2c3d.css", "/app/../x"]) {
      const { headers } = await ask(path);
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toContain("camera=()");
      expect(headers.get("content-security-policy")).toBe(contentSecurityPolicy());
    }
    expect(contentSecurityPolicy()).not.toContain("unsafe");
    expect(contentSecurityPolicy({ connect: ["https://x.example"] })).toContain("connect-src 'self' https://x.example;");
  });

  it("leads to the address with the slash, which relative links need, and keeps the query", async () => {
    const response = await ask("/app?workspace=simulated");
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe("/app/?workspace=simulated");
  });

  it.each([
    "/app/..%2fsecret.txt",
    "/app/%2e%2e%2fsecret.txt",
    "/app/assets/..%2f..%2fsecret.txt",
    "/app/assets/..%5c..%5csecret.txt",
    "/app/assets/%2e%2e/%2e%2e/secret.txt",
    "/app/assets/index-0a1b2c3d.js%00.css",
    "/app/assets/link.txt",
    "/app/assets/up/secret.txt",
    "/app/.vite/manifest.json%20",
    "/app/assets/../.vite/manifest.json",
    "/app/assets//secret.txt",
    "/app/%zz",
  ])("gives nothing from outside the build: %s", async (path) => {
    const response = await ask(path);
    // An address that the browser itself shortens may end up at the page.
    if (response.status === 200) expect(await response.text()).toContain("<title>The app</title>");
    else expect(response.status).toBe(404);
  });

  it("knows what the reader has already", async () => {
    const etag = (await ask("/app/")).headers.get("etag")!;
    const again = await ask("/app/", { "if-none-match": etag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
    expect(again.headers.get("content-security-policy")).toBe(contentSecurityPolicy());
    expect((await ask("/app/", { "if-none-match": `"other", ${etag}` })).status).toBe(304);
    expect((await ask("/app/", { "if-none-match": etag.slice(2) })).status).toBe(304);
    expect((await ask("/app/", { "if-none-match": 'W/"other"' })).status).toBe(200);
  });

  it("compresses text as the reader accepts it, and nothing that is small or compressed already", async () => {
    const path = "/app/assets/index-0a1b2c3d.js";
    const br = await ask(path, { "accept-encoding": "gzip, deflate, br" });
    expect(br.headers.get("content-encoding")).toBe("br");
    expect(br.headers.get("vary")).toBe("accept-encoding");
    const body = Buffer.from(await br.arrayBuffer());
    expect(body.length).toBe(Number(br.headers.get("content-length")));
    expect(body.length).toBeLessThan(SCRIPT.length / 10);
    expect(brotliDecompressSync(body).toString()).toBe(SCRIPT);

    const gz = await ask(path, { "accept-encoding": "br;q=0, gzip;q=0.5" });
    expect(gz.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(Buffer.from(await gz.arrayBuffer())).toString()).toBe(SCRIPT);
    for (const [where, accepted] of [
      [path, ""],
      [path, "identity, br;q=0.0, gzip;q=0"],
      ["/app/assets/small-0a1b2c3d.css", "br"],
      ["/app/assets/face-0a1b2c3d.woff2", "br"],
    ] as const)
      expect((await ask(where, { "accept-encoding": accepted })).headers.get("content-encoding"), `${where} ${accepted}`).toBeNull();
  });

  it("answers HEAD as GET without the body, and no other method", async () => {
    const head = await ask("/app/assets/index-0a1b2c3d.js", {}, "HEAD");
    expect(head.status).toBe(200);
    expect(head.headers.get("content-length")).toBe(String(SCRIPT.length));
    expect(await head.text()).toBe("");
    for (const method of ["POST", "PUT", "DELETE"]) {
      const response = await ask("/app/", {}, method);
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, HEAD");
    }
  });

  it("makes requests wait for the build", async () => {
    const { promise, resolve } = Promise.withResolvers<WebBuild>();
    const waiting = createWebApp({ build: promise, config });
    const response = waiting(new Request("http://127.0.0.1/app/"));
    resolve({ folder });
    expect((await response).status).toBe(200);
  });

  it("says what to do where there is no build, and that the API works", async () => {
    const broken = serving({ problem: "Building failed: <b>no vite</b>. Run npm ci." });
    const page = await broken(new Request("http://127.0.0.1/app/models/x"));
    expect(page.status).toBe(503);
    const text = await page.text();
    expect(text).toContain("Building failed: &lt;b&gt;no vite&lt;/b&gt;. Run npm ci.");
    expect(text).toContain('<a href="/status">');
    expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
    expect((await broken(new Request("http://127.0.0.1/app/assets/x.js"))).status).toBe(503);
  });
});

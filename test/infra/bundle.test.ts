import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundle, bundleFunctions } from "#infra/bundle.ts";
import { codeVersionOf } from "#infra/local/code-version.ts";
import { FUNCTIONS, type FunctionName } from "#infra/manifest.ts";
import { sha256 } from "#lib/core/digest.ts";

const names = Object.keys(FUNCTIONS) as FunctionName[];
/** Inside the project, so that the SDK, which the Lambda runtime carries, resolves. The space is meant. */
const folder = mkdtempSync(join(process.cwd(), "node_modules", ".sigma bundles "));
const assetOf = (name: FunctionName): string => join(folder, "first", name);
const CODE = /^(index|[a-z-]+-[A-Z0-9]{8})\.mjs$/;
const codeFiles = (asset: string): string[] => readdirSync(asset).filter((file) => CODE.test(file));
/** All code of a function, by file. */
const codeOf = (name: FunctionName): ReadonlyMap<string, string> =>
  new Map(codeFiles(assetOf(name)).map((file) => [file, readFileSync(join(assetOf(name), file), "utf8")]));
const importsOf = (code: string): string[] =>
  [...code.matchAll(/(?:^|[;}\n])(?:import|export)[^"'();]*?["']([^"']+)["']/g)].map((match) => match[1]!);
const dynamicImportsOf = (code: string): string[] => [...code.matchAll(/\bimport\("([^"]+)"\)/g)].map((match) => match[1]!);
/** The file of an asset whose name begins so. */
const fileOf = (name: FunctionName, start: string): string => codeFiles(assetOf(name)).find((file) => file.startsWith(`${start}-`))!;
let bundles: ReadonlyMap<FunctionName, Bundle>;

const web = join(folder, "web");

beforeAll(async () => {
  for (const name of ["index.html", "assets/index-0a1b2c3d.js", ".vite/manifest.json"]) {
    mkdirSync(dirname(join(web, name)), { recursive: true });
    writeFileSync(join(web, name), name);
  }
  bundles = await bundleFunctions(join(folder, "first"), web);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("bundleFunctions", () => {
  it("makes one folder for each function of the manifest", () => {
    expect([...bundles.keys()]).toEqual(names);
    expect(readdirSync(join(folder, "first")).toSorted()).toEqual(names.toSorted());
  });

  it("keeps what a start of any function loads, the API first, within 800 kB and 250 kB compressed", () => {
    const tooLarge = [...bundles.values()].filter(({ start }) => start.bytes > 800_000 || start.gzipBytes > 250_000);
    expect(tooLarge.map(({ name, start }) => ({ name, ...start }))).toEqual([]);
    expect(bundles.get("api")!.start.bytes).toBeGreaterThan(100_000);
  });

  it("counts as start the entry with all that it imports by statements, and as total every file of code", () => {
    for (const { name, folder: asset, start, total } of bundles.values()) {
      const loaded = new Set(["index.mjs"]);
      for (const file of loaded)
        for (const path of importsOf(readFileSync(join(asset, file), "utf8"))) if (path.startsWith("./")) loaded.add(path.slice(2));
      const bytes = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + statSync(join(asset, file)).size, 0);
      expect({ name, start: bytes(loaded), total: bytes(codeFiles(asset)) }).toEqual({ name, start: start.bytes, total: total.bytes });
      expect(start.gzipBytes).toBeLessThan(start.bytes / 2);
    }
  });

  it("leaves out nothing but Node's own modules and the SDK clients of the Lambda runtime", () => {
    const imported = new Set(
      names.flatMap((name) => [...codeOf(name).values()].flatMap((text) => [...importsOf(text), ...dynamicImportsOf(text)])),
    );
    const packages = [...imported].filter((name) => !isBuiltin(name) && !name.startsWith("./"));
    expect(packages.toSorted()).toEqual([
      "@aws-sdk/client-dynamodb",
      "@aws-sdk/client-s3",
      "@aws-sdk/client-secrets-manager",
      "@aws-sdk/client-sfn",
      "@aws-sdk/client-sns",
      "@aws-sdk/lib-dynamodb",
      "@aws-sdk/s3-request-presigner",
    ]);
  });

  it("gives each folder all chunks that its function can reach, and no other", () => {
    for (const name of names) {
      const code = codeOf(name);
      const named = [...code.values()]
        .flatMap((text) => [...importsOf(text), ...dynamicImportsOf(text)])
        .filter((path) => path.startsWith("./") && path !== "./index.mjs");
      expect([...new Set(named.map((path) => path.slice(2)))].toSorted(), name).toEqual(
        [...code.keys()].filter((file) => file !== "index.mjs").toSorted(),
      );
    }
  });

  it("puts no source map, no build report, no other language's messages and no writer of OpenAPI into the asset", () => {
    for (const { name, folder: asset, inputs } of bundles.values()) {
      const files = readdirSync(asset, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
      expect(files.filter((file) => !CODE.test(file) && !/^(sp500-2000\.csv|packs(\/.*)?|web(\/.*)?)$/.test(file))).toEqual([]);
      for (const code of codeOf(name).values()) expect(code).not.toContain("sourceMappingURL");
      expect(inputs.filter((path) => /zod\/v4\/locales\/(?!en\.|index\.)|zod\/v4\/core\/compile|zod-openapi/.test(path))).toEqual([]);
    }
  });

  it.each([
    "network-from-env",
    "simulated-provider",
    "files-provider",
    "bundled-sample",
    "preview-matrix",
    "scan-universe",
    "sweep-estimate",
    "start-build",
    "request-run",
  ])("loads %s of the API when a request needs it, not at its start", (chunk) => {
    const code = codeOf("api");
    const file = `./${fileOf("api", chunk)}`;
    expect([...code.values()].flatMap(importsOf)).not.toContain(file);
    expect([...code.values()].flatMap(dynamicImportsOf)).toContain(file);
  });

  it("gives packs and sample data to the functions that read them, and to no other", () => {
    const having = (file: string) => names.filter((name) => readdirSync(join(folder, "first", name)).includes(file));
    expect(having("sp500-2000.csv")).toEqual(having("packs"));
    expect(having("packs")).toEqual(expect.arrayContaining(["api", "build-matrix", "score-model", "start-pipeline"]));
    expect(having("packs")).not.toContain("record-failure");
    expect(readdirSync(join(folder, "first", "api", "packs", "swingsigma"))).toEqual(expect.arrayContaining(["pack.yaml", "README.md"]));
  });

  it("gives the built web app to the function that publishes it, without the build's own record, and to no other", () => {
    const carrying = names.filter((name) => readdirSync(join(folder, "first", name)).includes("web"));
    expect(carrying).toEqual(["publish-web"]);
    const carried = readdirSync(join(assetOf("publish-web"), "web"), { recursive: true, encoding: "utf8" }).toSorted();
    expect(carried.map((file) => file.replaceAll("\\", "/"))).toEqual(["assets", "assets/index-0a1b2c3d.js", "index.html"]);
  });

  it("writes the digest of the code into the bundle, the same as in local mode", () => {
    expect([...codeOf("build-matrix").values()].join("")).toContain(codeVersionOf(process.cwd()));
  });

  it("gives the same bytes wherever the checkout lies and wherever it writes", async () => {
    const checkout = mkdtempSync(join(tmpdir(), "sigma checkout "));
    try {
      for (const part of ["package.json", "lib", "functions", "infra", "packs", "state-machines"])
        cpSync(join(process.cwd(), part), join(checkout, part), { recursive: true });
      symlinkSync(join(process.cwd(), "node_modules"), join(checkout, "node_modules"), "junction");
      const bundler = pathToFileURL(join(checkout, "infra", "bundle.ts")).href;
      await run(
        `const { bundleFunctions } = await import(${JSON.stringify(bundler)}); await bundleFunctions(${JSON.stringify(join(checkout, "out"))}, ${JSON.stringify(web)});`,
        { PATH: process.env["PATH"] ?? "" },
      );
      const digests = (outdir: string) =>
        names.flatMap((name) =>
          codeFiles(join(outdir, name)).map((file) => `${name}/${file} ${sha256(readFileSync(join(outdir, name, file)))}`),
        );
      expect(digests(join(checkout, "out"))).toEqual(digests(join(folder, "first")));
    } finally {
      rmSync(checkout, { recursive: true, force: true });
    }
  }, 120_000);
});

describe("a bundle", () => {
  const environment = {
    ARTIFACT_BUCKET: "artifacts",
    SECRET_PREFIX: "sigma/",
    STATE_TABLE: "state",
    SIGNALS_TABLE: "signals",
    IDEMPOTENCY_TABLE: "idempotency",
    ALERT_TOPIC_ARN: "arn:aws:sns:us-east-1:000000000000:alerts",
    STATE_MACHINE_ARN_PREFIX: "arn:aws:states:us-east-1:000000000000:stateMachine:sigma-",
    USER_POOL_ISSUER: "https://issuer.invalid/pool",
    WEB_BUCKET: "w",
    USER_POOL_CLIENT_ID: "client",
    AWS_REGION: "us-east-1",
  };

  it("of every function starts under the runtime and exports its handler", async () => {
    const urls = names.map((name) => pathToFileURL(join(folder, "first", name, "index.mjs")).href);
    const script = `for (const url of ${JSON.stringify(urls)}) console.log(typeof (await import(url)).handler);`;
    const { stdout } = await run(script, environment);
    expect(stdout.trim().split("\n")).toEqual(names.map(() => "function"));
  }, 60_000);

  it("of every function loads its chunks under the runtime", async () => {
    const urls = names.flatMap((name) => codeFiles(assetOf(name)).map((file) => pathToFileURL(join(assetOf(name), file)).href));
    const { stdout } = await run(`for (const url of ${JSON.stringify(urls)}) await import(url); console.log("all");`, environment);
    expect(stdout.trim()).toBe("all");
  }, 60_000);

  it("reads the sample series that lies beside it", async () => {
    const url = pathToFileURL(join(assetOf("api"), fileOf("api", "bundled-sample"))).href;
    const { stdout } = await run(`console.log((await (await import("${url}")).readBundledSample()).length);`, environment);
    expect(Number(stdout)).toBe(statSync(join(assetOf("api"), "sp500-2000.csv")).size);
  }, 60_000);

  it("reports an error's catalogue code as its name, which Lambda makes the error type", async () => {
    const url = pathToFileURL(join(folder, "first", "record-failure", "index.mjs")).href;
    const script = `const { handler } = await import("${url}");
      try { await handler({ run_id: 1 }); } catch (error) { console.log(JSON.stringify([error.name, error instanceof Error])); }`;
    const { stdout } = await run(script, environment);
    expect(JSON.parse(stdout)).toEqual(["INVALID_PARAM", true]);
  }, 60_000);

  it("of the API answers the gateway's events: open routes to all, the rest to the authorizer's owner and scopes", async () => {
    const url = pathToFileURL(join(folder, "first", "api", "index.mjs")).href;
    const script = `const { handler } = await import("${url}");
      const ask = async (method, path, lambda, body) => {
        const http = { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" };
        const event = { version: "2.0", routeKey: "$default", rawPath: path, rawQueryString: "", isBase64Encoded: false, body,
          headers: { host: "api.invalid", "content-type": "application/json" },
          requestContext: { http, domainName: "api.invalid", requestId: "r", ...(lambda && { authorizer: { lambda } }) } };
        const { statusCode, body: text } = await handler(event, {});
        return [statusCode, JSON.parse(text)];
      };
      const reader = { owner: "desk-7", scopes: "read", kind: "machine" };
      console.log(JSON.stringify([
        await ask("GET", "/openapi.json"),
        await ask("GET", "/v1/indicators"),
        await ask("GET", "/v1/indicators", reader),
        await ask("POST", "/v1/build_matrix", reader, "{}"),
      ]));`;
    const { stdout } = await run(script, environment);
    const [description, nobody, read, write] = JSON.parse(stdout) as [number, Record<string, unknown>][];
    expect(description).toMatchObject([200, { openapi: expect.stringMatching(/^3\.1/) }]);
    expect(nobody).toMatchObject([401, { code: "UNAUTHENTICATED" }]);
    expect(read![0]).toBe(200);
    expect(write).toMatchObject([403, { code: "FORBIDDEN" }]);
  }, 60_000);

  it("names the variable that its stack did not set", async () => {
    const url = pathToFileURL(join(folder, "first", "fit-fold", "index.mjs")).href;
    const script = `try { await import("${url}"); } catch (error) { console.log(JSON.stringify([error.name, error.facts])); }`;
    const { stdout } = await run(script, { ...environment, ARTIFACT_BUCKET: "" });
    expect(JSON.parse(stdout)).toEqual(["CONFIG_INVALID", { variable: "ARTIFACT_BUCKET" }]);
  }, 60_000);
});

/** Runs a script that may be longer than a command line. */
function run(script: string, env: Record<string, string>): Promise<{ stdout: string }> {
  const running = promisify(execFile)(process.execPath, ["--input-type=module", "-"], { env, cwd: tmpdir() });
  running.child.stdin!.end(script);
  return running;
}

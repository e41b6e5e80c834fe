import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
const sourceOf = (name: FunctionName): string => readFileSync(join(folder, "first", name, "index.mjs"), "utf8");
let bundles: ReadonlyMap<FunctionName, Bundle>;

beforeAll(async () => {
  bundles = await bundleFunctions(join(folder, "first"));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("bundleFunctions", () => {
  it("makes one folder for each function of the manifest", () => {
    expect([...bundles.keys()]).toEqual(names);
    expect(readdirSync(join(folder, "first")).toSorted()).toEqual(names.toSorted());
  });

  it("keeps every function, the API first, within 800 kB and 250 kB compressed", () => {
    const tooLarge = [...bundles.values()].filter(({ bytes, gzipBytes }) => bytes > 800_000 || gzipBytes > 250_000);
    expect(tooLarge.map(({ name, bytes, gzipBytes }) => ({ name, bytes, gzipBytes }))).toEqual([]);
    expect(bundles.get("api")!.bytes).toBeGreaterThan(100_000);
  });

  it("leaves out nothing but Node's own modules and the SDK clients of the Lambda runtime", () => {
    const imported = new Set(
      names.flatMap((name) => [...sourceOf(name).matchAll(/(?:^|[;}\n])import[^"'();]*?["']([^"']+)["']/g)].map((match) => match[1]!)),
    );
    const packages = [...imported].filter((name) => !isBuiltin(name) && !/^\.\/part-[A-Z0-9]+\.mjs$/.test(name));
    expect(packages.toSorted()).toEqual([
      "@aws-sdk/client-dynamodb",
      "@aws-sdk/client-s3",
      "@aws-sdk/client-secrets-manager",
      "@aws-sdk/client-sfn",
      "@aws-sdk/client-sns",
      "@aws-sdk/lib-dynamodb",
    ]);
  });

  it("puts no source map, no build report and no other language's messages into the asset", () => {
    for (const { name, folder: asset, inputs } of bundles.values()) {
      const files = readdirSync(asset, { recursive: true, encoding: "utf8" });
      expect(
        files.filter((file) => !/^(index\.mjs|part-[A-Z0-9]+\.mjs|sp500-2000\.csv|packs(\/.*)?)$/.test(file.replaceAll("\\", "/"))),
      ).toEqual([]);
      expect(sourceOf(name)).not.toContain("sourceMappingURL");
      expect(inputs.filter((path) => /zod\/v4\/locales\/(?!en\.|index\.)/.test(path))).toEqual([]);
    }
  });

  it("loads the vendors' code of the API when one is asked, not at its start", () => {
    const parts = readdirSync(join(folder, "first", "api")).filter((file) => /^part-.*\.mjs$/.test(file));
    const texts = new Map(["index.mjs", ...parts].map((file) => [file, readFileSync(join(folder, "first", "api", file), "utf8")]));
    const having = [...texts].filter(([, text]) => text.includes("api.massive.com")).map(([file]) => file);
    expect(having).toHaveLength(1);
    expect(having).not.toContain("index.mjs");
    for (const text of texts.values()) expect(text).not.toMatch(new RegExp(`(from|import)"\\./${having[0]!.replace(".", "\\.")}"`));
    expect(texts.get("index.mjs")).toContain(`import("./${having[0]}")`);
    // A part of the start counts.
    expect(bundles.get("api")!.bytes).toBeGreaterThan(texts.get("index.mjs")!.length);
  });

  it("gives packs and sample data to the functions that read them, and to no other", () => {
    const having = (file: string) => names.filter((name) => readdirSync(join(folder, "first", name)).includes(file));
    expect(having("sp500-2000.csv")).toEqual(having("packs"));
    expect(having("packs")).toEqual(expect.arrayContaining(["api", "build-matrix", "score-model", "start-pipeline"]));
    expect(having("packs")).not.toContain("record-failure");
    expect(readdirSync(join(folder, "first", "api", "packs", "swingsigma"))).toContain("pack.yaml");
  });

  it("writes the digest of the code into the bundle, the same as in local mode", () => {
    expect(sourceOf("build-matrix")).toContain(codeVersionOf(process.cwd()));
  });

  it("gives the same bytes wherever it is built", async () => {
    const again = await bundleFunctions(join(folder, "a deeper place", "second"));
    const digests = (built: typeof bundles) =>
      names.flatMap((name) => {
        const files = readdirSync(built.get(name)!.folder).filter((file) => file.endsWith(".mjs"));
        return files.map((file) => `${name}/${file} ${sha256(readFileSync(join(built.get(name)!.folder, file)))}`);
      });
    expect(digests(again)).toEqual(digests(bundles));
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
    USER_POOL_CLIENT_ID: "client",
    AWS_REGION: "us-east-1",
  };

  it("of every function starts under the runtime and exports its handler", async () => {
    const urls = names.map((name) => pathToFileURL(join(folder, "first", name, "index.mjs")).href);
    const script = `for (const url of ${JSON.stringify(urls)}) console.log(typeof (await import(url)).handler);`;
    const { stdout } = await run(script, environment);
    expect(stdout.trim().split("\n")).toEqual(names.map(() => "function"));
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

function run(script: string, env: Record<string, string>): Promise<{ stdout: string }> {
  return promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { env, cwd: tmpdir() });
}

import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as client from "#client/sigma-client.ts";
import { writeClientPackage } from "#infra/client-package.ts";
import { apiHarness } from "../functions/api/support.ts";

const folder = mkdtempSync(join(tmpdir(), "sigma client "));
const installed = join(folder, "node_modules", "sigma-lab-client");

beforeAll(() => writeClientPackage(installed, "1.2.3"), 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const compile = (source: string): Promise<{ stdout: string }> => {
  writeFileSync(join(folder, "user.ts"), source);
  const compiler = join("node_modules", "typescript", "bin", "tsc");
  const options = ["--ignoreConfig", "--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom,dom.asynciterable"];
  return promisify(execFile)(process.execPath, [
    compiler,
    ...options,
    "--types",
    "",
    "--module",
    "nodenext",
    "--moduleResolution",
    "nodenext",
    join(folder, "user.ts"),
  ]);
};

describe("writeClientPackage", () => {
  it("writes one module, its types and how to use it", () => {
    expect(readdirSync(installed).filter((file) => !file.endsWith(".d.ts"))).toEqual(["README.md", "index.js", "package.json"]);
  });

  it("works where it was put, without this project", async () => {
    const { createSigmaClient } = (await import(pathToFileURL(join(installed, "index.js")).href)) as typeof client;
    const { app } = apiHarness();
    const sigma = createSigmaClient({ transport: async (url, init) => app.request(url, init) });
    expect((await sigma.call("GET /packs/{pack_id}", { params: { pack_id: "swingsigma" } })).pack_id).toBe("swingsigma");
  });

  it("has types that hold in a browser's program, and refuse what the API does not have", async () => {
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const use = (call: string) =>
      `import { createSigmaClient } from "sigma-lab-client";\nconst sigma = createSigmaClient({ baseUrl: location.origin });\n${call}\n`;
    await expect(compile(use('const run = await sigma.finished("backtest_1"); const text: string = run.status;'))).resolves.toBeDefined();
    await expect(compile(use('await sigma.call("GET /nowhere");'))).rejects.toMatchObject({
      stdout: expect.stringMatching(/user\.ts\(3,/),
    });
  }, 60_000);
});

import { execFile } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..", "..");
const planted = mkdtempSync(join(tmpdir(), "sigma modules "));
afterAll(() => rmSync(planted, { recursive: true, force: true }));

/** What the runtime, which strips types by rules of its own, says of the modules below a folder. */
async function load(folder: string): Promise<{ readonly modules: number; readonly failures: readonly string[] }> {
  const script = join(import.meta.dirname, "modules-load.child.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--disable-warning=ExperimentalWarning", script, folder], {
    cwd: tmpdir(),
    // No variable of a deployment: a handler must not find an environment to work in.
    env: { PATH: process.env["PATH"] ?? "", AWS_REGION: "us-east-1" },
  });
  return JSON.parse(stdout);
}

describe("every module of the product", () => {
  it("loads under the runtime, not only under the tests' own compiler", async () => {
    const { modules, failures } = await load(root);
    expect(failures).toEqual([]);
    expect(modules).toBe(globSync("{lib,functions,infra,cli}/**/*.ts", { cwd: root }).length);
  }, 120_000);

  it("fails here when the runtime refuses its syntax, its types or its imports", async () => {
    const plant = (path: string, text: string) => {
      mkdirSync(dirname(join(planted, path)), { recursive: true });
      writeFileSync(join(planted, path), text);
    };
    plant("lib/sound.ts", "export const one: number = 1;\n");
    plant("lib/loop.ts", "export let all = 0;\nfor (const of of [1, 2]) all += of;\n");
    plant("lib/choice.ts", "export enum Choice { Yes, No }\n");
    plant("functions/lost/index.ts", 'export { handler } from "./nowhere.ts";\n');
    plant("cli/main.ts", 'for (const of of [1, 2]) throw new Error("started");\n');
    plant("infra/local/some-worker.ts", 'throw new Error("started");\n');
    const { modules, failures } = await load(planted);
    expect(modules).toBe(6);
    expect(failures.map((failure) => failure.split(":")[0])).toEqual([
      "cli/main.ts",
      "functions/lost/index.ts",
      "lib/choice.ts",
      "lib/loop.ts",
    ]);
  }, 60_000);
});

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..", "..");
const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
const rules = ["style/noRestrictedGlobals", "style/noRestrictedImports", "plugin"];

describe("check:purity", () => {
  let tree: string;
  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), "sigma-purity-"));
    cpSync(join(root, ".gitignore"), join(tree, ".gitignore"));
    cpSync(join(root, "biome.json"), join(tree, "biome.json"));
    mkdirSync(join(tree, ".ci"));
    cpSync(join(root, ".ci", "pure.grit"), join(tree, ".ci", "pure.grit"));
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  /** How many findings a one-file tree has. */
  function findings(path: string, text: string): number {
    rmSync(join(tree, "lib"), { recursive: true, force: true });
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [biome, "lint", "--colors=off", ...rules.map((rule) => `--only=${rule}`), "lib"],
      { cwd: tree, encoding: "utf8" },
    );
    if (!/Checked 1 file/.test(stdout + stderr)) throw new Error(`The file was not checked:\n${stdout}${stderr}`);
    const found = Number(/Found (\d+) errors?/.exec(stdout + stderr)?.[1] ?? 0);
    if (found > 0 !== (status !== 0)) throw new Error(`${found} findings, exit code ${status}:\n${stdout}${stderr}`);
    return found;
  }

  it.each([
    "Date.now()",
    'Date["now"]()',
    "[1, 2].map(Date.now)",
    "new Date()",
    "new Date().getTime()",
    "new Date",
    "Date()",
    "Math.random()",
    "[1, 2].map(Math.random)",
    'process.env["SIGMA_HOME"]',
    "process.hrtime()",
    "performance.now()",
    "crypto.randomUUID()",
    "crypto.getRandomValues(new Uint8Array(4))",
    "setTimeout(() => {}, 5)",
    "setInterval(() => {}, 5)",
    "globalThis.Date",
    'fetch("https://example.com")',
    'console.log("here")',
    "import.meta.url",
  ])("refuses %s in domain code", (expression) => {
    expect(findings("lib/core/planted.ts", `export const planted = ${expression};\n`)).toBe(1);
  });

  it.each([
    ["another name for the clock", "const D = Date;\nexport const now = () => D.now();\n"],
    ["another name for Math", "const { random } = Math;\nexport const draw = random;\n"],
    ["random bytes", 'import { randomUUID } from "node:crypto";\nexport const id = randomUUID();\n'],
  ])("refuses %s", (_, text) => {
    expect(findings("lib/sweeps/planted.ts", text)).toBe(1);
  });

  it.each([
    ["an instant given as an argument", "export const day = (ms: number) => new Date(ms).toISOString();\n"],
    ["Date.UTC and Date.parse", 'export const a = Date.UTC(2020, 0, 1) + Date.parse("2020-01-01");\n'],
    ["the rest of Math", "export const a = Math.max(Math.PI, 2);\n"],
    ["a parameter of a denied name", "export const a = (process: number) => process + 1;\n"],
    ["digests", 'import { createHash } from "node:crypto";\nexport const a = createHash("sha256");\n'],
  ])("allows %s", (_, text) => {
    expect(findings("lib/core/planted.ts", text)).toBe(0);
  });

  it("leaves adapters their clock", () => {
    expect(findings("lib/adapters/local/planted.ts", "export const now = () => Date.now() + performance.now();\n")).toBe(0);
  });

  it("finds nothing in this repository", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, ".ci", "check.mjs"), "purity"], { encoding: "utf8" });
    expect(status, stdout + stderr).toBe(0);
  });
});

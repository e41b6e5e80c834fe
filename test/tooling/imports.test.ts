import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..", "..");

/** Runs the check over the tree of a folder, as `npm run check:imports` does over this one. */
function checkImports(cwd: string, ...options: readonly string[]): { code: number | null; lines: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, ".ci", "imports.mjs"), ...options], { cwd, encoding: "utf8" });
  return { code: status, lines: `${stdout}${stderr}`.trim().split("\n") };
}

describe("check:imports over this repository", () => {
  it("sees the project's modules and finds every direction kept", () => {
    const { code, lines } = checkImports(root);
    expect({ code, lines }).toEqual({ code: 0, lines: [expect.stringMatching(/^\d+ modules, \d+ imports$/)] });
    expect(Number.parseInt(lines[0]!, 10)).toBeGreaterThan(200);
  });

  it("fails when it sees fewer modules than it must", () => {
    const { code, lines } = checkImports(root, "--minimum", "200", "lib/errors");
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatch(/^Saw \d modules in lib\/errors; expected at least 200\./);
  });
});

describe("check:imports over a planted tree", () => {
  let tree: string;
  const plant = (path: string, text: string): void => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  };

  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), "sigma imports "));
    for (const file of ["tsconfig.json", "package.json"]) cpSync(join(root, file), join(tree, file));
    for (const folder of ["client", "functions", "infra", "cli", "web", "bench", "trust"]) plant(`${folder}/present.ts`, "export {};\n");
    plant("lib/core/ground.ts", "export const ground = 1;\n");
    plant("lib/sweeps/plan.ts", "export const plan = 1;\n");
    plant("lib/sweeps/plan.schema.ts", "export type Plan = number;\n");
    plant("lib/adapters/local/disk.ts", 'import { readFileSync } from "node:fs";\nexport const read = readFileSync;\n');
    plant("functions/plan-sweep/plan-sweep.ts", 'import { plan } from "#lib/sweeps/plan.ts";\nexport const handle = plan;\n');
    plant("web/src/pages/two/two-page.tsx", 'import type { Plan } from "#lib/sweeps/plan.schema.ts";\nexport type Two = Plan;\n');
    for (const name of ["@aws-sdk/client-s3", "vitest"]) {
      plant(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
      plant(`node_modules/${name}/index.js`, "module.exports = {};\n");
    }
  });
  afterEach(() => rmSync(tree, { recursive: true, force: true }));

  it("passes a tree that keeps every rule, aliases included", () => {
    plant("lib/backtest/run.ts", 'import type { Plan } from "../sweeps/plan.schema.ts";\nexport type Run = Plan;\n');
    expect(checkImports(tree, "--minimum", "5")).toEqual({ code: 0, lines: [expect.stringMatching(/^14 modules, /)] });
  });

  it.each<[string, string, string, string]>([
    ["lib-knows-no-outside", "lib/core/bad.ts", "#functions/plan-sweep/plan-sweep.ts", "functions/plan-sweep/plan-sweep.ts"],
    ["lib-knows-no-outside", "lib/sweeps/bad.ts", "../../functions/plan-sweep/plan-sweep.ts", "functions/plan-sweep/plan-sweep.ts"],
    ["functions-know-lib-only", "functions/plan-sweep/bad.ts", "#infra/present.ts", "infra/present.ts"],
    ["core-is-pure", "lib/sweeps/bad.ts", "../adapters/local/disk.ts", "lib/adapters/local/disk.ts"],
    ["core-is-pure", "lib/sweeps/bad.ts", "@aws-sdk/client-s3", "node_modules/@aws-sdk/client-s3/index.js"],
    ["no-builtin-io", "lib/sweeps/bad.ts", "node:fs", "fs"],
    ["no-builtin-io", "lib/indicators/bad.ts", "node:child_process", "child_process"],
    ["kernels-know-core-only", "lib/indicators/bad.ts", "../sweeps/plan.schema.ts", "lib/sweeps/plan.schema.ts"],
    ["core-knows-core", "lib/core/bad.ts", "../sweeps/plan.schema.ts", "lib/sweeps/plan.schema.ts"],
    ["stages-flow-forward", "lib/backtest/bad.ts", "../sweeps/plan.ts", "lib/sweeps/plan.ts"],
    ["definitions-come-first", "lib/packs/bad.ts", "../sweeps/plan.ts", "lib/sweeps/plan.ts"],
    ["adapters-only-at-roots", "functions/plan-sweep/bad.ts", "#lib/adapters/local/disk.ts", "lib/adapters/local/disk.ts"],
    ["adapters-only-at-roots", "cli/bad.ts", "#lib/adapters/local/disk.ts", "lib/adapters/local/disk.ts"],
    ["product-runs-on-dependencies", "lib/sweeps/bad.ts", "vitest", "node_modules/vitest/index.js"],
    ["web-sees-contracts", "web/src/data/bad.ts", "#lib/sweeps/plan.ts", "lib/sweeps/plan.ts"],
    ["web-stays-in-the-browser", "web/src/data/bad.ts", "node:fs", "fs"],
    ["web-pages-stand-alone", "web/src/pages/one/bad.ts", "../two/two-page.tsx", "web/src/pages/two/two-page.tsx"],
    ["web-kit-knows-no-page", "web/src/ui/bad.tsx", "../pages/two/two-page.tsx", "web/src/pages/two/two-page.tsx"],
    ["web-is-a-leaf", "cli/bad.ts", "../web/present.ts", "web/present.ts"],
    ["everything-resolves", "lib/sweeps/bad.ts", "#lib/sweeps/nowhere.ts", "#lib/sweeps/nowhere.ts"],
  ])("finds %s: %s imports %s", (rule, file, specifier, target) => {
    plant(file, `import * as bad from "${specifier}";\nexport const keep = bad;\n`);
    const { code, lines } = checkImports(tree, "--minimum", "5");
    expect(code).toBe(1);
    expect(lines).toContain(`${rule}: ${file} -> ${target}`);
  });

  it("sees an import of a type, which compiling would erase", () => {
    plant("lib/core/bad.ts", 'import type { Plan } from "../sweeps/plan.schema.ts";\nexport type Bad = Plan;\n');
    expect(checkImports(tree, "--minimum", "5").lines).toContain("core-knows-core: lib/core/bad.ts -> lib/sweeps/plan.schema.ts");
  });

  it("finds no-cycles: two modules that import each other", () => {
    plant("lib/metrics/one.ts", 'import { two } from "./two.ts";\nexport const one = () => two;\n');
    plant("lib/metrics/two.ts", 'import { one } from "./one.ts";\nexport const two = () => one;\n');
    const { code, lines } = checkImports(tree, "--minimum", "5");
    expect(code).toBe(1);
    expect(lines.join("\n")).toContain("no-cycles: lib/metrics/one.ts -> lib/metrics/two.ts -> lib/metrics/one.ts");
  });
});

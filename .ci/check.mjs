// Everything that can be judged without running the product: `npm run check`, or one part by its name.
// Plain JavaScript, as it also runs under a Node that is too old for TypeScript.
import { spawn } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const biome = "node_modules/@biomejs/biome/bin/biome";
const tsc = "node_modules/typescript/bin/tsc";
const runtime = "cli/with-runtime.mjs";
/** The rules against clock, randomness and environment in `lib/`; see biome.json and pure.grit. */
const purity = ["style/noRestrictedGlobals", "style/noRestrictedImports", "plugin"];

/** @type {Record<string, readonly { readonly says: string, readonly args: readonly string[] }[]>} */
const CHECKS = {
  format: [{ says: "formatted, imports in order", args: [biome, "ci", "--colors=off", "--linter-enabled=false", "."] }],
  lint: [
    {
      says: "no lint finding",
      args: [biome, "lint", "--colors=off", "--error-on-warnings", ...purity.map((rule) => `--skip=${rule}`), "."],
    },
  ],
  imports: [{ says: "import directions hold", args: [runtime, ".ci/imports.mjs"] }],
  purity: [
    {
      says: "no clock, randomness or environment in lib/",
      args: [biome, "lint", "--colors=off", ...purity.map((rule) => `--only=${rule}`), "lib"],
    },
  ],
  types: [
    { says: "types hold", args: [tsc, "-p", "tsconfig.json"] },
    { says: "types of infra hold", args: [tsc, "-p", "infra/tsconfig.json"] },
    { says: "types of web hold", args: [tsc, "-p", "web/tsconfig.json"] },
  ],
  unused: [{ says: "no dead code", args: [runtime, "node_modules/knip/bin/knip.js", "--no-progress"] }],
};

const [only] = process.argv.slice(2);
if (only !== undefined && !Object.hasOwn(CHECKS, only)) {
  console.error(`There is no check "${only}"; there are ${Object.keys(CHECKS).join(", ")}.`);
  process.exit(2);
}

/** @param {readonly string[]} args @returns {Promise<{ code: number, output: string }>} */
function run(args) {
  return new Promise((settle) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("close", (code) => settle({ code: code ?? 1, output }));
  });
}

const started = Date.now();
const failed = [];
for (const [name, steps] of Object.entries(CHECKS)) {
  if (only !== undefined && name !== only) continue;
  for (const { says, args } of steps) {
    const from = Date.now();
    const { code, output } = await run(args);
    const seconds = `${((Date.now() - from) / 1000).toFixed(1)} s`;
    const detail = name === "imports" && code === 0 ? `; ${output.trim()}` : "";
    console.log(`${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(8)} ${code === 0 ? `${says}${detail}` : "see below"} (${seconds})`);
    if (code === 0) continue;
    console.log(output.trimEnd());
    if (!failed.includes(name)) failed.push(name);
  }
}
const total = `${((Date.now() - started) / 1000).toFixed(1)} s`;
console.log(failed.length === 0 ? `All checks passed in ${total}.` : `Failed in ${total}: ${failed.join(", ")}.`);
process.exitCode = failed.length === 0 ? 0 : 1;

// Import directions: `.dependency-cruiser.mjs` over the tree of the working directory. Prints how much was seen,
// or each violation by its rule.
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({ options: { minimum: { type: "string", default: "200" } }, allowPositionals: true });
const folders = positionals.length > 0 ? positionals : ["client", "lib", "functions", "infra", "cli", "web", "bench", "trust"];
const minimum = Number(values.minimum);

// dependency-cruiser reads TypeScript through the compiler's API, which ends with version 6; the project compiles with 7.
registerHooks({
  resolve: (specifier, context, next) =>
    next(/^typescript(\/package\.json)?$/.test(specifier) ? specifier.replace("typescript", "typescript-6") : specifier, context),
});
const { cruise } = await import("dependency-cruiser");
const { default: extractTSConfig } = await import("dependency-cruiser/config-utl/extract-ts-config");
const { default: config } = await import(pathToFileURL(join(import.meta.dirname, "..", ".dependency-cruiser.mjs")).href);

const { options, ...ruleSet } = config;
const tsConfig = extractTSConfig("tsconfig.json");
const { output } = await cruise(folders, { ...options, ruleSet, validate: true }, undefined, { tsConfig });
const { modules, summary } = output;
const own = modules.filter(({ source }) => folders.some((folder) => source.startsWith(`${folder}/`)));

for (const { rule, from, to, cycle } of summary.violations) {
  const way = cycle ? [from, ...cycle.map(({ name }) => name)].join(" -> ") : from === to ? from : `${from} -> ${to}`;
  console.log(`${rule.name}: ${way}`);
}
if (own.length < minimum) {
  console.log(`Saw ${own.length} modules in ${folders.join(", ")}; expected at least ${minimum}. A check that sees nothing finds nothing.`);
}
if (summary.violations.length > 0 || own.length < minimum) process.exitCode = 1;
else console.log(`${own.length} modules, ${summary.totalDependenciesCruised} imports`);

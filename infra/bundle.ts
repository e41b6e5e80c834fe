import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Metafile, type Plugin } from "esbuild";
import { codeVersionOf } from "./local/code-version.ts";
import { readSampleData } from "./local/sample-data.ts";
import { FUNCTIONS, type FunctionName } from "./manifest.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Code that reads the packs or the sample series from beside itself; a bundle with it carries the files. */
const PACKS_READER = "lib/adapters/local/builtin-packs.ts";
const SAMPLE_READER = "functions/shared/ports-from-env.ts";

/** Functions whose code is split into what a start needs and what is loaded later. */
const SPLIT: readonly FunctionName[] = ["api"];

export interface Bundle {
  readonly name: FunctionName;
  /** Folder with `index.mjs` and the files it reads. */
  readonly folder: string;
  /** Of what a start of the function loads: `index.mjs` and the parts that it imports at once. */
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Source files in it, relative to the project. */
  readonly inputs: readonly string[];
}

/**
 * Bundles every function of the manifest: all but one by one call, which shares the parsed sources, so that they take little
 * longer than one. The API, whose callers wait for its start, is split: what its code imports when it is needed stays in
 * files of its own. The same sources give the same bytes wherever the checkout lies.
 *
 * @param outdir - emptied first
 */
export async function bundleFunctions(outdir: string): Promise<ReadonlyMap<FunctionName, Bundle>> {
  rmSync(outdir, { recursive: true, force: true });
  const names = Object.keys(FUNCTIONS) as FunctionName[];
  const whole = names.filter((name) => !SPLIT.includes(name));
  const built = await Promise.all([buildInto(outdir, whole, false), ...SPLIT.map((name) => buildInto(outdir, [name], true))]);
  const outputs = Object.assign({}, ...built.map(({ metafile }) => metafile.outputs)) as Metafile["outputs"];
  const sample = await readSampleData();
  return new Map(names.map((name) => [name, finishBundle(name, outdir, outputs, sample)]));
}

function buildInto(outdir: string, names: readonly FunctionName[], splitting: boolean) {
  return build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => ({ in: `functions/${name}/index.ts`, out: splitting ? "index" : `${name}/index` })),
    outdir: splitting ? join(outdir, names[0]!) : outdir,
    splitting,
    chunkNames: "part-[hash]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    // The ES modules of a package can be shaken, its CommonJS build cannot.
    mainFields: ["module", "main"],
    conditions: ["module"],
    minify: true,
    legalComments: "none",
    sourcemap: false,
    metafile: true,
    // The runtime carries the SDK; see docs/decisions for why it is not bundled.
    external: ["@aws-sdk/*"],
    define: { SIGMA_CODE_VERSION: JSON.stringify(codeVersionOf(ROOT)) },
    plugins: [withoutUnused, yamlAsModules],
    logLevel: "warning",
  });
}

function finishBundle(name: FunctionName, outdir: string, outputs: Metafile["outputs"], sample: Uint8Array): Bundle {
  const folder = join(outdir, name);
  const own = Object.keys(outputs).filter((path) => path.includes(`/${name}/`));
  const index = own.find((path) => path.endsWith("/index.mjs"))!;
  const inputs = own.flatMap((path) =>
    Object.entries(outputs[path]!.inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])),
  );
  if (inputs.includes("lib/adapters/local/market-data-parquet.ts"))
    throw new Error(`The bundle of "${name}" starts a worker thread: give its worker file an entry point of its own.`);
  if (inputs.includes(PACKS_READER)) copyPacks(join(folder, "packs"));
  if (inputs.includes(SAMPLE_READER) && inputs.includes("lib/adapters/local/market-data.ts"))
    writeFileSync(join(folder, "sp500-2000.csv"), sample);
  const code = loadedAtStart(index, outputs).map((path) => readFileSync(join(folder, basename(path))));
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
  return {
    name,
    folder,
    bytes: sum(code.map((bytes) => bytes.length)),
    gzipBytes: sum(code.map((bytes) => gzipSync(bytes, { level: 9 }).length)),
    inputs,
  };
}

/** An output and those that it imports by statements, which run before its first line. */
function loadedAtStart(index: string, outputs: Metafile["outputs"]): string[] {
  const loaded = [index];
  for (const path of loaded) {
    for (const { path: imported, kind } of outputs[path]!.imports) {
      if (kind === "import-statement" && Object.hasOwn(outputs, imported) && !loaded.includes(imported)) loaded.push(imported);
    }
  }
  return loaded;
}

/** The YAML only: the schemas beside it are for editors. */
function copyPacks(folder: string): void {
  cpSync(join(ROOT, "packs"), folder, {
    recursive: true,
    filter: (path) => (statSync(path).isDirectory() ? !path.endsWith("schema") : path.endsWith(".yaml")),
  });
}

/**
 * What packages bring and no function uses: zod's messages in 50 languages (the English ones it imports by itself), its
 * reader of JSON Schema and its compiler of parsers. The namespace export of zod keeps them alive.
 */
const withoutUnused: Plugin = {
  name: "without-unused",
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.c?js$/ }, () => ({ contents: "export {};", loader: "js" }));
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/](classic[\\/]from-json-schema|core[\\/]compile)\.c?js$/ }, ({ path }) => withoutCode(path));
  },
};

/** A module with the exports of another, each of which says that it was left out. */
function withoutCode(path: string): { readonly contents: string; readonly loader: "js" } {
  const names = [...readFileSync(path, "utf8").matchAll(/^export (?:async )?(?:function|class|const) (\w+)/gm)].map((match) => match[1]!);
  const refusing = (name: string): string => `export function ${name}() { throw new TypeError("This bundle leaves out ${name}."); }`;
  return { contents: names.map(refusing).join("\n"), loader: "js" };
}

/** `yaml` offers Node its CommonJS build only; its ES modules, named for browsers, are the same sources and need no `require`. */
const yamlAsModules: Plugin = {
  name: "yaml-as-modules",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^yaml$/ }, () => ({
      path: join(dirname(fileURLToPath(import.meta.resolve("yaml/package.json"))), "browser", "index.js"),
    }));
  },
};

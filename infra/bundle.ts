import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

export interface Bundle {
  readonly name: FunctionName;
  /** Folder with `index.mjs` and the files it reads. */
  readonly folder: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Source files in it, relative to the project. */
  readonly inputs: readonly string[];
}

/**
 * Bundles every function of the manifest by one call: they share the parsed sources, so all take little longer than one.
 * The same sources give the same bytes wherever the checkout lies.
 *
 * @param outdir - emptied first
 */
export async function bundleFunctions(outdir: string): Promise<ReadonlyMap<FunctionName, Bundle>> {
  rmSync(outdir, { recursive: true, force: true });
  const names = Object.keys(FUNCTIONS) as FunctionName[];
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => ({ in: `functions/${name}/index.ts`, out: `${name}/index` })),
    outdir,
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
  const sample = await readSampleData();
  return new Map(names.map((name) => [name, finishBundle(name, outdir, metafile, sample)]));
}

function finishBundle(name: FunctionName, outdir: string, metafile: Metafile, sample: Uint8Array): Bundle {
  const folder = join(outdir, name);
  const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`))![1];
  const inputs = Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
  if (inputs.includes("lib/adapters/local/market-data-parquet.ts"))
    throw new Error(`The bundle of "${name}" starts a worker thread: give its worker file an entry point of its own.`);
  if (inputs.includes(PACKS_READER)) copyPacks(join(folder, "packs"));
  if (inputs.includes(SAMPLE_READER) && inputs.includes("lib/adapters/local/market-data.ts"))
    writeFileSync(join(folder, "sp500-2000.csv"), sample);
  const code = readFileSync(join(folder, "index.mjs"));
  return { name, folder, bytes: code.length, gzipBytes: gzipSync(code, { level: 9 }).length, inputs };
}

/** The YAML only: the schemas beside it are for editors. */
function copyPacks(folder: string): void {
  cpSync(join(ROOT, "packs"), folder, {
    recursive: true,
    filter: (path) => (statSync(path).isDirectory() ? !path.endsWith("schema") : path.endsWith(".yaml")),
  });
}

/**
 * What packages bring and no function uses: zod's messages in 50 languages (the English ones it imports by itself) and its
 * reader of JSON Schema. The namespace export of zod keeps both alive.
 */
const withoutUnused: Plugin = {
  name: "without-unused",
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.c?js$/ }, () => ({ contents: "export {};", loader: "js" }));
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]classic[\\/]from-json-schema\.c?js$/ }, () => ({
      contents: 'export function fromJSONSchema() { throw new TypeError("This bundle reads no JSON Schema."); }',
      loader: "js",
    }));
  },
};

/** `yaml` offers Node its CommonJS build only; its ES modules, named for browsers, are the same sources and need no `require`. */
const yamlAsModules: Plugin = {
  name: "yaml-as-modules",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^yaml$/ }, () => ({
      path: join(dirname(fileURLToPath(import.meta.resolve("yaml/package.json"))), "browser", "index.js"),
    }));
  },
};

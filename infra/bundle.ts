import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Metafile, type OutputFile, type Plugin } from "esbuild";
import { listFiles } from "#functions/publish-web/list-files.ts";
import { codeVersionOf } from "./local/code-version.ts";
import { readSampleData } from "./local/sample-data.ts";
import { FUNCTIONS, type FunctionName } from "./manifest.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Code that reads the packs, the sample series or the built web app from beside itself; a bundle with it carries the files. */
const PACKS_READER = "lib/adapters/local/builtin-packs.ts";
const SAMPLE_READER = "functions/shared/bundled-sample.ts";
const WEB_PUBLISHER = "functions/publish-web/index.ts";

export interface CodeSize {
  readonly bytes: number;
  /** Each file by itself, as the asset's archive has them. */
  readonly gzipBytes: number;
}

export interface Bundle {
  readonly name: FunctionName;
  /** Folder with `index.mjs`, the chunks that it loads and the files that it reads. */
  readonly folder: string;
  /** What is loaded before the first call: `index.mjs` and the chunks that it imports. */
  readonly start: CodeSize;
  /** All its code: also the chunks that the first call which needs them loads. */
  readonly total: CodeSize;
  /** Source files in it, relative to the project. */
  readonly inputs: readonly string[];
}

/**
 * Bundles every function of the manifest by two calls, which share the parsed sources of their functions: the API, whose
 * callers wait for its start, and the rest. What functions of a call share, and what one imports dynamically, becomes a
 * chunk; each folder holds the chunks that its own function can reach. The API has a call of its own because its start is
 * cut into fewer pieces when nobody shares them. What a start loads is then joined into one file, function by function. The same
 * sources give the same bytes wherever the checkout lies.
 *
 * @param outdir - emptied first
 * @param web - folder of the built web app
 */
export async function bundleFunctions(outdir: string, web: string): Promise<ReadonlyMap<FunctionName, Bundle>> {
  rmSync(outdir, { recursive: true, force: true });
  const names = Object.keys(FUNCTIONS) as FunctionName[];
  const calls: readonly FunctionName[][] = [["api"], names.filter((name) => name !== "api")];
  const [built, sample] = await Promise.all([Promise.all(calls.map((call) => buildTogether(call, outdir))), readSampleData()]);
  const joined = await Promise.all(calls.flatMap((call, i) => call.map(async (name) => [name, await joinStart(name, built[i]!)] as const)));
  const code = new Map(joined);
  return new Map(names.map((name) => [name, writeBundle(name, join(outdir, name), code.get(name)!, { sample, web })]));
}

/** What one call made, by file name: all files are siblings, so their imports of each other hold in every folder. */
interface Built {
  readonly outputs: ReadonlyMap<string, Metafile["outputs"][string]>;
  readonly files: ReadonlyMap<string, Pick<OutputFile, "contents" | "text">>;
}

async function buildTogether(names: readonly FunctionName[], outdir: string): Promise<Built> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => ({ in: `functions/${name}/index.ts`, out: name })),
    outdir,
    outExtension: { ".js": ".mjs" },
    write: false,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    // The names of chunks depend on the paths of their sources, which shall not depend on where a package really lies.
    preserveSymlinks: true,
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
    plugins: [yamlAsModules],
    logLevel: "warning",
  });
  return {
    outputs: new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output])),
    files: new Map(outputFiles.map((file) => [basename(file.path), file])),
  };
}

/**
 * Joins what a start loads into one file: each import that waits for its request cuts the start into more pieces, and the
 * archive compresses every piece by itself. The pieces that such imports share with the start become doors to the one file.
 */
async function joinStart(name: FunctionName, { outputs, files }: Built): Promise<Built> {
  const entry = `${name}.mjs`;
  const start = reachable(entry, outputs, ["import-statement"]);
  const pieces = start.filter((file) => file !== entry);
  let count = 0;
  const doors = new Map(pieces.map((file) => [file, outputs.get(file)!.exports.map((own) => ({ own, shared: `s${count++}` }))]));
  const lines = [...doors].map(
    ([file, names]) => `export { ${names.map(({ own, shared }) => `${own} as ${shared}`).join(", ")} } from "./${file}";`,
  );
  const { outputFiles } = await build({
    stdin: { contents: [`export * from "./${entry}";`, ...lines].join("\n"), sourcefile: entry, resolveDir: ROOT },
    write: false,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    minify: true,
    legalComments: "none",
    plugins: [filesInMemory(new Map(start.map((file) => [file, files.get(file)!.text])))],
    // Warnings were given of the sources; of minified code they say nothing.
    logLevel: "error",
  });
  const waiting = start.flatMap((file) => outputs.get(file)!.imports.filter(({ kind }) => kind !== "import-statement"));
  const joined = {
    ...outputs.get(entry)!,
    imports: waiting.filter(({ path }) => !start.includes(basename(path))),
    inputs: Object.assign({}, ...start.map((file) => outputs.get(file)!.inputs)) as Metafile["outputs"][string]["inputs"],
  };
  const door = { ...joined, inputs: {}, imports: [{ path: entry, kind: "import-statement" as const }] };
  const doorText = (file: string) =>
    `export{${doors
      .get(file)!
      .map(({ own, shared }) => `${shared} as ${own}`)
      .join(",")}}from"./index.mjs";\n`;
  return {
    outputs: new Map([...outputs, ...pieces.map((file) => [file, door] as const), [entry, joined] as const]),
    files: new Map([
      ...files,
      ...pieces.map((file) => [file, { contents: new TextEncoder().encode(doorText(file)), text: doorText(file) }] as const),
      [entry, outputFiles[0]!] as const,
    ]),
  };
}

/** Resolves the given files to their texts, and leaves every other import as it stands. */
const filesInMemory = (texts: ReadonlyMap<string, string>): Plugin => ({
  name: "files-in-memory",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /.*/ }, ({ path }) =>
      texts.has(basename(path)) && path.startsWith("./") ? { path: basename(path), namespace: "memory" } : { path, external: true },
    );
    onLoad({ filter: /.*/, namespace: "memory" }, ({ path }) => ({ contents: texts.get(path)!, loader: "js" }));
  },
});

interface Carried {
  readonly sample: Uint8Array;
  readonly web: string;
}

function writeBundle(name: FunctionName, folder: string, { outputs, files }: Built, { sample, web }: Carried): Bundle {
  const entry = `${name}.mjs`;
  const all = reachable(entry, outputs, ["import-statement", "dynamic-import"]);
  const inputs = inputsOf(all, outputs);
  if (inputs.includes("lib/adapters/local/market-data-parquet.ts"))
    throw new Error(`The bundle of "${name}" starts a worker thread: give its worker file an entry point of its own.`);
  mkdirSync(folder, { recursive: true });
  for (const file of all) writeFileSync(join(folder, file === entry ? "index.mjs" : file), files.get(file)!.contents);
  if (inputs.includes(PACKS_READER)) copyPacks(join(folder, "packs"));
  if (inputs.includes(SAMPLE_READER)) writeFileSync(join(folder, "sp500-2000.csv"), sample);
  if (inputs.includes(WEB_PUBLISHER)) for (const file of listFiles(web)) cpSync(join(web, file), join(folder, "web", file));
  const sizeOf = (names: readonly string[]) => codeSize(names.map((file) => files.get(file)!.contents));
  return { name, folder, start: sizeOf(reachable(entry, outputs, ["import-statement"])), total: sizeOf(all), inputs };
}

/** The file and those that it imports in these ways, directly or through others. */
function reachable(from: string, outputs: Built["outputs"], kinds: readonly string[]): string[] {
  const found = new Set([from]);
  for (const file of found)
    for (const { path, kind, external } of outputs.get(file)!.imports)
      if (external !== true && kinds.includes(kind)) found.add(basename(path));
  return [...found];
}

function inputsOf(files: readonly string[], outputs: Built["outputs"]): string[] {
  return files.flatMap((file) =>
    Object.entries(outputs.get(file)!.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
}

function codeSize(contents: readonly Uint8Array[]): CodeSize {
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    bytes: sum(contents.map(({ length }) => length)),
    gzipBytes: sum(contents.map((code) => gzipSync(code, { level: 9 }).length)),
  };
}

/** The YAML and what each pack says of itself; the schemas beside them are for editors. */
function copyPacks(folder: string): void {
  cpSync(join(ROOT, "packs"), folder, {
    recursive: true,
    filter: (path) => (statSync(path).isDirectory() ? !path.endsWith("schema") : path.endsWith(".yaml") || path.endsWith("README.md")),
  });
}

/** `yaml` offers Node its CommonJS build only; its ES modules, named for browsers, are the same sources and need no `require`. */
const yamlAsModules: Plugin = {
  name: "yaml-as-modules",
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^yaml$/ }, async ({ kind, resolveDir }) => {
      const { path, errors } = await resolve("yaml/package.json", { kind, resolveDir });
      return { path: join(dirname(path), "browser", "index.js"), errors };
    });
  },
};

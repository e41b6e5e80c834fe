import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");

/** Writes the client as a package that needs nothing installed: one module, and its types. */
export async function writeClientPackage(folder: string, version: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entry = join(root, "client", "sigma-client.ts");
  await build({
    entryPoints: [entry],
    outfile: join(folder, "index.js"),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
  });
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = ["--declaration", "--emitDeclarationOnly", "--rewriteRelativeImportExtensions", "--skipLibCheck", "--strict"];
  const target = ["--module", "nodenext", "--target", "es2024", "--types", "node", "--rootDir", dirname(entry), "--outDir", folder];
  execFileSync(process.execPath, [compiler, "--ignoreConfig", ...options, ...target, entry], { cwd: root, stdio: "inherit" });
  // There is no source beside the declarations, so they name each other as modules.
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".d.ts"))) {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(/(from "\.\/[a-z-]+)\.ts"/g, '$1.js"'));
  }
  const manifest = {
    name: "sigma-lab-client",
    version,
    type: "module",
    exports: { ".": { types: "./sigma-client.d.ts", default: "./index.js" } },
    sideEffects: false,
    engines: { node: ">=20" },
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const guide = readFileSync(join(root, "client", "README.md"), "utf8");
  writeFileSync(join(folder, "README.md"), guide.replace("#client/sigma-client.ts", manifest.name));
}

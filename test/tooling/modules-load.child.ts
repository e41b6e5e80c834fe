// Loads every module of the product below the folder in its argument and prints, as JSON, how many it saw and which failed.
import { existsSync, globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Programs and threads: they start work when they are imported, so their text is read and their imports are loaded by themselves. */
const STARTS_WORK = /^(cli\/main|cli\/generate\/generate|infra\/(app|build-client)|infra\/local\/(issue-token|build-web)|.*-worker)\.ts$/;

/** Handlers of the cloud: everything that they import has been loaded when they miss their environment. */
const NEEDS_ENVIRONMENT = /^functions\/[^/]+\/index\.ts$/;

const root = process.argv[2]!;
const modules = ["lib", "functions", "infra", "cli"]
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
  .map((path) => path.replaceAll("\\", "/"))
  .sort();

const failures: string[] = [];
for (const path of modules) {
  try {
    if (STARTS_WORK.test(path)) stripTypeScriptTypes(readFileSync(join(root, path), "utf8"));
    else await import(pathToFileURL(join(root, path)).href);
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    if (!(NEEDS_ENVIRONMENT.test(path) && code === "CONFIG_INVALID")) failures.push(`${path}: ${message.split("\n")[0]}`);
  }
}
process.stdout.write(JSON.stringify({ modules: modules.length, failures }));
process.exit(0);

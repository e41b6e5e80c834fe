// Runs one of the project's tools (`vitest`, a bench, the synth) under the runtime that the product uses.
import { resolve } from "node:path";
import { runUnderRuntime } from "./runtime.mjs";

const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
  process.stderr.write("Usage: node cli/with-runtime.mjs SCRIPT [ARGUMENTS]\n");
  process.exit(2);
}
await runUnderRuntime(resolve(script), args);

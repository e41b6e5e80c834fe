#!/usr/bin/env node
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runUnderRuntime } from "./runtime.mjs";

await runUnderRuntime(join(dirname(fileURLToPath(import.meta.url)), "main.ts"), process.argv.slice(2));

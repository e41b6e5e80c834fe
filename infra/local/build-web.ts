import { relative } from "node:path";
import { buildWebApp } from "./web-build.ts";

/** `npm run build:web`: builds the app of these sources where there is none yet, and says where it lies. */
const built = await buildWebApp({ say: (line) => process.stderr.write(`${line}\n`) });
if ("folder" in built) process.stdout.write(`${relative(process.cwd(), built.folder)}\n`);
else process.exitCode = 1;

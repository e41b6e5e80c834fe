import { join, relative } from "node:path";
import own from "../package.json" with { type: "json" };
import { writeClientPackage } from "./client-package.ts";

/** `npm run client`: writes the client as a package into `dist/client`. */
const folder = join(import.meta.dirname, "..", "dist", "client");
await writeClientPackage(folder, own.version);
console.log(relative(process.cwd(), folder));

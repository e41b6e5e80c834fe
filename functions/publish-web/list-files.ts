import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Names of the regular files of a folder, with slashes. Links are not followed; what begins with a dot is a build's own record. */
export function listFiles(root: string, folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith(".")) return [];
    return entry.isDirectory() ? listFiles(root, name) : entry.isFile() ? [name] : [];
  });
}

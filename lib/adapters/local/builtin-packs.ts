import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SigmaError } from "../../errors/sigma-error.ts";
import { documentsOf, type PackDocuments } from "../../packs/pack-source.ts";

/**
 * The packs that come with the code, read once. A bundle carries the folder `packs` beside itself; in a checkout it
 * stands at the root.
 *
 * @throws CONFIG_INVALID when no such folder can be found
 */
export function readBuiltinPacks(folder: string = builtinPacksFolder()): PackDocuments {
  const texts: Record<string, string> = {};
  const guides: Record<string, string> = {};
  const visit = (relative: string, depth: number): void => {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const path = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory() && depth < 2) visit(path, depth + 1);
      else if (entry.isFile() && entry.name.endsWith(".yaml")) texts[path] = readFileSync(join(folder, path), "utf8");
      else if (entry.isFile() && entry.name === "README.md" && depth === 1) guides[relative] = readFileSync(join(folder, path), "utf8");
    }
  };
  visit("", 0);
  return documentsOf(texts, guides);
}

function builtinPacksFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = [join(here, "packs"), join(here, "..", "..", "..", "packs")];
  const found = candidates.find((folder) => existsSync(join(folder, "swingsigma", "pack.yaml")));
  if (found) return found;
  throw new SigmaError(
    "CONFIG_INVALID",
    'The built-in packs were not found beside the code. Reinstall, or deploy the folder "packs" with it.',
    {
      candidates,
    },
  );
}

import type { Finding } from "../packs/finding.ts";
import { strayDocuments } from "../packs/pack-source.ts";
import { compareVersions, FIRST_VERSION } from "../packs/pack-version.ts";
import type { PackContent } from "../packs/resolved-pack.ts";
import { objection } from "./rules.ts";

export function layout({ documents, pack }: PackContent): Finding[] {
  return strayDocuments(documents, pack.id).map((path) => objection("stray_document", path, `"${path}" is not read.`));
}

/** Lengths and characters of names and descriptions are the schema's to check. */
export function documentation({ indicatorSets, pack }: PackContent): Finding[] {
  const undescribed = [...indicatorSets]
    .filter(([, set]) => set.description === undefined)
    .map(([name]) => objection("set_undescribed", `indicator_sets.${name}.description`, `Set "${name}" has no description.`));
  return [...undescribed, ...nameFollowsId(pack.name, pack.id), ...versionStarts(pack.version)];
}

function nameFollowsId(name: string, id: string): Finding[] {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[ _]/g, "");
  return plain(name) === plain(id) ? [] : [objection("name_unlike_id", "name", `The pack is called "${name}" but its id is "${id}".`)];
}

function versionStarts(version: string): Finding[] {
  if (compareVersions(version, FIRST_VERSION) >= 0) return [];
  return [objection("version_below_start", "version", `The pack's version is "${version}"; versions start at ${FIRST_VERSION}.`)];
}

import { ID_PATTERN } from "../core/ids.ts";

/**
 * Where the documents of packs come from: the files beside the code, or a snapshot of a user's workspace. Paths are
 * relative to the folder of packs, such as `swingsigma/indicator_sets/eq_default.yaml`.
 */
export interface PackDocuments {
  /** Every document, in code unit order. */
  list(): readonly string[];
  /** The document's text, or undefined when there is none. */
  read(path: string): string | undefined;
  /** What a pack says of itself to people, in Markdown. No document: nothing is computed from it, and no identity depends on it. */
  guide?(packId: string): string | undefined;
}

/** Folders inside a pack; each holds one document a name. */
const DOCUMENT_KINDS = ["indicator_sets", "strategies", "policy_templates", "risk_profiles", "model_templates", "model_configs"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Path of a document inside the folder of packs. The caller has checked both ids. */
export const documentPath = (packId: string, kind: DocumentKind, name: string): string => `${packId}/${kind}/${name}.yaml`;

/** Documents that are held in memory: a workspace that was read, or a test's; `guides` by the packs' ids. */
export function documentsOf(texts: Readonly<Record<string, string>>, guides: Readonly<Record<string, string>> = {}): PackDocuments {
  const paths = Object.keys(texts).sort();
  return {
    list: () => paths,
    read: (path) => (Object.hasOwn(texts, path) ? texts[path] : undefined),
    guide: (packId) => (Object.hasOwn(guides, packId) ? guides[packId] : undefined),
  };
}

/** Ids of the packs that a source holds: folders with a `pack.yaml`. */
export function packIds(documents: PackDocuments): string[] {
  return documents
    .list()
    .filter((path) => path.endsWith("/pack.yaml"))
    .map((path) => path.slice(0, -"/pack.yaml".length))
    .filter((id) => ID_PATTERN.test(id));
}

/** Names of one kind's documents in a pack, in order. */
export function documentNames(documents: PackDocuments, packId: string, kind: DocumentKind): string[] {
  const folder = `${packId}/${kind}/`;
  return documents
    .list()
    .filter((path) => path.startsWith(folder) && path.endsWith(".yaml"))
    .map((path) => path.slice(folder.length, -".yaml".length))
    .filter((name) => ID_PATTERN.test(name));
}

/** Documents of a pack's folder that nothing reads: an unknown folder, or a name that is no id. */
export function strayDocuments(documents: PackDocuments, packId: string): string[] {
  return documents.list().filter((path) => {
    const [folder, kind, name, ...deeper] = path.split("/");
    if (folder !== packId) return false;
    if (name === undefined) return kind !== "pack.yaml" && kind !== "indicator_set.yaml";
    const known = DOCUMENT_KINDS.some((candidate) => candidate === kind) && ID_PATTERN.test(name.replace(/\.yaml$/, ""));
    return !known || deeper.length > 0;
  });
}

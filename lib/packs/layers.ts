/** A document before defaults, and where it came from. */
export interface Layer<Source extends string> {
  readonly source: Source;
  readonly document: unknown;
}

type Mapping = { readonly [key: string]: unknown };
const isMapping = (value: unknown): value is Mapping => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Lays documents over each other, the first on top. Mappings merge key by key; lists and plain values (null too) are
 * taken whole from the topmost layer that has the key.
 *
 * @param whole - dotted paths of mappings that do not merge either, such as a label, whose keys depend on its kind
 */
export function mergeLayers(layers: readonly Layer<string>[], whole: readonly string[] = []): unknown {
  return merge(
    layers.map((layer) => layer.document),
    "",
    whole,
  );
}

function merge(documents: readonly unknown[], path: string, whole: readonly string[]): unknown {
  const present = documents.filter((document) => document !== undefined);
  const top = present[0];
  if (!isMapping(top) || whole.includes(path)) return top;
  const mappings = present.filter(isMapping);
  const keys = [...new Set(mappings.flatMap((mapping) => Object.keys(mapping)))];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      merge(
        mappings.map((mapping) => mapping[key]),
        join(path, key),
        whole,
      ),
    ]),
  );
}

/**
 * For every leaf of the effective value, the topmost layer that set it; what none set is a built-in default.
 *
 * @param whole - as given to `mergeLayers`
 */
export function provenanceOf<Source extends string>(
  effective: unknown,
  layers: readonly Layer<Source>[],
  whole: readonly string[] = [],
): Record<string, Source | "built-in default"> {
  const result: Record<string, Source | "built-in default"> = {};
  const walk = (value: unknown, path: string, visible: readonly Layer<Source>[]): void => {
    const set = visible.filter((layer) => layer.document !== undefined);
    const owners = whole.includes(path) ? set.slice(0, 1) : set;
    if (!isMapping(value) || Object.keys(value).length === 0) {
      result[path] = owners[0]?.source ?? "built-in default";
      return;
    }
    for (const [key, inner] of Object.entries(value)) {
      if (inner === undefined) continue;
      const below = owners.map(({ source, document }) => ({ source, document: isMapping(document) ? document[key] : undefined }));
      walk(inner, join(path, key), below);
    }
  };
  walk(effective, "", layers);
  return result;
}

const join = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

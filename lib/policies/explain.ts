import type { ResolvedPolicy } from "./resolve-policy.ts";

/** One effective value and where it came from. */
export interface ExplainedValue {
  /** Dotted path, such as `execution.brackets.entry_mode`. */
  readonly path: string;
  readonly value: string | number | boolean | null | readonly (string | number)[];
  readonly source: "model" | "pack default" | "built-in default";
}

const SOURCES = { policy: "model", pack: "pack default", "built-in default": "built-in default" } as const;

/** Every value of an effective policy in the schema's order, with the document that set it. */
export function explainPolicy({ policy, provenance }: ResolvedPolicy): ExplainedValue[] {
  return Object.entries(provenance)
    .map(([path, source]): ExplainedValue | undefined => {
      const value = valueAt(policy, path);
      return isLeaf(value) ? { path, value, source: SOURCES[source] } : undefined;
    })
    .filter((row) => row !== undefined);
}

const valueAt = (root: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], root);

/** Empty mappings (a risk budget that sets nothing) are not values. */
const isLeaf = (value: unknown): value is ExplainedValue["value"] => value === null || typeof value !== "object" || Array.isArray(value);

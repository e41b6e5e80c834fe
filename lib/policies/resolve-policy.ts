import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { type Layer, mergeLayers, provenanceOf } from "../packs/layers.ts";
import { readDocument, readYaml } from "../packs/yaml.ts";
import { normaliseGatesAt } from "./gate-aliases.ts";
import { type Policy, PolicySchema } from "./policy.schema.ts";

/** `policy` = the model's own policy document; `pack` = a template of the pack. */
export type PolicySource = "policy" | "pack";

export interface PolicyDocument {
  readonly source: PolicySource;
  readonly path: string;
  readonly text: string;
}

export interface ResolvedPolicy {
  readonly policy: Policy;
  /** By dotted path, such as `execution.slippage_bps`. */
  readonly provenance: Readonly<Record<string, PolicySource | "built-in default">>;
}

/**
 * Moves what stands under `policy:` to the root, where the schema has it, and replaces aliases of gate limits.
 *
 * @throws POLICY_INVALID when a section stands both at the root and under `policy:`
 */
export function normalisePolicy(raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return raw;
  const { policy, ...root } = raw as Record<string, unknown>;
  if (typeof policy !== "object" || policy === null || Array.isArray(policy)) return normaliseGatesAt(raw, "risk_budget");
  const twice = Object.keys(policy).find((key) => Object.hasOwn(root, key));
  if (twice !== undefined)
    throw new SigmaError("POLICY_INVALID", `"${twice}" stands at the root and under "policy:". Keep one of them.`, { key: twice });
  return normaliseGatesAt({ ...root, ...policy }, "risk_budget");
}

/** @throws POLICY_INVALID naming the file, the line and the field */
export function readPolicy(text: string, path: string): Policy {
  return readDocument(text, PolicySchema, { code: "POLICY_INVALID", path }, normalisePolicy);
}

/**
 * The effective policy: the first document over the next ones, over the built-in defaults. Name and version are the
 * first document's. Every document must be valid by itself.
 *
 * @throws POLICY_INVALID when there is no document (a policy is mandatory) or one is invalid
 */
export function resolvePolicy(documents: readonly PolicyDocument[]): ResolvedPolicy {
  if (documents.length === 0)
    throw new SigmaError("POLICY_INVALID", "A model needs a policy and none was found. Add one to policy_templates/.", {});
  const layers = documents.map(({ source, path, text }): Layer<PolicySource> => {
    readPolicy(text, path);
    return { source, document: normalisePolicy(readYaml(text, { code: "POLICY_INVALID", path })) };
  });
  const policy = parseOr("POLICY_INVALID", PolicySchema, mergeLayers(layers), `"${documents[0]!.path}"`);
  return { policy, provenance: provenanceOf(policy, layers) };
}

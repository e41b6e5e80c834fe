import type * as z from "zod";
import { type Sha256, sha256OfJson } from "../core/digest.ts";
import { ID_PATTERN } from "../core/ids.ts";
import { nearestName } from "../errors/nearest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { normaliseGatesAt } from "../policies/gate-aliases.ts";
import { readPolicy } from "../policies/resolve-policy.ts";
import { RiskProfileSchema } from "../policies/risk-budget.schema.ts";
import { throwErrors } from "./finding.ts";
import { type IndicatorSet, IndicatorSetSchema } from "./indicator-set.schema.ts";
import { ModelTemplateSchema } from "./model-template.schema.ts";
import { PackSchema } from "./pack.schema.ts";
import { packReferences } from "./pack-references.ts";
import { type DocumentKind, documentNames, documentPath, type PackDocuments, packIds } from "./pack-source.ts";
import type { PackContent, ResolvedPack } from "./resolved-pack.ts";
import { StrategySchema } from "./strategy.schema.ts";
import { readDocument } from "./yaml.ts";

/** The documents of a pack as far as they could be read, and what was wrong with the others. */
export interface PackReading {
  readonly content: PackContent | undefined;
  readonly problems: readonly SigmaError[];
}

/**
 * Reads a pack whole.
 *
 * @param packId - must be an id; anything else is refused before a path is made of it
 * @throws NOT_FOUND with the nearest id when the source has no such pack
 * @throws PACK_INVALID | POLICY_INVALID naming the file, the line and the field
 */
export function resolvePack(documents: PackDocuments, packId: string): ResolvedPack {
  const { content, problems } = readPack(documents, packId);
  const problem = problems[0];
  if (problem) throw problem;
  throwErrors(packReferences(content!), `Pack "${packId}"`);
  return resolvedOf(content!);
}

/** A pack whose documents were all read and whose references hold, with its identity. */
export const resolvedOf = (content: PackContent): ResolvedPack => ({ ...content, packSha: packSha(content) });

/** Reads what can be read; every document that cannot is a problem and missing from the content. */
export function readPack(documents: PackDocuments, packId: string): PackReading {
  const text = ID_PATTERN.test(packId) ? documents.read(`${packId}/pack.yaml`) : undefined;
  if (text === undefined) throw unknownPack(packId, packIds(documents));
  const problems: SigmaError[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SigmaError)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  const all = <T>(kind: DocumentKind, read: (text: string, path: string) => T): Map<string, T> => {
    const found = new Map<string, T>();
    for (const name of documentNames(documents, packId, kind)) {
      if (belongsToModel(documents, packId, kind, name)) continue;
      const path = documentPath(packId, kind, name);
      const value = attempt(() => read(documents.read(path)!, path));
      if (value !== undefined) found.set(name, value);
    }
    return found;
  };
  const pack = attempt(() =>
    readDocument(text, PackSchema, { code: "PACK_INVALID", path: `${packId}/pack.yaml` }, (raw) => normaliseGatesAt(raw, "gates")),
  );
  const indicatorSets = all("indicator_sets", plain(IndicatorSetSchema));
  const rootSet = attempt(() => readRootSet(documents, packId, indicatorSets));
  if (rootSet) indicatorSets.set("default", rootSet);
  const content = {
    indicatorSets,
    strategies: all("strategies", plain(StrategySchema)),
    policies: all("policy_templates", readPolicy),
    riskProfiles: all("risk_profiles", (raw, path) =>
      readDocument(raw, RiskProfileSchema, { code: "PACK_INVALID", path }, (value) => normaliseGatesAt(value, "risk_budget")),
    ),
    templates: all("model_templates", plain(ModelTemplateSchema)),
    modelIds: documentNames(documents, packId, "model_configs"),
    documents,
  };
  return { content: pack && { pack, ...content }, problems };
}

/** @throws NOT_FOUND always, naming the nearest pack */
export function unknownPack(packId: string, known: readonly string[]): SigmaError {
  const nearest = nearestName(packId.slice(0, 64), known);
  const hint = nearest ? `Did you mean "${nearest}"?` : known.length > 0 ? `Packs are ${known.join(", ")}.` : "There are no packs.";
  return new SigmaError("NOT_FOUND", `No pack has the id ${JSON.stringify(packId.slice(0, 80))}. ${hint}`, { packId: packId.slice(0, 80) });
}

const plain =
  <S extends z.ZodType>(schema: S) =>
  (text: string, path: string): z.output<S> =>
    readDocument(text, schema, { code: "PACK_INVALID", path });

/** A set or policy that is named like a model is that model's own, and no part of the pack. */
function belongsToModel(documents: PackDocuments, packId: string, kind: DocumentKind, name: string): boolean {
  if (kind !== "indicator_sets" && kind !== "policy_templates") return false;
  return documents.read(documentPath(packId, "model_configs", name)) !== undefined;
}

/** The older layout keeps the default set at the pack's root. */
function readRootSet(documents: PackDocuments, packId: string, sets: ReadonlyMap<string, IndicatorSet>): IndicatorSet | undefined {
  const path = `${packId}/indicator_set.yaml`;
  const text = documents.read(path);
  if (text === undefined) return undefined;
  if (sets.has("default"))
    throw new SigmaError("PACK_INVALID", `"${path}" and "${packId}/indicator_sets/default.yaml" both define the default set. Remove one.`, {
      path,
    });
  return readDocument(text, IndicatorSetSchema, { code: "PACK_INVALID", path });
}

function packSha(content: PackContent): Sha256 {
  const { pack, indicatorSets, strategies, policies, riskProfiles, templates } = content;
  const named = (documents: ReadonlyMap<string, unknown>) => Object.fromEntries(documents);
  return sha256OfJson({
    pack,
    indicator_sets: named(indicatorSets),
    strategies: named(strategies),
    policy_templates: named(policies),
    risk_profiles: named(riskProfiles),
    model_templates: named(templates),
  });
}

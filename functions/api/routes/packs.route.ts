import * as z from "zod";
import { ValidationReportSchema } from "#lib/coherence/report.schema.ts";
import { IdSchema } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { effectiveLimits, riskSha } from "#lib/models/limits.ts";
import { IndicatorSetSchema } from "#lib/packs/indicator-set.schema.ts";
import { ModelTemplateSchema } from "#lib/packs/model-template.schema.ts";
import { findOwnSet, ownSetNames } from "#lib/packs/own-indicator-sets.ts";
import { PackSchema } from "#lib/packs/pack.schema.ts";
import { createPackLibrary, type LibraryPack, type PackLibrary } from "#lib/packs/pack-library.ts";
import { documentsOf, packIds } from "#lib/packs/pack-source.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import { riskDisclaimer } from "#lib/packs/risk-disclaimer.ts";
import { StrategySchema } from "#lib/packs/strategy.schema.ts";
import { findStrategies } from "#lib/packs/tag-search.ts";
import { effectiveTags, readTagFilter, tagList } from "#lib/packs/tags.ts";
import { RiskBudgetSchema, RiskProfileSchema } from "#lib/policies/risk-budget.schema.ts";
import type { ApiPorts } from "../api-deps.ts";
import { json } from "../http/answer.ts";
import { etagOf } from "../http/conditions.ts";
import { page, pageQuery, pageSchema } from "../http/list.ts";
import { pageOf } from "../http/page-of.ts";
import { DataNeedsSchema } from "../models/data-needs.schema.ts";
import { allModels, ModelRowSchema, withMatrices } from "../models/model-rows.ts";
import { type PackState, PackStateSchema, packState } from "../packs/pack-state.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const libraryOf = (ports: ApiPorts): PackLibrary =>
  createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata });

const PackParams = z.strictObject({ pack_id: IdSchema });
const pack = PackSchema.shape;
const PageQuery = z.strictObject(pageQuery);

const PackRowSchema = z.strictObject({
  pack_id: z.string(),
  name: z.string(),
  version: z.string(),
  description: z.string(),
  built_in: z.boolean().describe("Built-in packs come with the code and cannot be changed"),
  is_draft: z.boolean().describe("A pack of your own of which no version has passed its check: no models can be made of it"),
  vibe: pack.vibe,
  tags: z.array(z.string()),
  supported_instruments: pack.supported_instruments,
  cadences: z.array(z.string()),
  horizons: z.array(z.string()),
  own: PackStateSchema.nullable().describe("Its versions and its submission; null unless you wrote it through the API"),
  pack_sha: z.string(),
});

const PackDetailSchema = z.strictObject({
  ...PackRowSchema.shape,
  readme: z.string().nullable().describe("What a built-in pack says of itself, in Markdown: hypothesis, data, limits"),
  risk_disclaimer: z.string().describe("What can go wrong, from the pack's settings"),
  pack: PackSchema,
  templates: z.array(z.string()),
  indicator_sets: z.array(z.string()),
  strategies: z.array(z.string()),
  policies: z.array(z.string()),
  risk_profiles: z.array(z.string()),
});

function rowOf({ resolved, builtIn, isDraft }: LibraryPack, own: PackState | undefined): z.output<typeof PackRowSchema> {
  const { id, name, version, description, vibe, tags, supported_instruments, cadences, horizons } = resolved.pack;
  return {
    pack_id: id,
    name,
    version,
    description,
    built_in: builtIn,
    is_draft: isDraft,
    vibe,
    tags: tagList(effectiveTags(tags)),
    supported_instruments,
    cadences,
    horizons,
    own: own ?? null,
    pack_sha: resolved.packSha,
  };
}

/** Where each pack that the owner wrote stands, by its id. */
async function ownStates(ports: ApiPorts, owner: string): Promise<ReadonlyMap<string, PackState>> {
  const { listOwnPacks } = await import("#lib/packs/own-pack-reader.ts");
  return new Map((await listOwnPacks(ports, owner)).map((own) => [own.pack_id, packState(own)]));
}

async function allPacks(ports: ApiPorts, owner: string) {
  const library = libraryOf(ports);
  const listed = await library.list(owner);
  return Promise.all(listed.map(({ packId }) => library.get(owner, packId)));
}

/** A route for one kind of a pack's documents. */
const documentsRoute = <S extends z.ZodType>(kind: string, summary: string, schema: S, of: (pack: ResolvedPack) => Iterable<z.output<S>>) =>
  defineRoute({
    method: "get",
    path: `/packs/{pack_id}/${kind}`,
    tag: "packs",
    summary,
    params: PackParams,
    query: PageQuery,
    answers: { 200: { description: "A page", schema: pageSchema(schema) } },
    handler: async ({ ports, owner, params, query }) => {
      const { resolved } = await libraryOf(ports).get(owner, params.pack_id);
      const documents = [...of(resolved)] as { readonly name: string }[];
      const sorted = documents.sort((a, b) => (a.name < b.name ? -1 : 1));
      const { rows, nextCursor } = pageOf(sorted, ({ name }) => name, query);
      return page(rows, nextCursor);
    },
  });

const SetRowSchema = z.strictObject({ ...IndicatorSetSchema.shape, origin: z.enum(["pack", "own"]) });

/** The sets that models of the pack can name, in the order of their names. */
async function setRows(ports: ApiPorts, owner: string, { pack, indicatorSets }: ResolvedPack): Promise<z.output<typeof SetRowSchema>[]> {
  const names = (await ownSetNames(ports.artifacts, owner, pack.id)).filter((name) => !indicatorSets.has(name));
  const own = await Promise.all(names.map((name) => findOwnSet(ports.artifacts, owner, pack.id, name)));
  return [
    ...[...indicatorSets.values()].map((set) => ({ ...set, origin: "pack" as const })),
    ...own.flatMap((found) => (found ? [{ ...found.set, origin: "own" as const }] : [])),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const RiskProfileRowSchema = z.strictObject({
  ...RiskProfileSchema.shape,
  limits: RiskBudgetSchema.describe("The pack's gates, tightened by the profile and the default policy"),
  risk_sha: z.string().describe("As lineages have it for models that tighten nothing further"),
});

/** The profiles that the pack offers, in the order of their names. */
function riskProfileRows({ pack, riskProfiles, policies }: ResolvedPack): z.output<typeof RiskProfileRowSchema>[] {
  return pack.risk_profiles.toSorted().map((name) => {
    const profile = riskProfiles.get(name)!;
    const { limits } = effectiveLimits([
      { source: "pack", path: "pack.gates", budget: pack.gates, error: "PACK_INVALID" },
      { source: "pack", path: `risk_profiles.${name}.risk_budget`, budget: profile.risk_budget, error: "PACK_INVALID" },
      { source: "pack", path: "policy.risk_budget", budget: policies.get(pack.policy)!.risk_budget, error: "POLICY_INVALID" },
    ]);
    return { ...profile, limits, risk_sha: riskSha(profile, limits) };
  });
}

const TemplateRowSchema = z.strictObject({
  pack_id: z.string(),
  ...ModelTemplateSchema.shape,
  needs: DataNeedsSchema.nullable().describe("What models of it read; null where that cannot be said"),
});
const TaggedSchema = z.strictObject({ pack_id: z.string(), strategy: z.string(), tags: z.array(z.string()) });

const ValidateSchema = z.strictObject({
  pack_id: IdSchema.optional().describe("A pack that is known, or which of the documents' packs"),
  documents: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9_]{0,63}\/[a-z0-9_./-]{1,160}$/, "must be a path such as my_pack/pack.yaml"),
      z.string().max(65_536),
    )
    .optional()
    .describe("YAML texts by path, such as my_pack/pack.yaml"),
});

export const packRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/packs",
    tag: "packs",
    summary: "Strategy packs: the built-in ones and your own",
    query: PageQuery,
    answers: { 200: { description: "A page of packs", schema: pageSchema(PackRowSchema) } },
    handler: async ({ ports, owner, query }) => {
      const listed = await allPacks(ports, owner);
      const own = listed.every(({ builtIn }) => builtIn) ? new Map() : await ownStates(ports, owner);
      const packs = listed.map((found) => rowOf(found, own.get(found.resolved.pack.id)));
      const { rows, nextCursor } = pageOf(
        packs.sort((a, b) => (a.pack_id < b.pack_id ? -1 : 1)),
        ({ pack_id }) => pack_id,
        query,
      );
      return page(rows, nextCursor);
    },
  }),
  defineRoute({
    method: "get",
    path: "/packs/{pack_id}",
    tag: "packs",
    summary: "One pack with the names of its documents, and where a pack of your own stands",
    conditional: true,
    params: PackParams,
    answers: {
      200: { description: "The pack; its ETag is what If-Match takes", schema: PackDetailSchema },
      304: { description: "Unchanged since the etag that was sent" },
    },
    handler: async ({ ports, owner, params }) => {
      const found = await libraryOf(ports).get(owner, params.pack_id);
      const { resolved, builtIn } = found;
      const own = builtIn ? undefined : await (await import("../packs/own-packs.ts")).ownPackView(ports, owner, params.pack_id);
      const { pack, templates, indicatorSets, strategies, policies, riskProfiles } = resolved;
      const detail = {
        ...rowOf(found, own?.state),
        readme: (builtIn && ports.builtinPacks.guide?.(pack.id)) || null,
        risk_disclaimer: riskDisclaimer(pack),
        pack,
        templates: [...templates.keys()].sort(),
        indicator_sets: [...indicatorSets.keys()].sort(),
        strategies: [...strategies.keys()].sort(),
        policies: [...policies.keys()].sort(),
        risk_profiles: [...riskProfiles.keys()].sort(),
      };
      return json(detail, 200, { etag: own?.etag ?? etagOf(resolved.packSha), "cache-control": "private, no-cache" });
    },
  }),
  defineRoute({
    method: "get",
    path: "/packs/{pack_id}/risk_profiles",
    tag: "packs",
    summary: "Risk profiles of a pack, with the limits that hold under each and their identity",
    params: PackParams,
    query: PageQuery,
    answers: { 200: { description: "A page of profiles", schema: pageSchema(RiskProfileRowSchema) } },
    handler: async ({ ports, owner, params, query }) => {
      const { resolved } = await libraryOf(ports).get(owner, params.pack_id);
      const { rows, nextCursor } = pageOf(riskProfileRows(resolved), ({ name }) => name, query);
      return page(rows, nextCursor);
    },
  }),
  documentsRoute("templates", "Model templates of a pack", ModelTemplateSchema, (pack) => pack.templates.values()),
  defineRoute({
    method: "get",
    path: "/packs/{pack_id}/indicator_sets",
    tag: "packs",
    summary: "Indicator sets of a pack, and your own ones beside it",
    params: PackParams,
    query: PageQuery,
    answers: { 200: { description: "A page of sets", schema: pageSchema(SetRowSchema) } },
    handler: async ({ ports, owner, params, query }) => {
      const { resolved } = await libraryOf(ports).get(owner, params.pack_id);
      const { rows, nextCursor } = pageOf(await setRows(ports, owner, resolved), ({ name }) => name, query);
      return page(rows, nextCursor);
    },
  }),
  documentsRoute("strategies", "Strategies of a pack", StrategySchema, (pack) => pack.strategies.values()),
  defineRoute({
    method: "get",
    path: "/packs/{pack_id}/models",
    tag: "packs",
    summary: "Models of a pack and your own ones in it",
    params: PackParams,
    query: PageQuery,
    answers: { 200: { description: "A page of models", schema: pageSchema(ModelRowSchema) } },
    handler: async ({ ports, owner, params, query }) => {
      const { rows, nextCursor } = pageOf(await allModels(ports, owner, params.pack_id), ({ model_id }) => model_id, query);
      return page(await withMatrices(ports, owner, rows), nextCursor);
    },
  }),
  defineRoute({
    method: "post",
    path: "/packs/validate",
    tag: "packs",
    summary: "Everything that is wrong with a pack, known or sent along",
    body: ValidateSchema,
    bodyExample: { pack_id: "swingsigma" },
    answers: { 200: { description: "The report", schema: ValidationReportSchema } },
    handler: async ({ ports, owner, body: { pack_id, documents } }) => {
      // The linter is loaded where it is wanted: most calls of the API judge nothing.
      const { validatePack } = (await import("../models/linter.ts")).LINTER;
      if (documents === undefined) {
        if (pack_id === undefined) throw missing("Give pack_id or documents.");
        return json(validatePack(await libraryOf(ports).documents(owner, pack_id), pack_id));
      }
      const source = documentsOf(documents);
      const ids = packIds(source);
      const id = pack_id ?? (ids.length === 1 ? ids[0] : undefined);
      if (id === undefined)
        throw missing(`The documents hold ${ids.length} packs (a pack is a folder with a pack.yaml). Name one as pack_id.`);
      return json(validatePack(source, id));
    },
  }),
  defineRoute({
    method: "get",
    path: "/model_templates",
    tag: "packs",
    summary: "Model templates of every pack",
    query: z.strictObject({ pack_id: IdSchema.optional(), ...pageQuery }),
    answers: { 200: { description: "A page of templates", schema: pageSchema(TemplateRowSchema) } },
    handler: async ({ ports, owner, query }) => {
      const library = libraryOf(ports);
      const packs =
        query.pack_id === undefined
          ? (await allPacks(ports, owner)).map(({ resolved }) => resolved)
          : [(await library.get(owner, query.pack_id)).resolved];
      const all = packs.flatMap(({ pack, templates }) => [...templates.values()].map((template) => ({ pack_id: pack.id, ...template })));
      const keyOf = ({ pack_id, name }: { pack_id: string; name: string }) => `${pack_id}/${name}`;
      const { rows, nextCursor } = pageOf(
        all.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
        keyOf,
        query,
      );
      const { templateNeeds } = await import("../models/template-needs.ts");
      const of = new Map(packs.map((pack) => [pack.pack.id, pack]));
      return page(
        rows.map((row) => ({ ...row, needs: templateNeeds(of.get(row.pack_id)!, row.name) })),
        nextCursor,
      );
    },
  }),
  defineRoute({
    method: "get",
    path: "/strategies",
    tag: "packs",
    summary: "Strategies that have all the wanted tags, inherited ones included",
    query: z.strictObject({
      tags: z.string().max(200).default("").describe("Comma separated, such as conservative,long_only"),
      ...pageQuery,
    }),
    answers: { 200: { description: "A page of strategies", schema: pageSchema(TaggedSchema) } },
    handler: async ({ ports, owner, query }) => {
      const packs = (await allPacks(ports, owner)).map(({ resolved }) => resolved);
      const all = findStrategies(packs, readTagFilter(query.tags)).map(({ packId, strategy, tags }) => ({
        pack_id: packId,
        strategy,
        tags,
      }));
      const keyOf = ({ pack_id, strategy }: { pack_id: string; strategy: string }) => `${pack_id}/${strategy}`;
      const { rows, nextCursor } = pageOf(
        all.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
        keyOf,
        query,
      );
      return page(rows, nextCursor);
    },
  }),
];

const missing = (message: string): SigmaError =>
  new SigmaError("INVALID_PARAM", message, {}, { fieldErrors: [{ path: "pack_id", issue: "required" }] });

import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { planUpdate } from "#lib/models/update-model.ts";
import { checkIndicatorSet } from "#lib/packs/check-indicator-set.ts";
import { IndicatorEntrySchema, type IndicatorSet, IndicatorSetSchema } from "#lib/packs/indicator-set.schema.ts";
import { findOwnSet, writeOwnSet } from "#lib/packs/own-indicator-sets.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { documentPath } from "#lib/packs/pack-source.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import { readDocument } from "#lib/packs/yaml.ts";
import type { ApiPorts } from "../api-deps.ts";
import { json } from "../http/answer.ts";
import { etagOf, requireMatch } from "../http/conditions.ts";
import { requireNoRuns } from "../models/active-work.ts";
import { modelEtag, readModel } from "../models/model-detail.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const WriteSetSchema = z
  .strictObject({
    pack_id: IdSchema,
    name: IdSchema.optional().describe("A set of your own beside the pack's, for several models and for compositions"),
    model_id: IdSchema.optional().describe("The model whose own set it becomes"),
    version: z.int().positive().optional().describe("Must be the next one; counted on when absent"),
    description: z.string().min(1).max(500).optional(),
    indicators: z.array(IndicatorEntrySchema).nonempty().max(100),
  })
  .refine(({ name, model_id }) => (name === undefined) !== (model_id === undefined), {
    path: ["name"],
    message: "give name or model_id, one of them",
  });
type WriteSet = z.output<typeof WriteSetSchema>;

const WrittenSchema = z.strictObject({
  pack_id: z.string(),
  model_id: z.string().nullable(),
  set: IndicatorSetSchema,
  changed: z.boolean().describe("False: the same set was there already"),
});
type Written = z.output<typeof WrittenSchema> & { readonly etag: string };

/** A set beside the pack's: one document, so it is written whole or not at all. */
async function writeNamed(
  ports: ApiPorts,
  owner: string,
  pack: ResolvedPack,
  name: string,
  asked: WriteSet,
  ifMatch?: string,
): Promise<Written> {
  const { artifacts } = ports;
  const packId = pack.pack.id;
  const model = await createModelStore(ports).find(owner, name);
  if (pack.indicatorSets.has(name) || pack.modelIds.includes(name) || model?.pack_id === packId)
    throw new SigmaError("CONFLICT", `"${name}" names a set or a model of pack "${packId}" already. Choose another name.`, { name });
  checkIndicatorSet(name, asked.indicators, pack.pack);
  const before = await findOwnSet(artifacts, owner, packId, name);
  requireMatch(ifMatch, before === undefined ? etagOf("absent") : etagOf(before.etag), `set "${name}"`);
  const content = { ...(asked.description === undefined ? {} : { description: asked.description }), indicators: asked.indicators };
  if (before !== undefined && isSame(before.set, content))
    return { pack_id: packId, model_id: null, set: before.set, changed: false, etag: etagOf(before.etag) };
  const set: IndicatorSet = { name, version: nextVersion(before?.set.version ?? 0, asked.version, name), ...content };
  const etag = await writeOwnSet(artifacts, owner, packId, set, before);
  return { pack_id: packId, model_id: null, set, changed: true, etag: etagOf(etag) };
}

/** A model's own set: a change of the model like any other. */
async function writeForModel(
  ports: ApiPorts,
  owner: string,
  pack: ResolvedPack,
  modelId: string,
  asked: WriteSet,
  ifMatch?: string,
): Promise<Written> {
  const packId = pack.pack.id;
  const store = createModelStore(ports);
  const { record, etag } = await readModel(ports, owner, packId, modelId);
  if (record === undefined)
    throw new SigmaError("UNPROCESSABLE", `Model "${modelId}" comes with pack "${packId}" and stays as it is.`, { model_id: modelId });
  requireMatch(ifMatch, etag, `model "${modelId}"`);
  const documents = await store.documents(owner, pack, modelId);
  const path = documentPath(packId, "indicator_sets", modelId);
  const readSet = (text: string) => readDocument(text, IndicatorSetSchema, { code: "MODEL_INVALID", path });
  const text = documents.read(path);
  const before = text === undefined ? undefined : readSet(text);
  const plan = planUpdate({ indicator_set: { indicators: asked.indicators } }, pack, documents);
  const set = readSet(plan.texts[path]!);
  if (set.version !== (before?.version ?? 0)) nextVersion(before?.version ?? 0, asked.version, modelId);
  await requireNoRuns(ports, owner, { packId, modelId }, `Model "${modelId}" cannot change`);
  const stored = await store.replace(owner, record, plan);
  return { pack_id: packId, model_id: modelId, set, changed: stored.version !== record.version, etag: modelEtag(plan.resolved, stored) };
}

function nextVersion(current: number, asked: number | undefined, name: string): number {
  if (asked === undefined || asked === current + 1) return current + 1;
  throw new SigmaError("CONFLICT", `The next version of set "${name}" is "${current + 1}"; found "${asked}". Read it again.`, {
    name,
    version: current,
  });
}

const isSame = ({ description, indicators }: IndicatorSet, content: Pick<IndicatorSet, "description" | "indicators">): boolean =>
  description === content.description && JSON.stringify(indicators) === JSON.stringify(content.indicators);

export const indicatorSetRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/indicator_sets",
    tag: "indicators",
    conditional: true,
    summary: "Writes an indicator set of your own: beside a pack's under a name, or as a model's own one. If-Match makes it conditional",
    body: WriteSetSchema,
    bodyExample: {
      pack_id: "swingsigma",
      name: "eq_short",
      version: 1,
      indicators: [{ name: "rsi", period: 7 }, { name: "ret" }, { name: "rolling_std", window: 10 }],
    },
    answers: { 200: { description: "The set as it stands", schema: WrittenSchema } },
    handler: async ({ ports, owner, body, context }) => {
      const library = createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata });
      const { resolved: pack } = await library.get(owner, body.pack_id);
      const ifMatch = context.req.header("if-match");
      const { etag, ...written } =
        body.model_id === undefined
          ? await writeNamed(ports, owner, pack, body.name!, body, ifMatch)
          : await writeForModel(ports, owner, pack, body.model_id, body, ifMatch);
      return json(written, 200, { etag });
    },
  }),
];

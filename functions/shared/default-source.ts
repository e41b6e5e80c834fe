import { defaultProvider } from "#lib/market-data/default-provider.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { createModelReader } from "#lib/models/model-reader.ts";
import { modelName } from "#lib/models/naming.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import { type ContextPorts, loadModel } from "./load-model.ts";

/**
 * A request for a model with the data that it reads: those that it names; else those of the model that is there already, so that the
 * same request stays the same whatever data came since; else those of the provider that has the ticker. Where nobody has them the
 * request stays as it is, and so does one that says too little: planning it says what is missing.
 */
export async function withDefaultSource(
  ports: ContextPorts,
  owner: string,
  pack: ResolvedPack,
  asked: CreateModelRequest,
): Promise<CreateModelRequest> {
  const kind = kindOf(asked, pack);
  if (asked.data !== undefined || kind === undefined) return asked;
  const { ticker, algo, variant, model_id = modelName({ ticker, ...kind, algo, variant }) } = asked;
  const provider =
    (await providerOfModel(ports, owner, pack.pack.id, model_id)) ??
    defaultProvider(await ports.marketData.offers(owner), { symbol: ticker, cadence: kind.cadence, options: kind.options });
  return provider === undefined ? asked : ({ ...asked, data: { provider, symbol: ticker } } as CreateModelRequest);
}

function kindOf(asked: CreateModelRequest, pack: ResolvedPack) {
  const template = asked.template_id === undefined ? undefined : pack.templates.get(asked.template_id)?.model;
  const asset_type = asked.asset_type ?? template?.asset_type;
  const horizon = asked.horizon ?? template?.horizon;
  const cadence = asked.cadence ?? template?.cadence;
  if (asset_type === undefined || horizon === undefined || cadence === undefined) return undefined;
  const instrument = asked.instrument ?? template?.instrument ?? (asset_type === "opt" ? "options" : "stocks");
  return { asset_type, horizon, cadence, options: instrument === "options" };
}

async function providerOfModel(ports: ContextPorts, owner: string, packId: string, modelId: string): Promise<string | undefined> {
  const own = await createModelReader(ports).find(owner, modelId);
  return own?.pack_id === packId ? (await loadModel(ports, owner, packId, modelId)).config.data.provider : undefined;
}

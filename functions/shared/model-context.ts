import { canonicalJson } from "#lib/core/canonical-json.ts";
import type { Lineage } from "#lib/core/lineage.schema.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { isNamedSimulation } from "#lib/market-data/simulate/market/symbols.ts";
import { matrixSha } from "#lib/matrix/fingerprint.ts";
import { dataSources, type MatrixData } from "#lib/matrix/matrix-data.ts";
import { type MatrixNeeds, type MatrixSpec, matrixNeeds, matrixSpecOf, type UniverseMembers } from "#lib/matrix/matrix-spec.ts";
import { matrixDefinition } from "#lib/models/matrix-definition.ts";
import type { ModelChange } from "#lib/models/model-change.schema.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import type { DateWindow } from "#lib/ports/market-data.ts";
import { type DataConfig, loadMatrixData } from "./load-matrix-data.ts";
import { type ContextPorts, loadModel } from "./load-model.ts";
import { loadUniverse } from "./load-universe.ts";
import { type MatrixPointer, pointerKey, readMatrixPointer } from "./matrix-pointer.ts";

/** A model with the data and the matrix it stands on, as of now. */
export interface ModelContext {
  readonly owner: string;
  readonly model: ResolvedModel;
  /** The data of each symbol: one, or the members of the universe. */
  readonly data: readonly MatrixData[];
  readonly spec: MatrixSpec;
  readonly matrixSha: string;
  /** Where its artifacts stand: shared for data that everybody has, the owner's folder for data of the owner's own. */
  readonly prefix: string;
  readonly lineage: Lineage;
}

interface ContextOptions {
  readonly window?: DateWindow | undefined;
  readonly lastSessions?: number | undefined;
  readonly change?: ModelChange | undefined;
}

/**
 * Everything that decides a model's matrix.
 *
 * @param options.window - replaces the configuration's window, as a build request may
 * @param options.lastSessions - for a preview: reads chains, flow and trades of so many last sessions only
 * @param options.change - what a composition changes of the model
 */
export async function loadModelContext(
  ports: ContextPorts,
  owner: string,
  packId: string,
  modelId: string,
  { window, lastSessions, change }: ContextOptions = {},
): Promise<ModelContext> {
  return contextOf(ports, owner, await loadModel(ports, owner, packId, modelId, change), { window, lastSessions });
}

/** The same for a model that is in hand, stored or not. */
export async function contextOf(
  ports: ContextPorts,
  owner: string,
  model: ResolvedModel,
  { window, lastSessions }: Omit<ContextOptions, "change"> = {},
): Promise<ModelContext> {
  const config = window === undefined ? model.config : { ...model.config, window };
  const { symbol } = config.data;
  const needs = matrixNeeds(config, model.indicatorEntries, symbol);
  const { universe, data } = await loadData(ports, owner, config, needs, lastSessions);
  const spec = matrixSpecOf(config, model.indicatorEntries, symbol, data.flatMap(dataSources), universe);
  const sha = matrixSha(spec);
  return {
    owner,
    model,
    data,
    spec,
    matrixSha: sha,
    prefix: isPrivate(config.data) ? `owners/${owner}/` : "",
    lineage: { matrix_sha: sha, ...model.lineage, code_version: ports.codeVersion },
  };
}

async function loadData(
  ports: ContextPorts,
  owner: string,
  config: DataConfig,
  needs: MatrixNeeds,
  lastSessions?: number,
): Promise<{ readonly universe: UniverseMembers | null; readonly data: readonly MatrixData[] }> {
  const { universe } = config.data;
  if (universe !== undefined) return loadUniverse(ports, owner, universe, config, needs, lastSessions);
  return { universe: null, data: [await loadMatrixData(ports, owner, config, needs, lastSessions)] };
}

/** Only sample data and the markets that are simulated for all are everybody's; the rest is the owner's own. */
function isPrivate({ provider, symbol, others, universe }: ModelConfig["data"]): boolean {
  const sources = [{ provider, symbol }, ...Object.values(others)];
  const shared = (source: (typeof sources)[number]): boolean =>
    source.provider === "sample" || (source.provider === "simulated" && !isNamedSimulation(source.symbol));
  return universe !== undefined || !sources.every(shared);
}

/** From now on the model works on this matrix. */
export async function writeMatrixPointer(ports: ContextPorts, context: ModelContext): Promise<void> {
  const { pack_id, model_id } = context.model.config;
  const pointer: MatrixPointer = {
    schema_version: 1,
    matrix_sha: context.matrixSha,
    prefix: context.prefix,
    window: { start: context.spec.window.start, end: context.spec.window.end },
    definition_sha: matrixDefinition(context.model),
  };
  await ports.artifacts.put(pointerKey(context.owner, pack_id, model_id), new TextEncoder().encode(canonicalJson(pointer)), "any");
}

/**
 * The context of a model whose matrix was built, with the window it was built for.
 *
 * @throws NOT_FOUND when there is no such model; UNPROCESSABLE when there is no matrix, or when data, features or label changed since it was built
 */
export async function loadBuiltContext(ports: ContextPorts, owner: string, packId: string, modelId: string): Promise<ModelContext> {
  const pointer = await readMatrixPointer(ports, owner, packId, modelId).catch(async (error: unknown) => {
    // A model that does not exist has no matrix either; that is said first.
    await loadModel(ports, owner, packId, modelId);
    throw error;
  });
  const context = await loadModelContext(ports, owner, packId, modelId, { window: pointer.window });
  if (context.matrixSha !== pointer.matrix_sha) {
    throw new SigmaError(
      "UNPROCESSABLE",
      `The matrix of "${modelId}" is stale: its data, features or label changed since it was built. Build it again: sigma build ${modelId}.`,
      { model_id: modelId, built: pointer.matrix_sha, current: context.matrixSha },
    );
  }
  return context;
}

/** The same model with a composition's changes, over the window that the model's own matrix was built for. */
export async function loadComposedContext(
  ports: ContextPorts,
  owner: string,
  packId: string,
  modelId: string,
  change: ModelChange,
): Promise<ModelContext> {
  const { window } = await readMatrixPointer(ports, owner, packId, modelId);
  return loadModelContext(ports, owner, packId, modelId, { window, change });
}

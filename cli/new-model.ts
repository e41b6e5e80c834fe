import { nearestName } from "#lib/errors/nearest.ts";
import { defaultProvider, type OfferedData } from "#lib/market-data/default-provider.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import { parseModelName } from "#lib/models/naming.ts";
import type { ModelTemplate } from "#lib/packs/model-template.schema.ts";
import type { ApiClient, JsonObject } from "./api-client.ts";
import { UsageError } from "./failure.ts";
import { allRows } from "./find-model.ts";
import type { ModelRow } from "./model-table.ts";

/** Where a model is made when nothing says otherwise. */
export const DEFAULT_PACK = "swingsigma";

/** What says which kind of model is wanted. */
export type ModelKind = Pick<ModelConfig, "asset_type" | "horizon" | "cadence">;

export interface NewModel {
  readonly model_id: string;
  readonly pack_id: string;
  readonly template_id: string | null;
  /** False: a model of this id was there already, and nothing was changed. */
  readonly created: boolean;
  readonly paths: readonly string[];
  readonly warnings: readonly string[];
}

export interface ModelOrder {
  readonly id: string;
  readonly ticker: string;
  readonly kind: ModelKind;
  readonly pack: string | undefined;
  readonly template: string | undefined;
  readonly provider: string | undefined;
}

interface Candidate {
  readonly pack_id: string;
  readonly template: string;
}

/**
 * The kind of model that an id spells out.
 *
 * @throws UsageError when the id does not follow `<ticker>_<asset>_<horizon>_<cadence>`
 */
export function kindOfId(id: string): ModelKind & { readonly ticker: string } {
  const parts = parseModelName(id);
  if (parts !== undefined) return parts;
  throw new UsageError(
    `"${id}" does not say what it is: an id such as spy_opt_0dte_hourly names ticker, asset, horizon and cadence. Give --template, or --asset, --horizon and --cadence.`,
  );
}

/**
 * Makes a model from the first template that fits its kind, of the default pack where it has one, else in the order of pack and
 * name. A model of the id that is there already stays as it is.
 *
 * @throws UsageError when no pack has a template of this kind; the API's own problems otherwise
 */
export async function makeModel(client: ApiClient, order: ModelOrder): Promise<NewModel> {
  const { id, ticker, kind, provider } = order;
  const models = await allRows<ModelRow>(client, "/models");
  const found = models.find(({ model_id, pack_id }) => model_id === id && (order.pack === undefined || pack_id === order.pack));
  if (found) return { model_id: id, pack_id: found.pack_id, template_id: found.template_id, created: false, paths: [], warnings: [] };

  const { pack_id, template } = await templateFor(client, order);
  const source = provider ?? (await providerOf(client, ticker, kind));
  const data = source === undefined ? {} : { data: { provider: source, symbol: ticker } };
  const body: JsonObject = { pack_id, template_id: template, model_id: id, ticker, ...kind, ...data };
  const made = await client.post<{
    readonly created: boolean;
    readonly paths: readonly string[];
    readonly warnings: readonly { readonly code: string; readonly reason: string; readonly remedy: string }[];
  }>("/models", body);
  return {
    model_id: id,
    pack_id,
    template_id: template,
    created: made.created,
    paths: made.paths,
    warnings: [
      ...made.warnings.map(({ code, reason, remedy }) => `${code}: ${reason} ${remedy}`),
      ...(source === undefined ? [`No provider has ${ticker} ${kind.cadence} yet. See: sigma data list`] : []),
    ],
  };
}

/** As the API chooses; asked here to say when nobody has the data. */
async function providerOf(client: ApiClient, ticker: string, { asset_type, cadence }: ModelKind): Promise<string | undefined> {
  const { rows } = await client.get<{ readonly rows: readonly OfferedData[] }>("/data");
  return defaultProvider(rows, { symbol: ticker, cadence, options: asset_type === "opt" });
}

async function templateFor(client: ApiClient, { kind, pack, template }: ModelOrder): Promise<Candidate> {
  const rows = await allRows<ModelTemplate & { readonly pack_id: string }>(client, "/model_templates", { pack_id: pack });
  if (template !== undefined) {
    const named = rows.find(({ name }) => name === template);
    if (named) return { pack_id: named.pack_id, template };
    const nearest = nearestName(
      template,
      rows.map(({ name }) => name),
    );
    throw new UsageError(
      `No template has the name "${template}"${nearest === undefined ? "" : `; did you mean "${nearest}"?`} See: sigma packs templates`,
    );
  }
  const wanted = Object.entries(kind) as (readonly [keyof ModelKind, string])[];
  const all = rows.filter(({ model }) => wanted.every(([key, value]) => model[key] === value));
  const fitting = all.find(({ pack_id }) => pack_id === DEFAULT_PACK) ?? all[0];
  if (fitting) return { pack_id: fitting.pack_id, template: fitting.name };
  const kinds = [...new Set(rows.map(({ model }) => `${model.asset_type} ${model.horizon} ${model.cadence}`))].join("; ");
  throw new UsageError(
    `No template ${pack === undefined ? "of any pack" : `of pack "${pack}"`} is of the kind ${wanted.map(([, value]) => value).join(" ")}; there are: ${kinds || "none"}. See: sigma packs templates`,
  );
}

/** What became of a new model, and how to go on. */
export function newModelLines({ model_id, pack_id, template_id, created, paths, warnings }: NewModel): string[] {
  const from = template_id === null ? "" : `, template ${template_id}`;
  return [
    `${model_id} ${created ? "created" : "was there already, unchanged"} in pack ${pack_id}${from}`,
    ...paths.map((path) => `  ${path}`),
    ...warnings.map((warning) => `  - ${warning}`),
  ];
}

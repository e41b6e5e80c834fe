import { nearestName } from "#lib/errors/nearest.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ApiClient } from "./api-client.ts";

interface ModelRow {
  readonly model_id: string;
  readonly pack_id: string;
}

/** Every row of a list, page after page, at most `most`. */
export async function allRows<R>(
  client: ApiClient,
  path: string,
  query: Readonly<Record<string, string | number | undefined>> = {},
  most = 10_000,
): Promise<R[]> {
  const rows: R[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.get<{ readonly rows: readonly R[]; readonly next_cursor: string | null }>(path, {
      ...query,
      limit: Math.min(200, most - rows.length),
      ...(cursor === undefined ? {} : { cursor }),
    });
    rows.push(...page.rows);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined && rows.length < most);
  return rows;
}

/**
 * The pack of a model. A model's id is unique for its owner, so the pack need not be said; a model that comes with a
 * pack is found there.
 *
 * @throws NOT_FOUND with the nearest id
 */
export async function packOf(client: ApiClient, modelId: string, pack: string | undefined): Promise<string> {
  if (pack !== undefined) return pack;
  const models = await allRows<ModelRow>(client, "/models");
  const found = models.find(({ model_id }) => model_id === modelId);
  if (found) return found.pack_id;
  const nearest = nearestName(
    modelId,
    models.map(({ model_id }) => model_id),
  );
  throw new SigmaError(
    "NOT_FOUND",
    `No model has the id "${modelId}"${nearest === undefined ? "" : `; did you mean "${nearest}"?`} "sigma models list" shows those that exist; "sigma models create" makes one.`,
    { model_id: modelId },
  );
}

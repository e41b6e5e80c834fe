import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import type { RequestOf } from "#client/sigma-client.ts";
import { type AnswerOf, keyOf } from "../../data/ask.ts";
import { client } from "../../data/client.ts";

export type ModelDetail = AnswerOf<"GET /models/{model_id}">;

/** A model as it was read, with the tag that a change of it must name. */
export interface TaggedModel {
  readonly detail: ModelDetail;
  readonly etag: string;
}

const keyOfModel = (packId: string, modelId: string) => [...keyOf("GET /models/{model_id}"), "tagged", packId, modelId];

const tagged = async (response: Response): Promise<TaggedModel> => ({
  detail: (await response.json()) as ModelDetail,
  etag: response.headers.get("etag") ?? "",
});

/** Reads a model with its tag. */
export const useModel = (packId: string, modelId: string) =>
  useQuery({
    queryKey: keyOfModel(packId, modelId),
    queryFn: async ({ signal }) =>
      tagged(await client.respond("GET /models/{model_id}", { params: { model_id: modelId }, query: { pack_id: packId }, signal })),
  });

/** What else shows a model's definition or how its matrix stands. */
const FOLLOWERS = [
  "GET /models",
  "GET /packs/{pack_id}/models",
  "GET /models/{model_id}/documents",
  "GET /models/{model_id}/performance",
  "GET /policy/explain",
  "GET /validate_policy",
] as const;

/**
 * Changes a model, only if it still is as it was read.
 *
 * @throws ProblemError CONFLICT when somebody changed it since
 */
export async function changeModel(
  queries: QueryClient,
  { detail: { pack_id, model_id }, etag }: TaggedModel,
  change: RequestOf<"PATCH /models/{model_id}">["body"],
): Promise<TaggedModel> {
  const response = await client.respond("PATCH /models/{model_id}", {
    params: { model_id },
    query: { pack_id },
    body: change,
    ifMatch: etag,
  } as RequestOf<"PATCH /models/{model_id}">);
  const changed = await tagged(response);
  queries.setQueryData(keyOfModel(pack_id, model_id), changed);
  await Promise.all(FOLLOWERS.map((name) => queries.invalidateQueries({ queryKey: keyOf(name) })));
  return changed;
}

/** Reads the model again, and what follows from it: after a build, or when somebody else changed it. */
export function useModelRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(
      (["GET /models/{model_id}", ...FOLLOWERS] as const).map((name) => queries.invalidateQueries({ queryKey: keyOf(name) })),
    );
  };
}

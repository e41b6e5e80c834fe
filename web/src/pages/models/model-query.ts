import { useQuery } from "@tanstack/react-query";
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

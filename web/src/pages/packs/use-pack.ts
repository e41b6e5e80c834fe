import { useQuery } from "@tanstack/react-query";
import { ProblemError } from "#client/problem.ts";
import { keyOf } from "../../data/ask.ts";
import { client } from "../../data/client.ts";
import type { PackDetail } from "./pack-standing.ts";

/** A pack with the tag that a change of it must name. */
export interface TaggedPack {
  readonly detail: PackDetail;
  readonly etag: string;
}

async function readPack(packId: string, signal?: AbortSignal): Promise<TaggedPack> {
  const response = await client.respond("GET /packs/{pack_id}", {
    params: { pack_id: packId },
    ...(signal === undefined ? {} : { signal }),
  });
  return { detail: (await response.json()) as PackDetail, etag: response.headers.get("etag") ?? "*" };
}

export function usePack(packId: string) {
  const request = { params: { pack_id: packId } };
  return useQuery({
    queryKey: [...keyOf("GET /packs/{pack_id}", request), "tagged"],
    queryFn: ({ signal }) => readPack(packId, signal),
  });
}

/** The texts of a pack as they were under a tag. */
export interface TaggedDocuments {
  readonly documents: Readonly<Record<string, string>>;
  readonly etag: string;
}

/** Reads the tag first: when the pack changes between the two, a change on these texts is refused and nobody's work is lost. */
export async function readDocuments(packId: string, signal?: AbortSignal): Promise<TaggedDocuments> {
  const { etag } = await readPack(packId, signal);
  const { documents } = await client.call("GET /packs/{pack_id}/documents", {
    params: { pack_id: packId },
    ...(signal === undefined ? {} : { signal }),
  });
  return { documents, etag };
}

export function useDocuments(packId: string) {
  return useQuery({
    queryKey: [...keyOf("GET /packs/{pack_id}/documents", { params: { pack_id: packId } }), "tagged"],
    queryFn: ({ signal }) => readDocuments(packId, signal),
    // What is being edited must not change under the hands.
    refetchOnWindowFocus: false,
  });
}

/** Whether a change was refused because the pack is not any more as it was read. */
export const isStale = (error: unknown): boolean =>
  error instanceof ProblemError && error.code === "CONFLICT" && typeof error.problem.facts?.["etag"] === "string";

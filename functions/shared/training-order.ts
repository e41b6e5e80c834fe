import { parseOr } from "#lib/errors/parse.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { type TrainingOrder, TrainingOrderSchema } from "#lib/training/training-order.schema.ts";

export const orderPath = (owner: string, key: string): string => `owners/${owner}/trainings/${key}.json`;

/** @throws ARTIFACT_NOT_FOUND, ARTIFACT_CORRUPT */
export async function loadOrder(artifacts: ArtifactStore, owner: string, key: string): Promise<TrainingOrder> {
  const { bytes } = await artifacts.get(orderPath(owner, key), key);
  return parseOr("ARTIFACT_CORRUPT", TrainingOrderSchema, JSON.parse(new TextDecoder().decode(bytes)), `The training order "${key}"`);
}

import { sha256 } from "#lib/core/digest.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { FittableLearner } from "#lib/learners/import/fittable-learner.ts";
import type { LearnerConfig } from "#lib/learners/learner.schema.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";

const importPath = (owner: string, modelSha: string): string => `owners/${owner}/imports/lightgbm/${modelSha}.txt`;

/** What a model that was trained elsewhere reads and says. */
export interface ImportedModel {
  readonly model_sha256: string;
  readonly objective: "binary" | "softmax" | "regression";
  readonly trees: number;
  readonly features: readonly string[];
}

/**
 * Stores a LightGBM text model under its digest, after it was read. Storing it again changes nothing.
 *
 * @throws MODEL_INVALID naming line and field
 */
export async function storeImportedModel(artifacts: ArtifactStore, owner: string, bytes: Uint8Array): Promise<ImportedModel> {
  const { readLightgbmText } = await import("#lib/learners/import/lightgbm-text.ts");
  const { objective, featureNames, forest } = readLightgbmText(bytes);
  const modelSha = sha256(bytes);
  await artifacts.put(importPath(owner, modelSha), bytes, "absent");
  return { model_sha256: modelSha, objective: objective.kind, trees: forest.treeStart.length - 1, features: featureNames };
}

/**
 * A configured learner with everything that fitting it needs: for an imported model, its trees.
 *
 * @throws MODEL_INVALID when this owner imported no such model
 * @throws ARTIFACT_CORRUPT when its bytes have another digest
 */
export async function loadLearner(artifacts: ArtifactStore, owner: string, learner: LearnerConfig): Promise<FittableLearner> {
  if (learner.algo !== "lightgbm") return learner;
  const { model_sha256: modelSha } = learner;
  // The reader of the text format is loaded by those who have such a model only.
  const { readLightgbmText } = await import("#lib/learners/import/lightgbm-text.ts");
  try {
    const { bytes } = await artifacts.get(importPath(owner, modelSha), modelSha);
    return { ...learner, imported: readLightgbmText(bytes) };
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code !== "ARTIFACT_NOT_FOUND") throw error;
    throw new SigmaError(
      "MODEL_INVALID",
      `learner.model_sha256 names a model that was not imported: "${modelSha}". Run sigma models import.`,
      {
        field: "learner.model_sha256",
        model_sha256: modelSha,
      },
    );
  }
}

/**
 * Sees that a learner can be fitted on a matrix, before a run plans to: an imported model must read its columns.
 *
 * @throws MODEL_INVALID
 */
export async function requireFittable(artifacts: ArtifactStore, owner: string, learner: LearnerConfig, { info }: Matrix): Promise<void> {
  const loaded = await loadLearner(artifacts, owner, learner);
  if (loaded.algo !== "lightgbm" || loaded.imported === undefined) return;
  const { lightgbmModel } = await import("#lib/learners/import/lightgbm-model.ts");
  lightgbmModel(
    loaded.imported,
    info.features.map(({ name }) => name),
    info.classes,
    loaded.model_sha256,
  );
}

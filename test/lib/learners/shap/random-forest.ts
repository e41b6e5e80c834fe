import type { Rng } from "#lib/core/rng.ts";
import type { AttributedForest } from "#lib/learners/shap/leaf-paths.ts";

/** Trees of random shape: features repeat on a path, thresholds repeat, unknown values go either way, rows are lopsided. */
export function randomForest(
  rng: Rng,
  options: { readonly trees: number; readonly depth: number; readonly features: number },
): AttributedForest {
  const { trees, depth, features } = options;
  const below = (limit: number): number => Math.floor(rng.uniform() * limit);
  const nodes = {
    feature: [] as number[],
    missingLeft: [] as number[],
    right: [] as number[],
    value: [] as number[],
    rows: [] as number[],
  };
  const treeStart = [0];
  for (let tree = 0; tree < trees; tree++) {
    const root = nodes.feature.length;
    const grow = (level: number): number => {
      const node = nodes.feature.length;
      for (const list of Object.values(nodes)) list.push(0);
      if (level === depth || rng.uniform() < 0.15) {
        nodes.feature[node] = -1;
        nodes.value[node] = rng.normal();
        nodes.rows[node] = 1 + below(rng.uniform() < 0.2 ? 10_000 : 20);
        return nodes.rows[node]!;
      }
      nodes.feature[node] = below(features);
      nodes.value[node] = rng.uniform() < 0.05 ? Number.POSITIVE_INFINITY : below(5) - 2;
      nodes.missingLeft[node] = below(2);
      const left = grow(level + 1);
      nodes.right[node] = nodes.feature.length - root;
      nodes.rows[node] = left + grow(level + 1);
      return nodes.rows[node]!;
    };
    grow(0);
    treeStart.push(nodes.feature.length);
  }
  return {
    treeStart: Uint32Array.from(treeStart),
    feature: Int32Array.from(nodes.feature),
    missingLeft: Uint8Array.from(nodes.missingLeft),
    right: Uint32Array.from(nodes.right),
    value: Float64Array.from(nodes.value),
    rows: Uint32Array.from(nodes.rows),
  };
}

/** A row that meets thresholds exactly, lies beyond them, or is unknown. */
export const randomRow = (rng: Rng, features: number): number[] =>
  Array.from({ length: features }, () =>
    rng.uniform() < 0.2 ? Number.NaN : Math.floor(rng.uniform() * 7) - 3 + (rng.uniform() < 0.5 ? 0 : 0.5),
  );

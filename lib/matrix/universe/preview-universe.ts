import { SigmaError } from "../../errors/sigma-error.ts";
import { mergeLeakage } from "../leakage.ts";
import type { MatrixData, UniverseSeries } from "../matrix-data.ts";
import type { MatrixSpec } from "../matrix-spec.ts";
import type { Preview } from "../preview.schema.ts";
import { lastSessions, namedBy, type PreviewedMatrix, previewOf } from "../preview.ts";
import { bringTogether } from "../quality/assess-universe.ts";
import { memberSpec, stackMatrices } from "./build-universe.ts";

/** Members that a preview shows; a universe may have hundreds. */
const MOST_MEMBERS = 20;

/**
 * A few sessions of a universe's matrix: the last ones of each of its first members.
 *
 * @param data - each member's data, in the order of the spec's members
 * @throws as a preview of one symbol
 */
export async function previewUniverse(spec: MatrixSpec, data: readonly MatrixData[], sessions: number): Promise<Preview> {
  const members = spec.universe?.members ?? [];
  const universe = members.map((membership, i): UniverseSeries => ({ membership, series: data[i]!.series }));
  const shown: PreviewedMatrix[] = [];
  for (const [i, membership] of members.slice(0, MOST_MEMBERS).entries()) {
    const own: MatrixData = { ...data[i]!, universe };
    const one = await lastSessions(memberSpec(spec, membership, own), own, sessions).catch(withoutBars);
    if (one !== undefined) shown.push(one);
  }
  if (shown.length === 0)
    throw new SigmaError("HISTORY_TOO_SHORT", `No member of the universe "${spec.universe?.name}" has a bar in the window. Widen it.`);
  const matrix = stackMatrices(
    spec,
    shown.map((one) => one.matrix),
  );
  const verdicts = shown.map(({ matrix: own, quality }) => ({ symbol: own.info.symbol, verdicts: quality.verdicts }));
  const previewed: PreviewedMatrix = {
    sessions: [...new Set(shown.flatMap((one) => one.sessions))].sort(),
    matrix,
    quality: bringTogether(verdicts, matrix, data[0]!),
    leakage: mergeLeakage(shown.map(({ leakage }) => leakage)),
  };
  return previewOf(spec, previewed, namedBy(data, spec));
}

/** A member that has no bar in the window is left out. */
function withoutBars(error: unknown): undefined {
  if (error instanceof SigmaError && error.code === "HISTORY_TOO_SHORT") return undefined;
  throw error;
}

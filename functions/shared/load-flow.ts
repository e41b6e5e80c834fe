import type { MatrixData } from "#lib/matrix/matrix-data.ts";
export async function loadFlow(..._: unknown[]): Promise<MatrixData["flow"]> {
  return null;
}

import type { ValidationReport } from "#lib/coherence/report.schema.ts";
import { validatePack } from "#lib/coherence/validate-pack.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { PackPlan } from "#lib/packs/own-pack-store.ts";
import { PACK_CHECK_MODEL } from "#lib/packs/pack-check-model.ts";
import { documentsOf, type PackDocuments, packIds, strayDocuments } from "#lib/packs/pack-source.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";

/** Most documents of a pack, and most bytes of them together. */
const MAX_DOCUMENTS = 100;
const MAX_BYTES = 1024 * 1024;

export type PackTexts = Readonly<Record<string, string>>;

/** The pack's id that the documents have. @throws INVALID_PARAM when they hold no pack, or several */
export function packIdIn(documents: PackTexts): string {
  const ids = packIds(documentsOf(documents));
  if (ids.length === 1) return ids[0]!;
  throw new SigmaError(
    "INVALID_PARAM",
    `The documents hold "${ids.length}" packs; expected one: a folder with a pack.yaml, such as "my_pack/pack.yaml".`,
    { packs: ids.length },
    { fieldErrors: [{ path: "documents", issue: "must hold one pack" }] },
  );
}

/**
 * Reads the documents of a pack that is about to be written.
 *
 * @throws PAYLOAD_TOO_LARGE when they are too many or too long; INVALID_PARAM when they are not this pack's
 * @throws PACK_INVALID with every objection of the linter as a field error
 */
export function planPack(documents: PackTexts, packId: string): PackPlan & { readonly resolved: ResolvedPack } {
  const paths = Object.keys(documents);
  const bytes = Object.values(documents).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (paths.length > MAX_DOCUMENTS || bytes > MAX_BYTES)
    throw new SigmaError(
      "PAYLOAD_TOO_LARGE",
      `A pack has at most "${MAX_DOCUMENTS}" documents and "${MAX_BYTES}" bytes; found "${paths.length}" and "${bytes}".`,
      { documents: paths.length, bytes },
    );
  const found = packIdIn(documents);
  if (found !== packId)
    throw new SigmaError("INVALID_PARAM", `The documents are those of pack "${found}"; expected "${packId}".`, { pack_id: packId, found });
  const source = documentsOf(documents);
  refuseForeign([...paths.filter((path) => !path.startsWith(`${packId}/`)), ...strayDocuments(source, packId)], "is not read");
  refuseForeign(
    paths.filter((path) => path.startsWith(`${packId}/model_configs/`)),
    "is a model; create models with POST /models",
  );
  const report = validatePack(source, packId);
  const failed = report.checks.filter(({ status }) => status === "FAIL");
  if (failed.length > 0)
    throw new SigmaError(
      "PACK_INVALID",
      `Pack "${packId}" is rejected: ${failed
        .slice(0, 3)
        .map(({ reason, remedy }) => `${reason} ${remedy ?? ""}`.trim())
        .join(" ")} POST /packs/validate gives the whole report.`,
      { findings: [...new Set(failed.map(({ check, code }) => code ?? check))] },
      {
        fieldErrors: failed.map(({ check, path, reason, remedy }) => ({ path: path ?? check, issue: `${reason} ${remedy ?? ""}`.trim() })),
      },
    );
  const resolved = resolvePack(source, packId);
  return { packId, version: resolved.pack.version, packSha: resolved.packSha, texts: documents, resolved };
}

/** The linter's whole report on documents that may not be written yet. */
export const packReport = (documents: PackTexts, packId: string): ValidationReport => validatePack(documentsOf(documents), packId);

function refuseForeign(paths: readonly string[], why: string): void {
  if (paths.length === 0) return;
  throw new SigmaError(
    "PACK_INVALID",
    `"${paths[0]}" ${why}.`,
    { paths: paths.slice(0, 20) },
    { fieldErrors: paths.slice(0, 20).map((path) => ({ path, issue: why })) },
  );
}

/** A version's texts without those of the model that its check runs. */
export const packTexts = (documents: PackDocuments): PackTexts =>
  Object.fromEntries(
    documents
      .list()
      .filter((path) => !path.endsWith(`/${PACK_CHECK_MODEL}.yaml`))
      .map((path) => [path, documents.read(path)!]),
  );

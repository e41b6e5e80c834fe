import { SigmaError } from "#lib/errors/sigma-error.ts";
import { type CompatibleInstruments, compatibleInstruments, compatibleStrategies } from "#lib/packs/builder/compatible.ts";
import { type CompleteDraft, composePack } from "#lib/packs/builder/compose-pack.ts";
import type { IdentityStep, InstrumentsStep, PackDraft, StrategiesStep } from "#lib/packs/builder/pack-draft.schema.ts";
import { changeDraft, createDraft, readDraft, type StoredDraft } from "#lib/packs/builder/pack-draft-store.ts";
import { checkIndicatorSet } from "#lib/packs/check-indicator-set.ts";
import { findOwnPack, type StoredPack } from "#lib/packs/own-pack-reader.ts";
import { FIRST_VERSION } from "#lib/packs/pack-version.ts";
import { etagOf, requireMatch } from "../http/conditions.ts";
import {
  activatePack,
  createPack,
  type PackCall,
  requireFree,
  requirePackTier,
  resolvedVersion,
  submitPack,
  updatePack,
} from "./own-packs.ts";
import type { CheckRequest } from "./pack-check.schema.ts";
import { checkView, startPackCheck } from "./pack-check.ts";
import { type PackTexts, packReport, planPack } from "./pack-documents.ts";
import type { DraftView } from "./pack-draft.schema.ts";
import { packState } from "./pack-state.ts";

export const draftEtag = ({ record_version }: Pick<StoredDraft, "record_version">): string => etagOf(record_version);

/** The builder's own tier. @throws TIER_LIMIT */
const requireBuilder = (call: PackCall): Promise<void> =>
  requirePackTier(call, ({ packBuilder }) => packBuilder, "The pack builder and packs of your own");

/** @throws NOT_FOUND, CONFLICT, TIER_LIMIT */
async function draftToChange(call: PackCall, packId: string, ifMatch: string | undefined): Promise<StoredDraft> {
  const draft = await readDraft(call.ports, call.owner, packId);
  requireMatch(ifMatch, draftEtag(draft), `draft "${packId}"`);
  await requireBuilder(call);
  return draft;
}

/** Step 1. @throws CONFLICT when there is a pack or a draft of this id; DATA_UNAVAILABLE for what no provider has */
export async function beginDraft(
  call: PackCall,
  { pack_id, ...identity }: IdentityStep & { readonly pack_id: string },
): Promise<StoredDraft> {
  await requireBuilder(call);
  compatibleInstruments(identity);
  await requireFree(call, pack_id);
  return createDraft(call.ports, call.owner, { pack_id, identity });
}

/** Step 1 again. What was chosen after it and does not fit any more is to be chosen anew. */
export async function changeIdentity(call: PackCall, packId: string, identity: IdentityStep, ifMatch?: string): Promise<StoredDraft> {
  const draft = await draftToChange(call, packId, ifMatch);
  const offered = compatibleInstruments(identity);
  const fits = draft.instruments !== null && misfits(draft.instruments, offered).length === 0;
  return changeDraft(call.ports, call.owner, draft, fits ? { identity } : { identity, instruments: null, strategies: null });
}

/** Step 2. @throws PACK_INVALID naming what does not fit the identity; INDICATOR_UNKNOWN, MODEL_INVALID for a set */
export async function changeInstruments(call: PackCall, packId: string, chosen: InstrumentsStep, ifMatch?: string): Promise<StoredDraft> {
  const draft = await draftToChange(call, packId, ifMatch);
  const wrong = misfits(chosen, compatibleInstruments(draft.identity));
  if (wrong.length > 0)
    throw new SigmaError(
      "PACK_INVALID",
      `This does not fit the identity of pack "${packId}": ${wrong
        .slice(0, 3)
        .map(({ path, issue }) => `${path}: ${issue}`)
        .join("; ")}.`,
      { pack_id: packId },
      { fieldErrors: wrong },
    );
  const menu = { id: packId, indicators: chosen.indicators.map((name) => ({ name })) };
  for (const [name, entries] of Object.entries(chosen.sets)) checkIndicatorSet(name, entries, menu);
  return changeDraft(call.ports, call.owner, draft, { instruments: chosen });
}

/** Step 3. @throws CONFLICT before step 2 was taken; INDICATOR_UNKNOWN */
export async function changeStrategies(call: PackCall, packId: string, chosen: StrategiesStep, ifMatch?: string): Promise<StoredDraft> {
  const draft = await draftToChange(call, packId, ifMatch);
  if (draft.instruments === null) throw outOfOrder(packId, "instruments");
  // Whatever cannot even be written down is refused here.
  composePack({ ...draft, instruments: draft.instruments, strategies: chosen }, FIRST_VERSION);
  return changeDraft(call.ports, call.owner, draft, { strategies: chosen });
}

/** Step 4: writes the pack that the draft stands for, and starts its one-year check. @throws PACK_INVALID, TIER_LIMIT */
export async function validateDraft(call: PackCall, packId: string, request: CheckRequest) {
  const draft = await draftToChange(call, packId, undefined);
  const before = await findOwnPack(call.ports, call.owner, packId);
  const documents = composePack(completed(draft), nextVersion(before));
  const pack = before === undefined ? await createPack(call, documents) : await updatePack(call, before, documents);
  if (pack.candidate === null)
    throw new SigmaError("CONFLICT", `The draft of pack "${packId}" says what the pack in use says already. Change it first.`, {
      pack_id: packId,
    });
  return startPackCheck(call.ports, call.owner, pack, request);
}

/** Step 5: everything that is known of the pack as the draft says it. */
export async function reviewDraft(call: PackCall, packId: string) {
  const draft = await readDraft(call.ports, call.owner, packId);
  const before = await findOwnPack(call.ports, call.owner, packId);
  const documents = composePack(completed(draft), nextVersion(before));
  const report = packReport(documents, packId);
  const isValidated = isWritten(before, documents, packId, report.status);
  const resolved = before?.candidate ? await resolvedVersion(call.ports, packId, before.candidate) : undefined;
  const check = before && resolved ? await checkView(call.ports, call.owner, before, resolved) : null;
  return { pack_id: packId, report, check, is_validated: isValidated, can_save: isValidated && check?.status === "passed", documents };
}

/** Step 6. @throws CONFLICT when the draft changed since step 4; else as `activatePack` and `submitPack` */
export async function saveDraft(call: PackCall, packId: string, submit: boolean): Promise<StoredPack> {
  const draft = await draftToChange(call, packId, undefined);
  if (submit) await requirePackTier(call, ({ packSubmission }) => packSubmission, "Packs handed in for review");
  const before = await findOwnPack(call.ports, call.owner, packId);
  const documents = composePack(completed(draft), nextVersion(before));
  if (before === undefined || !isWritten(before, documents, packId, packReport(documents, packId).status))
    throw new SigmaError(
      "CONFLICT",
      `The draft of pack "${packId}" was not validated as it is. Validate it: POST /pack_drafts/${packId}/validate.`,
      {
        pack_id: packId,
      },
    );
  const active = await activatePack(call, before);
  return submit ? submitPack(call, active, null) : active;
}

/** A draft with what the choices so far leave open. */
export async function draftView(
  { ports, owner }: PackCall,
  { schema_version: _, record_version, ...draft }: StoredDraft,
): Promise<DraftView> {
  const { identity, instruments, strategies, pack_id } = draft;
  const pack = await findOwnPack(ports, owner, pack_id);
  const documents = instruments && strategies ? composePack({ ...draft, instruments, strategies }, nextVersion(pack)) : null;
  const written = documents !== null && isWritten(pack, documents, pack_id, packReport(documents, pack_id).status);
  const offered = compatibleInstruments(identity);
  return {
    ...draft,
    strategies: strategies && JSON.parse(JSON.stringify(strategies)),
    next:
      instruments === null ? "instruments" : strategies === null ? "strategies" : written && pack?.candidate?.check ? "review" : "validate",
    compatible: {
      instruments: {
        ...offered,
        supported_instruments: [...offered.supported_instruments],
        horizons: [...offered.horizons],
        cadences: [...offered.cadences],
        signal_intervals: [...offered.signal_intervals],
        indicators: [...offered.indicators],
      },
      strategies: instruments && JSON.parse(JSON.stringify(compatibleStrategies(identity, instruments))),
      templates: documents && Object.keys(documents).flatMap((path) => /\/model_templates\/(.+)\.yaml$/.exec(path)?.[1] ?? []),
    },
    pack: pack ? packState(pack) : null,
    etag: draftEtag({ record_version }),
  };
}

/** The version that waits keeps its number; after one in use comes the next minor one. */
function nextVersion(pack: StoredPack | undefined): string {
  if (!pack?.active) return FIRST_VERSION;
  const [major, minor] = pack.active.version.split(".").map(Number) as [number, number];
  return `${major}.${minor + 1}.0`;
}

const isWritten = (pack: StoredPack | undefined, documents: PackTexts, packId: string, status: string): boolean =>
  status !== "REJECTED" && pack?.candidate?.pack_sha === planPack(documents, packId).packSha;

function completed(draft: PackDraft): CompleteDraft {
  const { instruments, strategies } = draft;
  if (instruments === null) throw outOfOrder(draft.pack_id, "instruments");
  if (strategies === null) throw outOfOrder(draft.pack_id, "strategies");
  return { ...draft, instruments, strategies };
}

const outOfOrder = (packId: string, step: string): SigmaError =>
  new SigmaError("CONFLICT", `The draft of pack "${packId}" lacks its ${step}. Give them first: PUT /pack_drafts/${packId}/${step}.`, {
    pack_id: packId,
    step,
  });

/** Every choice that the identity does not offer. */
function misfits(chosen: InstrumentsStep, offered: CompatibleInstruments): { readonly path: string; readonly issue: string }[] {
  const outside = (path: string, values: readonly string[], allowed: readonly string[]) =>
    values
      .filter((value) => !allowed.includes(value))
      .map((value) => ({
        path,
        issue: `"${value}" does not fit; ${allowed.length <= 10 ? `${allowed.join(", ")} do` : "see compatible"}`,
      }));
  return [
    ...outside("supported_instruments", chosen.supported_instruments, offered.supported_instruments),
    ...outside("default_instrument", [chosen.default_instrument], chosen.supported_instruments),
    ...outside("horizons", chosen.horizons, offered.horizons),
    ...outside("cadences", chosen.cadences, offered.cadences),
    ...outside("signal_interval", [chosen.signal_interval], offered.signal_intervals),
    ...outside(
      "indicators",
      chosen.indicators,
      offered.indicators.map(({ name }) => name),
    ),
  ];
}

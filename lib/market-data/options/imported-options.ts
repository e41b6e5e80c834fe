import { NYSE } from "../../core/calendar.ts";
import type { OptionBars, OptionChain } from "../../core/option-data.ts";
import { formatDate, parseDate, sessionDateOf } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type {
  ChainEdition,
  ChainSeries,
  ChainsRequest,
  DataRequest,
  DateWindow,
  FlowRequest,
  FlowSeries,
  SessionRequest,
} from "../../ports/market-data.ts";
import type { PartsManifest } from "../parts/parts-manifest.schema.ts";
import { findParts, readPart } from "../parts/read-parts.ts";
import { windowRange } from "../window.ts";
import { chainsOf, fingerprintOfChains } from "./chain-table.ts";
import { cutCells, fingerprintOfFlow, flowOf } from "./flow-table.ts";
import { optionBarsOf } from "./option-bars-table.ts";

/**
 * The chains that an owner imported of an underlying, of the sessions in a window.
 *
 * @returns undefined when the owner imported none of it
 * @throws DATA_UNAVAILABLE when none lies in the window; names the range that there is
 * @throws ARTIFACT_CORRUPT when manifest, files and fingerprints do not agree
 */
export async function importedChains(store: ArtifactStore, request: ChainsRequest): Promise<ChainSeries | undefined> {
  const { owner, symbol, window, cadence } = request;
  const manifest = await findParts(store, owner, { symbol, kind: "option_chains", cadence: null });
  if (manifest === undefined) return undefined;
  const isInside = insideOf(window);
  const snapshots: OptionChain[] = [];
  for (const part of partsInside(manifest, window)) {
    const found = chainsOf(symbol, await readPart(store, manifest, part));
    for (const chain of found) if (isInside(formatDate(chain.sessionDate))) snapshots.push(chain);
  }
  if (snapshots.length === 0) throw nothingInside(manifest, window);
  snapshots.sort((a, b) => a.knownAt - b.knownAt || a.sessionDate - b.sessionDate);
  const wanted = cadence === "daily" ? morningsAndCloses(snapshots) : snapshots;
  return {
    underlying: symbol,
    snapshots: wanted,
    facts: { provider: "files", fingerprint: fingerprintOfChains(wanted), stamps: manifest.stamps.toSorted(), simulation: null },
  };
}

/** The parts of an owner's imported chains: a part that was imported anew with other numbers is another edition. */
export async function importedChainEditions(store: ArtifactStore, { owner, symbol }: DataRequest): Promise<ChainEdition[] | undefined> {
  const manifest = await findParts(store, owner, { symbol, kind: "option_chains", cadence: null });
  return manifest?.parts.map(({ first_session, last_session, fingerprint }) => ({
    first: parseDate(first_session),
    last: parseDate(last_session),
    edition: fingerprint,
  }));
}

/** Of each session what was known by its open, and the last that was known afterwards. @param snapshots - ascending by that moment */
function morningsAndCloses(snapshots: readonly OptionChain[]): OptionChain[] {
  const last = new Map<number, OptionChain>();
  for (const chain of snapshots) last.set(chain.sessionDate, chain);
  return snapshots.filter((chain) => chain.knownAt <= NYSE.openOf(chain.sessionDate) || last.get(chain.sessionDate) === chain);
}

/**
 * The minute bars that an owner imported of one session's contracts of one expiry. Of an imported session without a row of the
 * expiry they are empty.
 *
 * @returns undefined when the owner imported none of the underlying
 * @throws DATA_UNAVAILABLE when the session was not imported; names the range that was
 * @throws ARTIFACT_CORRUPT when manifest, files and fingerprints do not agree
 */
export async function importedOptionBars(store: ArtifactStore, request: SessionRequest): Promise<OptionBars | undefined> {
  const { owner, symbol, session, expiry } = request;
  const manifest = await findParts(store, owner, { symbol, kind: "option_bars", cadence: null });
  if (manifest === undefined) return undefined;
  const date = formatDate(session);
  const part = manifest.parts.find(({ first_session }) => first_session === date);
  if (part === undefined) throw nothingInside(manifest, { start: date, end: null });
  return optionBarsOf(await readPart(store, manifest, part), { underlying: symbol, sessionDate: session, expiry });
}

/**
 * The flow that an owner imported of an underlying at a cadence, of the sessions in a window.
 *
 * @returns undefined when the owner imported none of it
 * @throws DATA_UNAVAILABLE when none lies in the window; names the range that there is
 * @throws ARTIFACT_CORRUPT when manifest, files and fingerprints do not agree
 */
export async function importedFlow(store: ArtifactStore, request: FlowRequest): Promise<FlowSeries | undefined> {
  const { owner, symbol, window, cadence } = request;
  const manifest = await findParts(store, owner, { symbol, kind: "flow_cells", cadence });
  if (manifest === undefined) return undefined;
  const parts = partsInside(manifest, window);
  const tables = [];
  for (const part of parts) tables.push(await readPart(store, manifest, part));
  const whole = flowOf(symbol, tables);
  const isInside = insideOf(window);
  const inside = (row: number): boolean => isInside(formatDate(sessionDateOf(whole.barStart[row]!)));
  let from = 0;
  while (from < whole.length && !inside(from)) from += 1;
  let to = whole.length;
  while (to > from && !inside(to - 1)) to -= 1;
  if (from === to) throw nothingInside(manifest, window);
  const cells = cutCells(whole, from, to);
  return {
    cells,
    facts: { provider: "files", fingerprint: fingerprintOfFlow(cells), stamps: manifest.stamps.toSorted(), simulation: null },
  };
}

/** Whether a session's date lies in a window. @throws INVALID_PARAM as `windowRange` */
function insideOf(window: DateWindow): (date: string) => boolean {
  windowRange(window);
  const { start, end } = window;
  return (date) => (start === null || date >= start) && (end === null || date < end);
}

function partsInside(manifest: PartsManifest, { start, end }: DateWindow): PartsManifest["parts"] {
  return manifest.parts.filter(
    ({ first_session, last_session }) => (start === null || last_session >= start) && (end === null || first_session < end),
  );
}

function nothingInside({ symbol, kind, first_session, last_session, parts }: PartsManifest, window: DateWindow): SigmaError {
  const what = kind.replaceAll("_", " ");
  const asked = kind === "option_bars" ? `of "${window.start}"` : `from "${window.start}" to before "${window.end}"`;
  const sessions = kind === "option_bars" ? ` (${parts.length} sessions)` : "";
  return new SigmaError(
    "DATA_UNAVAILABLE",
    `"files" has ${what} of ${symbol} from ${first_session} to ${last_session}${sessions}; found none ${asked}. Import a source that holds them.`,
    { provider: "files", symbol, kind, first: first_session, last: last_session },
  );
}

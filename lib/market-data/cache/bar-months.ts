import * as z from "zod";
import { type Bars, CADENCES, type Cadence } from "../../core/bars.ts";
import { SymbolSchema } from "../../core/ids.ts";
import type { DateNumber } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import { checkBars } from "../bar-checks.ts";
import { decodeBars } from "../decode-bars.ts";
import { encodeBars } from "../encode-bars.ts";
import { fingerprintOf } from "../fingerprint.ts";
import type { CacheKeys } from "./cache-keys.ts";
import { joinBars } from "./join-bars.ts";
import { type Damaged, type Found, readVault, writeVault } from "./vault.ts";

const session = z.int().min(19900101).max(99991231);

/** What is known of a month: every session from `from` to `through` is in the bars, or is one of `empty`. */
const MonthSchema = z.strictObject({
  symbol: SymbolSchema,
  cadence: z.enum(CADENCES),
  month: z.string().regex(/^\d{4}-\d\d$/),
  from: session,
  through: session,
  /** Sessions in which the vendor has no bar. */
  empty: z.array(session),
  rows: z.int().min(0),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});
type MonthHeader = z.infer<typeof MonthSchema>;

export interface BarMonth {
  readonly from: DateNumber;
  readonly through: DateNumber;
  readonly empty: readonly DateNumber[];
  readonly bars: Bars;
}

/** A month as it stands in the store: known, damaged (`month` undefined), or not there (both undefined). */
export interface StoredMonth {
  readonly month: BarMonth | undefined;
  readonly found: Found<unknown> | Damaged | undefined;
}

const BARS = "";

/** @throws nothing for damage: a month that cannot be trusted is one to fetch */
export async function readMonth(
  artifacts: ArtifactStore,
  keys: CacheKeys,
  { symbol, cadence, month }: { readonly symbol: string; readonly cadence: Cadence; readonly month: string },
): Promise<StoredMonth> {
  const found = await readVault(artifacts, keys.month(cadence, month), MonthSchema);
  if (found === undefined || "damaged" in found) return { month: undefined, found };
  const { header, files } = found;
  const bars = await readBars(header, files.get(BARS));
  const expected = header.symbol === symbol && header.cadence === cadence && header.month === month;
  if (bars === undefined || !expected) return { month: undefined, found };
  return { month: { from: header.from, through: header.through, empty: header.empty, bars }, found };
}

/** @returns undefined when the bytes are not the bars that the manifest names */
async function readBars({ symbol, cadence, rows, fingerprint }: MonthHeader, bytes: Uint8Array | undefined): Promise<Bars | undefined> {
  if (rows === 0) return joinBars(symbol, cadence, []);
  if (bytes === undefined) return undefined;
  try {
    const bars = await decodeBars(bytes);
    if (bars.symbol !== symbol || bars.cadence !== cadence || bars.length !== rows || fingerprintOf(bars) !== fingerprint) return undefined;
    checkBars(bars);
    return bars;
  } catch (error) {
    if (error instanceof SigmaError && (error.code === "ARTIFACT_CORRUPT" || error.code === "DATA_INVALID")) return undefined;
    throw error;
  }
}

/** @returns what stands there now @throws CONFLICT when somebody else wrote the month since it was read */
export async function writeMonth(
  artifacts: ArtifactStore,
  keys: CacheKeys,
  name: string,
  { from, through, empty, bars }: BarMonth,
  before: StoredMonth["found"],
): Promise<StoredMonth["found"]> {
  const { symbol, cadence, length: rows } = bars;
  const files = new Map(rows === 0 ? [] : [[BARS, encodeBars(bars)] as const]);
  const header = { symbol, cadence, month: name, from, through, empty: [...empty], rows, fingerprint: fingerprintOf(bars) };
  return await writeVault(artifacts, keys.month(cadence, name), { header, files }, before);
}

import type { Bars } from "#lib/core/bars.ts";
import { dayOfWeekOf, hourEtOf, sessionDateOf } from "#lib/core/time.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { buildTable } from "#lib/matrix/build-table.ts";
import { type Label, LabelSchema } from "#lib/matrix/label.schema.ts";
import { dataSources, dataUntil } from "#lib/matrix/matrix-data.ts";
import { type MatrixNeeds, matrixNeeds, matrixSpecOf, planOf } from "#lib/matrix/matrix-spec.ts";
import { FeatureFlagsSchema } from "#lib/models/model-config.schema.ts";
import type { IndicatorEntry } from "#lib/packs/indicator-set.schema.ts";
import type { DateWindow } from "#lib/ports/market-data.ts";
import type { Scan, ScanRequest } from "#lib/scan/scan.schema.ts";
import { type DataPorts, loadMatrixData } from "../shared/load-matrix-data.ts";

/** What was found of a member at its last closed bar, or why nothing was. */
export type MemberReading =
  | {
      readonly kind: "read";
      readonly symbol: string;
      readonly values: ReadonlyMap<string, number>;
      /** End of its last closed bar, UTC ms. */
      readonly endMs: number;
      readonly bars: number;
      /** Closed bars that the set's indicators need for a value. */
      readonly neededBars: number;
      readonly stamps: readonly string[];
    }
  | { readonly kind: "left_out"; readonly symbol: string; readonly reason: Scan["left_out"][number]["reason"]; readonly detail: string };

interface MemberAsk {
  readonly request: ScanRequest;
  readonly entries: readonly IndicatorEntry[];
  readonly needs: MatrixNeeds;
  readonly symbol: string;
  readonly window: DateWindow;
  /** What became known later is not read. */
  readonly cutMs: number;
}

/** A table has a label; nobody reads a scan's. */
const LABEL: Label = LabelSchema.parse({ kind: "next_bar_direction" });
const FEATURES = FeatureFlagsSchema.parse({ time: { day_of_week: false } });
const NONE = { include: false, hourly_horizons: [] };

/** What a model of the set alone would say of its matrix. */
const configOf = ({ cadence }: Pick<ScanRequest, "cadence">, window: DateWindow) => ({
  cadence,
  horizon: "swing" as const,
  window: { start: window.start, end: window.end },
  train: { allowed_hours: null },
  features: FEATURES,
  momentum: NONE,
  volatility: NONE,
  label: LABEL,
});

/**
 * What the set's indicators read beside a member's own bars.
 *
 * @throws INVALID_PARAM for a set that compares the universe with itself: that is one number for all, and ranks nobody
 */
export function scanNeeds(request: ScanRequest, entries: readonly IndicatorEntry[]): MatrixNeeds {
  const needs = matrixNeeds(configOf(request, { start: null, end: null }), entries, "");
  if (!needs.universe) return needs;
  throw new SigmaError(
    "INVALID_PARAM",
    `The set "${request.set}" reads the breadth of its universe, which is one number for all members. Remove that indicator from the scanner.`,
    { field: "set" },
  );
}

/**
 * A member's columns at its last closed bar: the same numbers that the last row of a matrix of these indicators has.
 *
 * @throws what concerns more than this member: a provider that cannot be reached, a store that fails
 */
export async function scanMember(ports: DataPorts, owner: string, ask: MemberAsk): Promise<MemberReading> {
  const { request, entries, needs, symbol, window, cutMs } = ask;
  const { provider, others, seed } = request;
  const config = { ...configOf(request, window), data: { provider, symbol, others, ...(seed === undefined ? {} : { seed }) } };
  try {
    const data = dataUntil(await loadMatrixData(ports, owner, config, needs, 1), cutMs);
    const { bars } = data.series;
    if (bars.length === 0) return { kind: "left_out", symbol, reason: "no_data", detail: "It has no bar that had closed by then." };
    const spec = matrixSpecOf(config, entries, symbol, dataSources(data));
    const { info, features } = buildTable(spec, data);
    const last = bars.length - 1;
    return {
      kind: "read",
      symbol,
      values: new Map([...barValues(bars, last), ...info.map(({ name }, i) => [name, features[i]![last]!] as const)]),
      endMs: bars.end[last]!,
      bars: bars.length,
      neededBars: planOf(spec).warmupBars + 1,
      stamps: spec.stamps,
    };
  } catch (error) {
    const reason = error instanceof SigmaError ? REASONS[error.code] : undefined;
    if (reason === undefined) throw error;
    return { kind: "left_out", symbol, reason, detail: (error as SigmaError).message };
  }
}

/** Failures that are one member's own. */
const REASONS: Partial<Record<string, Scan["left_out"][number]["reason"]>> = {
  DATA_UNAVAILABLE: "no_data",
  HISTORY_TOO_SHORT: "not_enough_history",
  DATA_INVALID: "bad_data",
};

/** The bar's own fields, which rules may read too; prices are raw. */
function barValues({ open, high, low, close, volume, start }: Bars, row: number): [string, number][] {
  return [
    ["open", open[row]!],
    ["high", high[row]!],
    ["low", low[row]!],
    ["close", close[row]!],
    ["volume", volume[row]!],
    ["hour_et", hourEtOf(start[row]!)],
    ["day_of_week", dayOfWeekOf(sessionDateOf(start[row]!))],
  ];
}

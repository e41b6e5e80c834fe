import { type Sha256, sha256OfJson } from "../core/digest.ts";
import type { ResolvedIndicator } from "../indicators/resolve.ts";
import { FLOW_VERSION } from "../options/flow/flow-column.ts";
import { LABEL_VERSIONS } from "./labels/compute-label.ts";
import type { MatrixSpec } from "./matrix-spec.ts";

/** Raised when the meaning or the layout of a matrix changes beyond its indicators and labels. */
export const MATRIX_SCHEMA_VERSION = 3;

/** Everything that a matrix's name stands for, as a JSON document: hashing it again gives the name. */
export function matrixInputs(spec: MatrixSpec): Record<string, unknown> {
  return {
    schema_version: MATRIX_SCHEMA_VERSION,
    data: spec.sources.map(({ role, symbol, cadence, facts }) => ({ role, symbol, cadence, ...facts })),
    symbol: spec.symbol,
    universe: spec.universe,
    membership: spec.membership,
    window: spec.window,
    cadence: spec.cadence,
    indicators: spec.indicators.map(identityOf),
    flow: spec.flow === null ? null : { ...spec.flow, version: FLOW_VERSION },
    features: { include: [...spec.include].sort(), exclude: [...spec.exclude].sort() },
    label: {
      ...spec.label,
      version: LABEL_VERSIONS[spec.label.kind],
      cross_session: spec.crossSession,
    },
    helpers: Object.fromEntries(Object.entries(spec.helpers).map(([role, item]) => [role, identityOf(item)])),
    hours: spec.trainHours,
    calendar_version: spec.calendarVersion,
    timezone: "America/New_York",
  };
}

/** The matrix's name: SHA-256 over the canonical JSON of its inputs. Same name, same numbers. */
export function matrixSha(spec: MatrixSpec): Sha256 {
  return sha256OfJson(matrixInputs(spec));
}

/** Identity of the resolved indicator list alone, for lineage. */
export function indicatorSetSha(spec: MatrixSpec): Sha256 {
  return sha256OfJson(spec.indicators.map(identityOf));
}

const identityOf = ({ name, version, params, column, underlying, carryForward }: ResolvedIndicator) => ({
  name,
  version,
  params,
  column,
  underlying,
  carry_forward: carryForward,
});

import type { Cadence } from "#lib/core/bars.ts";
import type { DateNumber } from "#lib/core/time.ts";
import type { FileFormat, FileKind } from "./order.ts";
import type { SimulationSource } from "./source.ts";

/** Which files are to be written. */
export interface FilesOrder {
  readonly folder: string;
  readonly force: boolean;
  readonly format: FileFormat;
  readonly kinds: readonly FileKind[];
  readonly symbols: readonly string[];
  readonly cadences: readonly Cadence[];
  readonly sessions: readonly DateNumber[];
  /** Every listed expiry instead of the one that is next. */
  readonly allExpiries: boolean;
  readonly source: SimulationSource;
}

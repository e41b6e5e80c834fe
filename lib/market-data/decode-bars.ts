import { type Bars, CADENCES } from "../core/bars.ts";
import { readTable } from "../core/parquet-table.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { SERIES_COLUMNS } from "./fingerprint.ts";

/** The file's form, stored as its key-value metadata. */
export const BARS_FORM = "sigma-bars/1";

/** A column's name in the file, where it differs from ours. */
export const STORED_NAMES: Partial<Record<string, string>> = { availableAt: "available_at" };

/**
 * Reads what `encodeBars` wrote. Parquet readers accept damaged bytes silently: verify the file's digest first.
 *
 * @throws ARTIFACT_CORRUPT when the bytes are no such file
 */
export async function decodeBars(bytes: Uint8Array): Promise<Bars> {
  const { rows, columns, metadata } = await readTable(bytes).catch((cause: unknown) => {
    throw corrupt(cause instanceof Error ? cause.message : "it has no readable Parquet footer", cause);
  });
  const cadence = CADENCES.find((known) => known === metadata["cadence"]);
  const symbol = metadata["symbol"];
  if (metadata["form"] !== BARS_FORM || cadence === undefined || symbol === undefined) {
    throw corrupt(`expected the form "${BARS_FORM}", found "${metadata["form"] ?? "none"}"`);
  }
  const column = (name: (typeof SERIES_COLUMNS)[number]): Float64Array => {
    const found = columns.find((candidate) => candidate.name === name);
    if (!found) throw corrupt(`it has no column "${name}"`);
    return found.values;
  };
  const availableAt = columns.find(({ name }) => name === STORED_NAMES["availableAt"])?.values;
  return {
    symbol,
    cadence,
    length: rows,
    start: column("start"),
    end: column("end"),
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume"),
    factor: column("factor"),
    ...(availableAt === undefined ? {} : { availableAt }),
  };
}

function corrupt(issue: string, cause?: unknown): SigmaError {
  return new SigmaError("ARTIFACT_CORRUPT", `The stored bars cannot be read: ${issue}. Import the series again.`, {}, { cause });
}

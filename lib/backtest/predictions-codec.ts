import * as z from "zod";
import { canonicalJson } from "../core/canonical-json.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { FoldPrediction } from "./fold-prediction.ts";

/**
 * Bytes of one fold's predictions: "SIGMAPRD", header length (u32, little-endian), a zero u32, canonical JSON
 * header, spaces up to a multiple of 8, then float64 little-endian: test probabilities class by class, slice
 * probabilities class by class. Equal predictions have equal bytes.
 */
const MAGIC = "SIGMAPRD";
const LEAD = 16;

const count = z.int().min(0);
const HeaderSchema = z.strictObject({
  schema_version: z.literal(1),
  fold: count,
  test_start: count,
  test_end: count,
  classes: z.array(z.int()).min(2),
  base_rates: z.array(z.number().min(0).max(1)),
  slice_rows: count,
  train_rows: count,
  effective_rows: z.number().min(0),
  train_first_ts: z.number().nullable(),
  train_last_ts: z.number().nullable(),
  embargo_bars: count,
  calibration: z.strictObject({ method: z.string(), reason: z.string().nullable() }),
  notes: z.array(z.string()),
});

export function encodePrediction(prediction: FoldPrediction): Uint8Array {
  const header = canonicalJson({
    schema_version: prediction.schemaVersion,
    fold: prediction.fold,
    test_start: prediction.testStart,
    test_end: prediction.testEnd,
    classes: [...prediction.classes],
    base_rates: [...prediction.baseRates],
    slice_rows: prediction.slice[0]?.length ?? 0,
    train_rows: prediction.trainRows,
    effective_rows: prediction.effectiveRows,
    train_first_ts: knownOrNull(prediction.trainFirstTs),
    train_last_ts: knownOrNull(prediction.trainLastTs),
    embargo_bars: prediction.embargoBars,
    calibration: { ...prediction.calibration },
    notes: [...prediction.notes],
  } satisfies z.input<typeof HeaderSchema>);
  const text = new TextEncoder().encode(header.padEnd(header.length + padding(LEAD + new TextEncoder().encode(header).length)));
  const columns = [...prediction.probabilities, ...prediction.slice];
  const values = columns.reduce((sum, column) => sum + column.length, 0);
  const bytes = new Uint8Array(LEAD + text.length + 8 * values);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, text.length, true);
  bytes.set(text, LEAD);
  let at = LEAD + text.length;
  for (const column of columns) {
    for (const value of column) {
      // A NaN has many bit patterns; one of them is written.
      if (Number.isNaN(value)) view.setBigUint64(at, 0x7ff8000000000000n, true);
      else view.setFloat64(at, value, true);
      at += 8;
    }
  }
  return bytes;
}

/** @throws ARTIFACT_CORRUPT when the bytes are not exactly one fold's predictions */
export function decodePrediction(bytes: Uint8Array): FoldPrediction {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < LEAD || new TextDecoder().decode(bytes.subarray(0, 8)) !== MAGIC) throw corrupt(`"${MAGIC}" at the beginning`);
  const length = view.getUint32(8, true);
  if (LEAD + length > bytes.length) throw corrupt(`a header of "${length}" bytes`);
  const parsed = HeaderSchema.safeParse(readJson(bytes.subarray(LEAD, LEAD + length)));
  if (!parsed.success) throw corrupt("a header of version 1");
  const header = parsed.data;
  const testRows = header.test_end - header.test_start;
  const classes = header.classes.length;
  const expected = LEAD + length + 8 * classes * (testRows + header.slice_rows);
  if (testRows < 0 || expected !== bytes.length) throw corrupt(`"${expected}" bytes`);
  let at = LEAD + length;
  const column = (rows: number): Float64Array => {
    const values = new Float64Array(rows);
    for (let i = 0; i < rows; i++, at += 8) values[i] = view.getFloat64(at, true);
    return values;
  };
  return {
    schemaVersion: 1,
    fold: header.fold,
    testStart: header.test_start,
    testEnd: header.test_end,
    classes: header.classes,
    baseRates: header.base_rates,
    probabilities: header.classes.map(() => column(testRows)),
    slice: header.classes.map(() => column(header.slice_rows)),
    trainRows: header.train_rows,
    effectiveRows: header.effective_rows,
    trainFirstTs: header.train_first_ts ?? Number.NaN,
    trainLastTs: header.train_last_ts ?? Number.NaN,
    embargoBars: header.embargo_bars,
    calibration: header.calibration,
    notes: header.notes,
  };
}

const padding = (length: number): number => (8 - (length % 8)) % 8;
const knownOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return undefined;
    throw cause;
  }
}

function corrupt(expected: string): SigmaError {
  return new SigmaError(
    "ARTIFACT_CORRUPT",
    `The fold predictions must have ${expected}. The artifact is damaged or of another version: fit the fold again.`,
  );
}

import * as z from "zod";
import { openSealedFile, sealFile } from "../core/sealed-file.ts";
import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { type FoldPrediction, testBlocksOf } from "./fold-prediction.ts";

const KIND = "SGFP";

const count = z.int().min(0);
const HeaderSchema = z.strictObject({
  schema_version: z.literal(1),
  fold: count,
  test_start: count,
  test_end: count,
  /** Half-open ranges, ascending; absent = the one from `test_start` to `test_end`. */
  test_blocks: z
    .array(z.tuple([count, count]))
    .min(2)
    .optional(),
  classes: z.array(z.int()).min(2),
  base_rates: z.array(z.number().min(0).max(1)),
  /** Regressions only; their predicted returns are the last array. */
  train_mean_return: z.number().optional(),
  train_rows: count,
  effective_rows: z.number().min(0),
  train_first_ts: z.number().nullable(),
  train_last_ts: z.number().nullable(),
  embargo_bars: count,
  calibration: z.strictObject({ method: z.string(), reason: z.string().nullable() }),
  notes: z.array(z.string()),
});

/**
 * Bytes of one fold's predictions: a sealed file whose arrays are the test probabilities class by class, then the slice's
 * class by class, then a regression's predicted returns. Equal predictions have equal bytes.
 */
export function encodePrediction(prediction: FoldPrediction): Uint8Array {
  const header = {
    schema_version: prediction.schemaVersion,
    fold: prediction.fold,
    test_start: prediction.testStart,
    test_end: prediction.testEnd,
    ...(prediction.blocks === undefined ? {} : { test_blocks: prediction.blocks.map(({ start, end }): [number, number] => [start, end]) }),
    classes: [...prediction.classes],
    base_rates: [...prediction.baseRates],
    ...(prediction.returns === undefined ? {} : { train_mean_return: prediction.returns.trainMean }),
    train_rows: prediction.trainRows,
    effective_rows: prediction.effectiveRows,
    train_first_ts: knownOrNull(prediction.trainFirstTs),
    train_last_ts: knownOrNull(prediction.trainLastTs),
    embargo_bars: prediction.embargoBars,
    calibration: { ...prediction.calibration },
    notes: [...prediction.notes],
  } satisfies z.input<typeof HeaderSchema>;
  // A NaN has many bit patterns; one of them is written.
  const predicted = prediction.returns === undefined ? [] : [prediction.returns.predicted];
  const arrays = [...prediction.probabilities, ...prediction.slice, ...predicted].map((column) =>
    column.map((value) => (Number.isNaN(value) ? Number.NaN : value)),
  );
  return sealFile(KIND, { header, arrays, blob: new Uint8Array(0) });
}

/**
 * @param what - names the file in the message
 * @throws ARTIFACT_CORRUPT when a byte differs from what was written
 */
export function decodePrediction(bytes: Uint8Array, what = "A fold's stored predictions"): FoldPrediction {
  const { header: stored, arrays } = openSealedFile(KIND, bytes, what);
  const header = parseOr("ARTIFACT_CORRUPT", HeaderSchema, stored, what);
  const classes = header.classes.length;
  const probabilities = arrays.slice(0, classes);
  const blocks = header.test_blocks?.map(([start, end]) => ({ start, end }));
  const place = { testStart: header.test_start, testEnd: header.test_end, ...(blocks === undefined ? {} : { blocks }) };
  const rows = testRowCount(place);
  const mean = header.train_mean_return;
  const predicted = mean === undefined ? [] : arrays.slice(2 * classes);
  if (
    arrays.length !== 2 * classes + (mean === undefined ? 0 : 1) ||
    [...probabilities, ...predicted].some(({ length }) => length !== rows)
  )
    throw new SigmaError("ARTIFACT_CORRUPT", `${what} do not have one probability for each class and row.`, { classes });
  return {
    schemaVersion: 1,
    fold: header.fold,
    ...place,
    classes: header.classes,
    baseRates: header.base_rates,
    probabilities,
    slice: arrays.slice(classes, 2 * classes),
    ...(mean === undefined ? {} : { returns: { predicted: predicted[0]!, trainMean: mean } }),
    trainRows: header.train_rows,
    effectiveRows: header.effective_rows,
    trainFirstTs: header.train_first_ts ?? Number.NaN,
    trainLastTs: header.train_last_ts ?? Number.NaN,
    embargoBars: header.embargo_bars,
    calibration: header.calibration,
    notes: header.notes,
  };
}

/** Rows in the test blocks; NaN when they are not ascending from the first row to the last. */
function testRowCount(place: Pick<FoldPrediction, "testStart" | "testEnd" | "blocks">): number {
  let rows = 0;
  let from = place.testStart;
  const blocks = testBlocksOf(place);
  for (const { start, end } of blocks) {
    if (start < from || end <= start) return Number.NaN;
    rows += end - start;
    from = end;
  }
  return blocks[0]!.start === place.testStart && from === place.testEnd ? rows : Number.NaN;
}

const knownOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

import { parseOr } from "../../errors/parse.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { Calibration } from "../learner.schema.ts";
import { marginsOf, sigmoid } from "../logistic.ts";
import { type CalibrationMap, type CalibrationNote, type CalibratorJson, CalibratorSchema } from "./calibrator.schema.ts";
import { fitIsotonic, isotonicAt } from "./isotonic.ts";
import { fitPlatt, plattAt } from "./platt.ts";

/** Isotonic regression needs this many rows; it overfits on fewer. */
const ISOTONIC_MIN_ROWS = 1000;
/** One-sided 5 %: a slope less sure than this is no skill. */
const SKILL_Z = 1.645;

export interface Calibrator {
  /** What was asked for. */
  readonly kind: Calibration;
  readonly notes: readonly CalibrationNote[];
  /**
   * Calibrated class probabilities; each row sums to 1, a row with NaN stays NaN.
   *
   * @param probabilities - one array for each class, as the model gives them
   * @throws INVALID_PARAM when the number of classes differs from the fit's
   */
  apply(probabilities: readonly Float64Array[]): readonly Float64Array[];
  /**
   * The same from margins, one array for two classes and one for each of more: for a regression the predicted values.
   *
   * @throws INVALID_PARAM when the number of arrays differs from the fit's
   */
  applyToMargins(margins: readonly Float64Array[]): readonly Float64Array[];
  toJson(): CalibratorJson;
}

export interface CalibratorOptions {
  /**
   * How many independent rows the fit's rows amount to, when labels overlap: the Wald test then counts those.
   * Default: the sum of the weights.
   */
  readonly effectiveRows?: number;
  /**
   * What a margin of 1 stands for, when margins are not log-odds: the fit works in this unit, so that it does not depend on
   * how small returns are. Default 1.
   */
  readonly unit?: number;
}

/**
 * Fits the map from a model's margins to probabilities. The rows must not be among those that the model was fitted on.
 *
 * Three or more classes are calibrated one against the rest, then normalised. A class whose sigmoid slope is not
 * positive, or not significantly so (Wald z below 1.645), gets its base rate: a score without skill says nothing.
 * Isotonic probabilities stay within (N+ + 1)/(N+ + 2) and 1/(N- + 2), so that no block claims certainty.
 *
 * @param scores - margins: one array for two classes (of the second), else one for each class; see `marginsOf`
 * @param target - class index of each row
 * @param weight - positive
 * @throws INVALID_PARAM when arrays differ in length, two score arrays are given, or a score is NaN
 */
export function fitCalibrator(
  kind: Calibration,
  scores: readonly Float64Array[],
  target: Int32Array,
  weight: Float64Array,
  options: CalibratorOptions = {},
): Calibrator {
  checkScores(scores, target, weight);
  const classes = scores.length === 1 ? 2 : scores.length;
  const rows = target.length;
  if (kind === "none" || rows === 0) {
    const notes: CalibrationNote[] = kind === "none" ? [] : ["no_rows"];
    return createCalibrator({ schema_version: 1, kind, classes, rows, notes, maps: scores.map(() => ({ map: "identity" })) });
  }
  const tooFew = kind === "isotonic" && rows < ISOTONIC_MIN_ROWS;
  const weightSum = weight.reduce((sum, w) => sum + w, 0);
  const unit = options.unit ?? 1;
  const certainty = Math.sqrt((options.effectiveRows ?? weightSum) / weightSum);
  const maps = scores.map((column, i) => {
    const wanted = classes === 2 ? 1 : i;
    const positive = Uint8Array.from(target, (k) => (k === wanted ? 1 : 0));
    return inUnit(
      fitMap(kind === "isotonic" && !tooFew, unit === 1 ? column : column.map((score) => score / unit), positive, weight, certainty),
      unit,
    );
  });
  const singleClass = target.every((k) => k === target[0]);
  const guessed = maps.filter(({ map }) => map === "base_rate").length;
  const notes: CalibrationNote[] = [];
  if (tooFew) notes.push("isotonic_too_few_rows");
  if (singleClass) notes.push("single_class");
  if (guessed === maps.length) notes.push("no_skill");
  else if (guessed > 0) notes.push("no_skill_partial");
  return createCalibrator({ schema_version: 1, kind, classes, rows, notes, maps });
}

/** @throws ARTIFACT_CORRUPT when the stored form does not match its schema */
export function calibratorFromJson(json: unknown): Calibrator {
  return createCalibrator(parseOr("ARTIFACT_CORRUPT", CalibratorSchema, json, "The stored calibrator"));
}

function fitMap(isotonic: boolean, scores: Float64Array, positive: Uint8Array, weight: Float64Array, certainty: number): CalibrationMap {
  let [plus, minus] = [0, 0];
  for (let i = 0; i < scores.length; i++) {
    if (positive[i] === 1) plus += weight[i]!;
    else minus += weight[i]!;
  }
  const [low, high] = [1 / (minus + 2), (plus + 1) / (plus + 2)];
  if (minus === 0) return { map: "base_rate", value: high, z: null };
  if (plus === 0) return { map: "base_rate", value: low, z: null };
  const platt = fitPlatt(scores, positive, weight);
  const z = platt.z * certainty;
  if (!(z >= SKILL_Z)) return { map: "base_rate", value: plus / (plus + minus), z };
  if (!isotonic) return { map: "platt", a: platt.a, b: platt.b, z };
  const fit = fitIsotonic(scores, positive, weight);
  return { map: "isotonic", scores: [...fit.scores], values: Array.from(fit.values, (p) => Math.min(high, Math.max(low, p))), z };
}

/** A map that was fitted on margins in a unit, for margins as they are. */
function inUnit(map: CalibrationMap, unit: number): CalibrationMap {
  if (unit === 1) return map;
  if (map.map === "platt") return { ...map, a: map.a / unit };
  return map.map === "isotonic" ? { ...map, scores: map.scores.map((score) => score * unit) } : map;
}

function createCalibrator(json: CalibratorJson): Calibrator {
  const readers = json.maps.map(readerOf);
  const unchanged = json.maps.every(({ map }) => map === "identity");
  const applyToMargins = (margins: readonly Float64Array[]): readonly Float64Array[] => {
    if (margins.length !== readers.length) throw otherModel(`"${readers.length}" arrays of margins`, margins.length);
    const columns = margins.map((margin, i) => margin.map(readers[i]!));
    if (json.classes === 2) return [columns[0]!.map((p) => 1 - p), columns[0]!];
    return normalised(columns);
  };
  return {
    kind: json.kind,
    notes: json.notes,
    apply(probabilities) {
      if (probabilities.length !== json.classes) throw otherModel(`"${json.classes}" classes`, probabilities.length);
      return unchanged ? probabilities : applyToMargins(marginsOf(probabilities));
    },
    applyToMargins,
    toJson: () => json,
  };
}

const otherModel = (fittedOn: string, found: number): SigmaError =>
  new SigmaError("INVALID_PARAM", `The calibrator was fitted on ${fittedOn}, found "${found}"; give what the same model predicts.`);

function readerOf(map: CalibrationMap): (margin: number) => number {
  switch (map.map) {
    case "identity":
      return sigmoid;
    case "base_rate":
      return (margin) => (Number.isNaN(margin) ? Number.NaN : map.value);
    case "platt":
      return (margin) => plattAt(map, margin);
    case "isotonic": {
      const fit = { scores: Float64Array.from(map.scores), values: Float64Array.from(map.values) };
      return (margin) => isotonicAt(fit, margin);
    }
  }
}

function normalised(columns: readonly Float64Array[]): Float64Array[] {
  const sums = columns[0]!.map((_, row) => columns.reduce((sum, column) => sum + column[row]!, 0));
  return columns.map((column) => column.map((p, row) => p / sums[row]!));
}

function checkScores(scores: readonly Float64Array[], target: Int32Array, weight: Float64Array): void {
  const rows = target.length;
  if (scores.length === 0 || scores.length === 2)
    throw new SigmaError(
      "INVALID_PARAM",
      `Calibration reads one array of margins for two classes or one for each of three and more, found "${scores.length}"; make them with marginsOf.`,
    );
  if (weight.length !== rows || scores.some((column) => column.length !== rows))
    throw new SigmaError("INVALID_PARAM", `Calibration needs as many scores and weights as targets ("${rows}"), found other lengths.`, {
      rows,
    });
  const row = scores.map((column) => column.findIndex(Number.isNaN)).find((at) => at >= 0);
  if (row !== undefined)
    throw new SigmaError("INVALID_PARAM", `Calibration needs known scores, found NaN in row "${row}"; leave such rows out.`, { row });
}

import { SigmaError } from "../errors/sigma-error.ts";
import type { Matrix } from "../matrix/matrix.ts";
import type { THRESHOLD_MODES } from "../sweeps/variant.schema.ts";
import { causalCuts } from "./causal-cut.ts";
import { type FoldPrediction, sideIndexes } from "./fold-prediction.ts";

export type ThresholdMode = (typeof THRESHOLD_MODES)[number];

/** Which sides may open trades: direction tags, the strategy's side and option_type remove sides. */
export interface Sides {
  readonly long: boolean;
  readonly short: boolean;
}

/** Edges nearer than this are equal: a model that says the base rate has no side. */
const TIE = 1e-12;
/** Keeps the logit of a certain event finite. */
const P_MIN = 1e-12;

/**
 * Sides and confidences of every test row under one threshold mode. Row arrays cover the whole tape; outside the
 * test blocks the fold is -1 and the confidence NaN.
 */
export interface SignalSheet {
  /** 1 or -1, the side with the larger edge (or probability), 0 on a tie or where that side may not trade. */
  readonly side: Int8Array;
  /** Probability or edge of the best side that may trade. */
  readonly confidence: Float64Array;
  /** p_side / (p_up + p_down) of the side: what sizing reads. */
  readonly probability: Float64Array;
  readonly fold: Int8Array;
  /** Cut that each row's confidence must reach for the top share, causal within its fold. Computed once a share. */
  cuts(share: number): Float64Array;
}

/**
 * Lays fold predictions out over the rows of a tape.
 *
 * @param rows - decision time of each row: rows of one time are ranked among those of earlier times; and where the label puts no
 *   question (NaN), which has neither side nor confidence
 * @throws UNPROCESSABLE when test blocks overlap, leave the tape, or a fold has no UP and DOWN
 */
export function signalSheet(
  predictions: readonly FoldPrediction[],
  { ts, labelUnit }: Pick<Matrix, "ts" | "labelUnit">,
  mode: ThresholdMode,
  sides: Sides,
): SignalSheet {
  const rows = ts.length;
  const side = new Int8Array(rows);
  const confidence = new Float64Array(rows).fill(Number.NaN);
  const probability = new Float64Array(rows).fill(Number.NaN);
  const fold = new Int8Array(rows).fill(-1);
  for (const prediction of predictions) {
    const scored = score(prediction.probabilities, prediction, mode, sides);
    assertFits(prediction, rows, fold);
    side.set(scored.side, prediction.testStart);
    confidence.set(scored.confidence, prediction.testStart);
    probability.set(scored.probability, prediction.testStart);
    fold.fill(prediction.fold, prediction.testStart, prediction.testEnd);
  }
  for (let row = 0; row < rows; row++) {
    if (!Number.isNaN(labelUnit[row]!)) continue;
    side[row] = 0;
    confidence[row] = Number.NaN;
  }
  const slices = new Map<number, Float64Array>();
  const sliceOf = (prediction: FoldPrediction): Float64Array => {
    const known = slices.get(prediction.fold) ?? score(prediction.slice, prediction, mode, sides).confidence;
    slices.set(prediction.fold, known);
    return known;
  };
  const byShare = new Map<number, Float64Array>();
  return {
    side,
    confidence,
    probability,
    fold,
    cuts(share) {
      const known = byShare.get(share);
      if (known) return known;
      const cuts = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
      for (const prediction of predictions) {
        const { testStart, testEnd } = prediction;
        const values = confidence.subarray(testStart, testEnd);
        cuts.set(causalCuts(sliceOf(prediction), values, share, ts.subarray(testStart, testEnd)), testStart);
      }
      byShare.set(share, cuts);
      return cuts;
    },
  };
}

/** Side, confidence and two-way probability of rows of class probabilities. */
function score(probabilities: readonly Float64Array[], prediction: FoldPrediction, mode: ThresholdMode, sides: Sides) {
  const { up, down } = sideIndexes(prediction.classes);
  const pUp = probabilities[up]!;
  const pDown = probabilities[down]!;
  const rows = pUp.length;
  const side = new Int8Array(rows);
  const confidence = new Float64Array(rows);
  const probability = new Float64Array(rows);
  const baseUp = mode === "edge" ? logit(prediction.baseRates[up]!) : 0;
  const baseDown = mode === "edge" ? logit(prediction.baseRates[down]!) : 0;
  for (let row = 0; row < rows; row++) {
    const a = pUp[row]!;
    const b = pDown[row]!;
    const edgeUp = mode === "edge" ? logit(a) - baseUp : a;
    const edgeDown = mode === "edge" ? logit(b) - baseDown : b;
    const larger = Math.abs(edgeUp - edgeDown) <= TIE ? 0 : edgeUp > edgeDown ? 1 : -1;
    const allowed = (larger === 1 && sides.long) || (larger === -1 && sides.short);
    const best = Math.max(sides.long ? edgeUp : Number.NEGATIVE_INFINITY, sides.short ? edgeDown : Number.NEGATIVE_INFINITY);
    const unknown = Number.isNaN(edgeUp + edgeDown);
    side[row] = allowed && !unknown ? larger : 0;
    confidence[row] = unknown || best === Number.NEGATIVE_INFINITY ? Number.NaN : best;
    probability[row] = (larger === -1 ? b : a) / (a + b);
  }
  return { side, confidence, probability };
}

function logit(p: number): number {
  const bounded = Math.min(Math.max(p, P_MIN), 1 - P_MIN);
  return Math.log(bounded / (1 - bounded));
}

function assertFits(prediction: FoldPrediction, rows: number, fold: Int8Array): void {
  const { testStart, testEnd, classes } = prediction;
  const free = testStart >= 0 && testEnd <= rows && fold.subarray(testStart, testEnd).every((taken) => taken === -1);
  const { up, down } = sideIndexes(classes);
  if (free && up >= 0 && down >= 0 && prediction.probabilities[up]!.length === testEnd - testStart) return;
  throw new SigmaError(
    "UNPROCESSABLE",
    `Fold "${prediction.fold}" predicts rows "${testStart}" to "${testEnd}" with classes "${classes.join(", ")}"; expected a block of its own within "${rows}" rows and the classes -1 and 1. Predict again from this matrix.`,
    { fold: prediction.fold, testStart, testEnd, rows },
  );
}

/** Size from confidence: min(2p - 1, cap), never negative. */
export function confidenceSize(probability: number, cap: number): number {
  return Math.max(0, Math.min(2 * probability - 1, cap));
}

/** Sides that remain after a direction tag and the policy's option_type. */
export function tradableSides(direction: "long_only" | "short_only" | "long_short", optionType: "call" | "put" | "both" = "both"): Sides {
  return {
    long: direction !== "short_only" && optionType !== "put",
    short: direction !== "long_only" && optionType !== "call",
  };
}

import type { CalibrationMap, CalibratorJson } from "../calibration/calibrator.schema.ts";
import { MARGIN_LIMIT } from "../logistic.ts";
import type { BoostedTrees } from "./boosted-trees.ts";
import { createOnnxGraph, type OnnxGraph } from "./onnx-graph.ts";
import { encodeOnnx, valueInfo } from "./onnx-messages.ts";
import { treeEnsemble } from "./onnx-trees.ts";

/** IR version and operator sets that belong together; `TreeEnsemble` came with version 5 of the second one. */
const IR_VERSION = 10;
const OPSETS = [
  { domain: "", version: 21 },
  { domain: "ai.onnx.ml", version: 5 },
] as const;

export interface OnnxExport {
  readonly trees: BoostedTrees;
  /** What turns what the trees say into calibrated probabilities; null = they stay as they are. */
  readonly calibrator: CalibratorJson | null;
  /** Label values that the probabilities are of: of a regression with a calibrator -1 and 1, its sign. */
  readonly classes: readonly number[];
}

/**
 * A model with its calibrator as ONNX. Input `features`: float64, shape (rows, features), NaN = unknown. Outputs, float64:
 *
 * - `margins`, shape (rows, margins): what attributions add up to; of a regression the prediction;
 * - `probabilities`, shape (rows, classes): calibrated, in the order of `classes`; a regression has them with a calibrator only.
 *
 * Everything is float64. The operator is `TreeEnsemble` of ai.onnx.ml 5: the older `TreeEnsembleRegressor` takes float64
 * features and thresholds but gives float32 margins. `x < t` is mode BRANCH_LT, an unknown value takes the branch of
 * `nodes_missing_value_tracks_true`.
 *
 * A calibration map is made of standard operators: Platt scaling is `Sigmoid(-(a s + b))`; isotonic regression counts the
 * points at or below the score (GreaterOrEqual, ReduceSum), gathers the segment that begins there and goes along its line;
 * a base rate is `0 s + rate`. The score s is the margin within +-40 for two classes, log(p / (1 - p)) of each within +-40 for
 * more, whose mapped values are divided by their sum, and the prediction of a regression.
 *
 * @returns bytes; equal models give equal ones
 */
export function onnxModel({ trees, calibrator, classes }: OnnxExport): Uint8Array {
  const graph = createOnnxGraph();
  const { featureNames, objective } = trees;
  const margins = treeEnsemble(graph, trees, "features", "margins");
  const columns =
    objective !== "regression"
      ? calibrated(graph, trees, calibrator, margins)
      : calibrator === null
        ? []
        : twoSides(graph, mapped(graph, calibrator.maps[0]!, margins));
  if (columns.length > 0) graph.as("probabilities", "Concat", columns, graph.axis(1));
  const probabilities = valueInfo("probabilities", ["rows", columns.length], "Calibrated, of the classes in the metadata, in order");
  return encodeOnnx({
    irVersion: IR_VERSION,
    producerName: "sigma-lab",
    docString: "Boosted trees with their calibrator. Features are float64, unknown ones NaN.",
    opsetImport: OPSETS,
    metadataProps: [
      { key: "classes", value: JSON.stringify(classes) },
      { key: "feature_names", value: JSON.stringify(featureNames) },
      { key: "calibration", value: JSON.stringify(calibrator) },
    ],
    graph: {
      name: "sigma",
      node: graph.nodes,
      initializer: graph.initializers,
      input: [valueInfo("features", ["rows", featureNames.length], "One column for each of feature_names, in order")],
      output: [
        valueInfo("margins", ["rows", Math.max(1, trees.baseScore.length)], "Sums of leaves and base scores"),
        ...(columns.length > 0 ? [probabilities] : []),
      ],
    },
  });
}

const twoSides = (graph: OnnxGraph, up: string): string[] => [graph.add("Sub", [graph.scalar(1), up]), up];

/** Columns of the calibrated probabilities, one for each class. */
function calibrated(graph: OnnxGraph, trees: BoostedTrees, calibrator: CalibratorJson | null, margins: string): string[] {
  const plain = probabilityColumns(graph, trees, margins);
  const maps = calibrator?.maps ?? [];
  if (maps.every(({ map }) => map === "identity")) return plain;
  const limit = [graph.scalar(-MARGIN_LIMIT), graph.scalar(MARGIN_LIMIT)];
  if (plain.length === 2) {
    const odds = graph.add("Log", [graph.add("Div", [plain[1]!, plain[0]!])]);
    return twoSides(graph, mapped(graph, maps[0]!, graph.add("Clip", [odds, ...limit])));
  }
  const one = graph.scalar(1);
  const columns = plain.map((p, k) => {
    const odds = graph.add("Log", [graph.add("Div", [p, graph.add("Sub", [one, p])])]);
    return mapped(graph, maps[k]!, graph.add("Clip", [odds, ...limit]));
  });
  const sum = columns.reduce((total, column) => graph.add("Add", [total, column]));
  return columns.map((column) => graph.add("Div", [column, sum]));
}

/** Columns of the probabilities before calibration, one for each class. */
function probabilityColumns(
  graph: OnnxGraph,
  { objective, classCount, activeClasses, baseScore }: BoostedTrees,
  margins: string,
): string[] {
  const zero = graph.scalar(0);
  const first = baseScore.length > 1 ? graph.add("Gather", [margins, graph.indices([0])], graph.axis(1)) : margins;
  const nothing = graph.add("Mul", [first, zero]);
  const always = (p: number): string => graph.add("Add", [nothing, graph.scalar(p)]);
  const columns = Array.from({ length: classCount }, () => "");
  if (objective === "constant") columns[activeClasses[0]!] = always(1);
  else if (objective === "binary") {
    columns[activeClasses[0]!] = graph.add("Sigmoid", [graph.add("Neg", [margins])]);
    columns[activeClasses[1]!] = graph.add("Sigmoid", [margins]);
  } else {
    const shares = graph.add("Softmax", [margins], graph.axis(1));
    for (const [i, k] of activeClasses.entries()) columns[k] = graph.add("Gather", [shares, graph.indices([i])], graph.axis(1));
  }
  return columns.map((column) => (column === "" ? always(0) : column));
}

/** A score through a calibration map. */
function mapped(graph: OnnxGraph, map: CalibrationMap, score: string): string {
  switch (map.map) {
    case "identity":
      return graph.add("Sigmoid", [score]);
    case "base_rate":
      return graph.add("Add", [graph.add("Mul", [score, graph.scalar(0)]), graph.scalar(map.value)]);
    case "platt": {
      const line = graph.add("Add", [graph.add("Mul", [score, graph.scalar(map.a)]), graph.scalar(map.b)]);
      return graph.add("Sigmoid", [graph.add("Neg", [line])]);
    }
    case "isotonic":
      return isotonic(graph, map.scores, map.values, score);
  }
}

/** Segment `i` begins at point `i - 1`: before the first and from the last point on it is flat. */
function isotonic(graph: OnnxGraph, scores: readonly number[], values: readonly number[], score: string): string {
  const last = scores.length - 1;
  const segments = Array.from({ length: scores.length + 1 }, (_, i) => {
    const begin = Math.max(0, i - 1);
    const isFlat = i === 0 || begin === last;
    return {
      from: scores[begin]!,
      value: values[begin]!,
      width: isFlat ? 1 : scores[begin + 1]! - scores[begin]!,
      rise: isFlat ? 0 : values[begin + 1]! - values[begin]!,
    };
  });
  const points = graph.doubles(scores, [1, scores.length]);
  const reached = graph.add("GreaterOrEqual", [score, points]);
  const segment = graph.add("ReduceSum", [graph.toInteger(reached), graph.indices([1])]);
  const of = (key: keyof (typeof segments)[number]): string =>
    graph.add("Gather", [
      graph.doubles(
        segments.map((entry) => entry[key]),
        [segments.length],
      ),
      segment,
    ]);
  const share = graph.add("Div", [graph.add("Sub", [score, of("from")]), of("width")]);
  return graph.add("Add", [of("value"), graph.add("Mul", [share, of("rise")])]);
}

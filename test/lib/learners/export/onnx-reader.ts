import { bytesOf, type Fields, integer, integers, messages, readFields, text, texts } from "./protobuf-reader.ts";

/**
 * An evaluator of ONNX models, written from the specifications of the operators: it shares nothing with the exporter.
 * Tensors have at most two dimensions, and every value is a double (booleans are 0 and 1).
 *
 * @see https://onnx.ai/onnx/operators/
 */
interface Tensor {
  readonly dims: readonly number[];
  readonly data: readonly number[];
}

export interface OnnxReader {
  readonly metadata: Readonly<Record<string, string>>;
  readonly opsets: Readonly<Record<string, number>>;
  readonly operators: readonly string[];
  readonly outputs: readonly string[];
  /** @returns the rows of each output */
  run(rows: readonly (readonly number[])[]): Readonly<Record<string, number[][]>>;
}

type Attributes = ReadonlyMap<string, Fields>;
interface Node {
  readonly operator: string;
  readonly input: readonly string[];
  readonly output: string;
  readonly attributes: Attributes;
}

export function readOnnx(bytes: Uint8Array): OnnxReader {
  const model = readFields(bytes);
  const [graph] = messages(model, 7);
  const nodes = messages(graph!, 1).map(
    (node): Node => ({
      operator: [text(node, 7), text(node, 4)].filter((part) => part !== "").join("."),
      input: texts(node, 1),
      output: texts(node, 2)[0]!,
      attributes: new Map(messages(node, 5).map((attribute) => [text(attribute, 1), attribute])),
    }),
  );
  const initializers = messages(graph!, 5).map((fields) => [text(fields, 8), tensorOf(fields)] as const);
  const input = text(messages(graph!, 11)[0]!, 1);
  const outputs = messages(graph!, 12).map((output) => text(output, 1));
  return {
    metadata: Object.fromEntries(messages(model, 14).map((entry) => [text(entry, 1), text(entry, 2)])),
    opsets: Object.fromEntries(messages(model, 8).map((entry) => [text(entry, 1), integer(entry, 2)])),
    operators: nodes.map(({ operator }) => operator),
    outputs,
    run(rows) {
      const values = new Map<string, Tensor>(initializers);
      values.set(input, { dims: [rows.length, rows[0]!.length], data: rows.flat() });
      for (const node of nodes) {
        const read = node.input.map((name) => {
          const value = values.get(name);
          if (value === undefined) throw new Error(`"${name}" is read before it is there`);
          return value;
        });
        values.set(node.output, evaluate(node, read));
      }
      return Object.fromEntries(outputs.map((name) => [name, rowsOf(values.get(name)!)]));
    },
  };
}

function tensorOf(fields: Fields): Tensor {
  const raw = bytesOf(fields, 9);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const type = integer(fields, 2);
  const size = type === 2 ? 1 : 8;
  const data = Array.from({ length: raw.length / size }, (_, i) =>
    type === 2 ? raw[i]! : type === 7 ? Number(view.getBigInt64(8 * i, true)) : view.getFloat64(8 * i, true),
  );
  const dims = integers(fields, 1);
  if (![2, 7, 11].includes(type) || dims.reduce((a, b) => a * b, 1) !== data.length)
    throw new Error(`a tensor of type ${type} with dims ${dims}`);
  return { dims, data };
}

function evaluate({ operator, attributes }: Node, input: readonly Tensor[]): Tensor {
  const [a, b, c] = input as [Tensor, Tensor, Tensor];
  switch (operator) {
    case "ai.onnx.ml.TreeEnsemble":
      return treeEnsemble(attributes, a);
    case "Add":
      return broadcast(a, b, (x, y) => x + y);
    case "Sub":
      return broadcast(a, b, (x, y) => x - y);
    case "Mul":
      return broadcast(a, b, (x, y) => x * y);
    case "Div":
      return broadcast(a, b, (x, y) => x / y);
    case "GreaterOrEqual":
      return broadcast(a, b, (x, y) => (x >= y ? 1 : 0));
    case "Neg":
      return each(a, (x) => -x);
    case "Log":
      return each(a, Math.log);
    case "Sigmoid":
      return each(a, (x) => 1 / (1 + Math.exp(-x)));
    case "Clip":
      return each(a, (x) => Math.min(c.data[0]!, Math.max(b.data[0]!, x)));
    case "Identity":
    case "Cast":
      return a;
    case "Softmax":
      return fromRows(
        rowsOf(a).map((row) => {
          const powers = row.map((x) => Math.exp(x - Math.max(...row)));
          const sum = powers.reduce((x, y) => x + y);
          return powers.map((power) => power / sum);
        }),
      );
    case "ReduceSum":
      if (b.data.length !== 1 || b.data[0] !== 1) throw new Error("only sums over columns are used");
      return fromRows(rowsOf(a).map((row) => [row.reduce((x, y) => x + y)]));
    case "Gather": {
      const axis = attributes.has("axis") ? integer(attributes.get("axis")!, 3) : 0;
      if (axis === 1) return fromRows(rowsOf(a).map((row) => b.data.map((k) => row[k]!)));
      if (a.dims.length !== 1) throw new Error("only lists are gathered from along axis 0");
      return { dims: b.dims, data: b.data.map((k) => a.data[k]!) };
    }
    case "Concat": {
      if (integer(attributes.get("axis")!, 3) !== 1) throw new Error("only columns are joined");
      return fromRows(rowsOf(a).map((_, row) => input.flatMap((part) => rowsOf(part)[row]!)));
    }
    default:
      throw new Error(`operator ${operator}`);
  }
}

function treeEnsemble(attributes: Attributes, x: Tensor): Tensor {
  const ints = (name: string): number[] => integers(attributes.get(name)!, 8);
  const int = (name: string): number => integer(attributes.get(name)!, 3);
  const tensor = (name: string): readonly number[] => tensorOf(messages(attributes.get(name)!, 5)[0]!).data;
  if (int("aggregate_function") !== 1 || int("post_transform") !== 0) throw new Error("only plain sums are used");
  const [featureIds, missing, modes, splits] = [
    ints("nodes_featureids"),
    ints("nodes_missing_value_tracks_true"),
    tensor("nodes_modes"),
    tensor("nodes_splits"),
  ];
  const [yes, yesLeaf, no, noLeaf] = [
    ints("nodes_truenodeids"),
    ints("nodes_trueleafs"),
    ints("nodes_falsenodeids"),
    ints("nodes_falseleafs"),
  ];
  const [weights, targets, roots] = [tensor("leaf_weights"), ints("leaf_targetids"), ints("tree_roots")];
  const nodeLists = [featureIds, missing, modes, splits, yes, yesLeaf, no, noLeaf];
  if (nodeLists.some((list) => list.length !== splits.length)) throw new Error("node lists of different lengths");
  return fromRows(
    rowsOf(x).map((row) => {
      const sums = new Array<number>(int("n_targets")).fill(0);
      for (const root of roots) {
        let node = root;
        for (;;) {
          const value = row[featureIds[node]!]!;
          const isTrue = Number.isNaN(value) ? missing[node] === 1 : compare(modes[node]!, value, splits[node]!);
          const next = (isTrue ? yes : no)[node]!;
          if ((isTrue ? yesLeaf : noLeaf)[node] === 1) {
            sums[targets[next]!]! += weights[next]!;
            break;
          }
          node = next;
        }
      }
      return sums;
    }),
  );
}

function compare(mode: number, value: number, split: number): boolean {
  const modes = [value <= split, value < split, value >= split, value > split, value === split, value !== split];
  return modes[mode]!;
}

const each = ({ dims, data }: Tensor, f: (x: number) => number): Tensor => ({ dims, data: data.map(f) });

function broadcast(a: Tensor, b: Tensor, f: (x: number, y: number) => number): Tensor {
  const [[rowsA, columnsA], [rowsB, columnsB]] = [shapeOf(a), shapeOf(b)];
  const [rows, columns] = [Math.max(rowsA, rowsB), Math.max(columnsA, columnsB)];
  const at = (tensor: Tensor, height: number, width: number, row: number, column: number): number =>
    tensor.data[(height === 1 ? 0 : row) * width + (width === 1 ? 0 : column)]!;
  const data = Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return f(at(a, rowsA, columnsA, row, column), at(b, rowsB, columnsB, row, column));
  });
  return { dims: [rows, columns], data };
}

const shapeOf = ({ dims }: Tensor): [number, number] => (dims.length === 2 ? [dims[0]!, dims[1]!] : [1, dims[0] ?? 1]);

function rowsOf(tensor: Tensor): number[][] {
  const [rows, columns] = shapeOf(tensor);
  return Array.from({ length: rows }, (_, row) => tensor.data.slice(row * columns, (row + 1) * columns));
}

const fromRows = (rows: number[][]): Tensor => ({ dims: [rows.length, rows[0]?.length ?? 0], data: rows.flat() });

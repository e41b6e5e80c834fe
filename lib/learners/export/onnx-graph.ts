import { type Attribute, doubleTensor, int64Tensor, integer, type Node, TENSOR_TYPES, type Tensor } from "./onnx-messages.ts";

/** Grows a graph node by node; values are named by the order in which they come. */
export interface OnnxGraph {
  readonly nodes: readonly Node[];
  readonly initializers: readonly Tensor[];
  /** Adds a node of the standard operators with one output, and returns the output's name. */
  add(opType: string, input: readonly string[], attribute?: Attribute): string;
  /** The same with a name of one's own. */
  as(name: string, opType: string, input: readonly string[], attribute?: Attribute): string;
  addNode(node: Node): void;
  scalar(value: number): string;
  doubles(values: ArrayLike<number>, dims: readonly number[]): string;
  indices(values: readonly number[]): string;
  toInteger(input: string): string;
  axis(index: number): Attribute;
}

export function createOnnxGraph(): OnnxGraph {
  const nodes: Node[] = [];
  const initializers: Tensor[] = [];
  let values = 0;
  const as = (name: string, opType: string, input: readonly string[], attribute?: Attribute): string => {
    nodes.push({ opType, input, output: [name], attribute: attribute === undefined ? [] : [attribute] });
    return name;
  };
  const add = (opType: string, input: readonly string[], attribute?: Attribute): string => {
    values += 1;
    return as(`v${values}`, opType, input, attribute);
  };
  const constant = (make: (name: string) => Tensor): string => {
    const name = `c${initializers.length}`;
    initializers.push(make(name));
    return name;
  };
  return {
    nodes,
    initializers,
    add,
    as,
    addNode: (node) => nodes.push(node),
    scalar: (value) => constant((name) => doubleTensor([value], [], name)),
    doubles: (list, dims) => constant((name) => doubleTensor(list, dims, name)),
    indices: (list) => constant((name) => int64Tensor(list, [list.length], name)),
    toInteger: (input) => add("Cast", [input], integer("to", TENSOR_TYPES.int64)),
    axis: (index) => integer("axis", index),
  };
}

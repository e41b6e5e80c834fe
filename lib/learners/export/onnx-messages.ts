import protobuf from "protobufjs/light.js";

/**
 * The messages of ONNX that a model of trees needs, by the field numbers of the format. ONNX's schema is proto2: repeated
 * numbers may be packed or not, a reader takes both.
 *
 * @see onnx/onnx.proto, IR version 10
 */
const MESSAGES = {
  OperatorSetIdProto: { fields: { domain: field("string", 1), version: field("int64", 2) } },
  StringStringEntryProto: { fields: { key: field("string", 1), value: field("string", 2) } },
  TensorProto: {
    fields: { dims: list("int64", 1), dataType: field("int32", 2), name: field("string", 8), rawData: field("bytes", 9) },
  },
  AttributeProto: {
    fields: {
      name: field("string", 1),
      i: field("int64", 3),
      t: field("TensorProto", 5),
      ints: list("int64", 8),
      type: field("int32", 20),
    },
  },
  NodeProto: {
    fields: {
      input: list("string", 1),
      output: list("string", 2),
      opType: field("string", 4),
      attribute: list("AttributeProto", 5),
      domain: field("string", 7),
    },
  },
  Dimension: { fields: { dimValue: field("int64", 1), dimParam: field("string", 2) } },
  TensorShapeProto: { fields: { dim: list("Dimension", 1) } },
  TensorTypeProto: { fields: { elemType: field("int32", 1), shape: field("TensorShapeProto", 2) } },
  TypeProto: { fields: { tensorType: field("TensorTypeProto", 1) } },
  ValueInfoProto: { fields: { name: field("string", 1), type: field("TypeProto", 2), docString: field("string", 3) } },
  GraphProto: {
    fields: {
      node: list("NodeProto", 1),
      name: field("string", 2),
      initializer: list("TensorProto", 5),
      input: list("ValueInfoProto", 11),
      output: list("ValueInfoProto", 12),
    },
  },
  ModelProto: {
    fields: {
      irVersion: field("int64", 1),
      producerName: field("string", 2),
      docString: field("string", 6),
      graph: field("GraphProto", 7),
      opsetImport: list("OperatorSetIdProto", 8),
      metadataProps: list("StringStringEntryProto", 14),
    },
  },
};

function field(type: string, id: number) {
  return { type, id };
}

function list(type: string, id: number) {
  return { rule: "repeated", type, id };
}

export const TENSOR_TYPES = { uint8: 2, int64: 7, double: 11 } as const;
/** Attribute types of the format. */
const [INT, TENSOR, INTS] = [2, 4, 7];

export interface Tensor {
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly name?: string;
  readonly rawData: Uint8Array;
}

/** Float64 values as a tensor; little-endian, as the format asks. */
export function doubleTensor(values: ArrayLike<number>, dims: readonly number[], name?: string): Tensor {
  const rawData = new Uint8Array(8 * values.length);
  const view = new DataView(rawData.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i]!, true);
  return { dims, dataType: TENSOR_TYPES.double, rawData, ...(name === undefined ? {} : { name }) };
}

export function int64Tensor(values: readonly number[], dims: readonly number[], name: string): Tensor {
  const rawData = new Uint8Array(8 * values.length);
  const view = new DataView(rawData.buffer);
  for (const [i, value] of values.entries()) view.setBigInt64(8 * i, BigInt(value), true);
  return { dims, dataType: TENSOR_TYPES.int64, rawData, name };
}

export const byteTensor = (values: Uint8Array): Tensor => ({ dims: [values.length], dataType: TENSOR_TYPES.uint8, rawData: values });

export const integer = (name: string, i: number) => ({ name, i, type: INT });
export const integers = (name: string, ints: readonly number[]) => ({ name, ints, type: INTS });
export const tensor = (name: string, t: Tensor) => ({ name, t, type: TENSOR });
export type Attribute = ReturnType<typeof integer> | ReturnType<typeof integers> | ReturnType<typeof tensor>;

export interface Node {
  readonly opType: string;
  readonly domain?: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly Attribute[];
}

/** A tensor that goes in or comes out; a name stands for a length that is free. */
export function valueInfo(name: string, dims: readonly (number | string)[], docString: string) {
  const dim = dims.map((length) => (typeof length === "number" ? { dimValue: length } : { dimParam: length }));
  return { name, docString, type: { tensorType: { elemType: TENSOR_TYPES.double, shape: { dim } } } };
}
type ValueInfo = ReturnType<typeof valueInfo>;

export interface OnnxModel {
  readonly irVersion: number;
  readonly producerName: string;
  readonly docString: string;
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
  readonly graph: {
    readonly name: string;
    readonly node: readonly Node[];
    readonly initializer: readonly Tensor[];
    readonly input: readonly ValueInfo[];
    readonly output: readonly ValueInfo[];
  };
}

/** The bytes of a model; fields are written in the order of their numbers, so equal models have equal bytes. */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  const root = protobuf.Root.fromJSON({ nested: MESSAGES });
  return root.lookupType("ModelProto").encode(model).finish();
}

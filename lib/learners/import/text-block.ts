import { SigmaError } from "../../errors/sigma-error.ts";

/** Longest line that is read: a list of numbers of one of the largest trees. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** `key=value` lines that belong together: the header of a text model, or one of its trees. */
export interface TextBlock {
  has(key: string): boolean;
  /** @throws MODEL_INVALID when the block has no such line */
  text(key: string): string;
  integer(key: string, low: number, high: number): number;
  /** Exactly `count` whole numbers within the range. */
  integers(key: string, count: number, low: number, high: number): readonly number[];
  /** Exactly `count` finite numbers. */
  numbers(key: string, count: number): readonly number[];
  /** The error of a field of this block. */
  wrong(key: string, expected: string, found: string): SigmaError;
}

/** The error of a line that cannot be taken. */
export function wrongLine(line: number, field: string, expected: string, found: string): SigmaError {
  return new SigmaError(
    "MODEL_INVALID",
    `The LightGBM text model needs ${expected} as "${field}" (line "${line}"), found ${found}. Save the model again with Booster.save_model, or use one that is supported.`,
    { line, field },
  );
}

/**
 * Splits a text model into its header and its trees, and leaves out what follows `end of trees`.
 *
 * @throws MODEL_INVALID when it is not text, a line is too long, or a key comes twice in a block
 */
export function linesOf(bytes: Uint8Array): TextBlock[] {
  const text = decoded(bytes);
  const blocks: TextBlock[] = [];
  let fields = new Map<string, Field>();
  let blockLine = 1;
  let line = 0;
  let isComplete = false;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    line += 1;
    if (end - at > LONGEST_LINE) throw wrongLine(line, "line", `at most "${LONGEST_LINE}" characters a line`, `"${end - at}"`);
    const content = text.slice(at, end).trimEnd();
    at = end + 1;
    if (content === "end of trees") {
      isComplete = true;
      break;
    }
    if (content === "") continue;
    const equals = content.indexOf("=");
    const key = equals < 0 ? content : content.slice(0, equals);
    if (key === "Tree") {
      blocks.push(blockOf(fields, blockLine));
      fields = new Map();
      blockLine = line;
    }
    if (fields.has(key)) throw wrongLine(line, key, "one line of each field", "two");
    fields.set(key, { line, value: equals < 0 ? "" : content.slice(equals + 1) });
  }
  if (!isComplete) throw wrongLine(line, "end of trees", 'the line "end of trees"', "none: the file is cut off");
  return [...blocks, blockOf(fields, blockLine)];
}

interface Field {
  readonly line: number;
  readonly value: string;
}

function blockOf(fields: ReadonlyMap<string, Field>, blockLine: number): TextBlock {
  const wrong = (key: string, expected: string, found: string): SigmaError =>
    wrongLine(fields.get(key)?.line ?? blockLine, key, expected, found);
  const text = (key: string): string => {
    const field = fields.get(key);
    if (field === undefined) throw wrong(key, `a line "${key}=..."`, "none");
    return field.value;
  };
  const numbers = (key: string, count: number): readonly number[] => {
    const parts = text(key).split(" ");
    if (parts.length !== count) throw wrong(key, `"${count}" numbers`, `"${parts.length}"`);
    return parts.map((part) => {
      const value = NUMBER.test(part) ? Number(part) : Number.NaN;
      if (!Number.isFinite(value)) throw wrong(key, "finite numbers", `"${part.slice(0, 40)}"`);
      return value;
    });
  };
  const integers = (key: string, count: number, low: number, high: number): readonly number[] =>
    numbers(key, count).map((value) => {
      if (!Number.isInteger(value) || value < low || value > high)
        throw wrong(key, `whole numbers from "${low}" to "${high}"`, `"${value}"`);
      return value;
    });
  return { has: (key) => fields.has(key), text, integer: (key, low, high) => integers(key, 1, low, high)[0]!, integers, numbers, wrong };
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw wrongLine(1, "encoding", "text in UTF-8", "other bytes");
  }
}

import { isMap, isScalar, LineCounter, type ParsedNode, parseDocument, type YAMLError } from "yaml";
import type * as z from "zod";
import type { ErrorCode } from "../errors/catalog.ts";
import { parseOr } from "../errors/parse.ts";
import { type FieldError, SigmaError } from "../errors/sigma-error.ts";

/** Longest YAML document that is read, in UTF-8 bytes. */
export const YAML_MAX_BYTES = 64 * 1024;

/** Most nodes that aliases may add; a bomb of nested aliases needs thousands. */
const MAX_ALIAS_COUNT = 50;

/** How a document is named in errors, and the code they carry. */
export interface DocumentName {
  readonly code: ErrorCode;
  /** Path of the document, such as `swingsigma/pack.yaml`. */
  readonly path: string;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

interface YamlDocument {
  readonly value: unknown;
  /** Where a dotted path (or the nearest thing above it) stands in the text; 1-based. */
  locate(path: readonly string[]): Position | undefined;
}

/**
 * Reads one YAML 1.2 document with the plain (core) types: no custom tags, no merge keys, no duplicate keys, no
 * second document, aliases bounded, at most 64 KB.
 *
 * @throws the name's code, with line and column, when the text is anything else
 */
export function readYaml(text: string, name: DocumentName): unknown {
  return parseYaml(text, name).value;
}

/**
 * Reads and validates one document.
 *
 * @param normalise - maps accepted spellings to the schema's own before it is applied
 * @throws the name's code; each field error carries the line at which the key stands
 */
export function readDocument<S extends z.ZodType>(
  text: string,
  schema: S,
  name: DocumentName,
  normalise: (raw: unknown) => unknown = (raw) => raw,
): z.output<S> {
  const document = parseYaml(text, name);
  try {
    return parseOr(name.code, schema, normalise(document.value), `"${name.path}"`);
  } catch (error) {
    throw error instanceof SigmaError ? withPositions(error, document) : error;
  }
}

/** The line at which a dotted path, or the nearest thing above it, stands in a readable document; 1-based. */
export function lineOfPath(text: string, path: string, name: DocumentName): number | undefined {
  return parseYaml(text, name).locate(path.split("."))?.line;
}

function withPositions(error: SigmaError, document: YamlDocument): SigmaError {
  const first = error.fieldErrors[0];
  const position = first && document.locate(first.path.split("."));
  if (!position) return error;
  const fieldErrors = error.fieldErrors.map((field): FieldError => {
    const at = document.locate(field.path.split("."));
    return at ? { path: field.path, issue: `${field.issue} (line ${at.line})` } : field;
  });
  return new SigmaError(
    error.code,
    `${error.message} First at line ${position.line}, column ${position.column}.`,
    { ...error.facts, line: position.line, column: position.column },
    { fieldErrors, cause: error },
  );
}

function parseYaml(text: string, name: DocumentName): YamlDocument {
  const bytes = Buffer.byteLength(text, "utf8");
  if (bytes > YAML_MAX_BYTES) {
    throw new SigmaError(
      name.code,
      `"${name.path}" may have at most "${YAML_MAX_BYTES}" bytes; it has "${bytes}". Split it or shorten it.`,
      {
        path: name.path,
        bytes,
      },
    );
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument<ParsedNode>(text, {
      version: "1.2",
      schema: "core",
      strict: true,
      uniqueKeys: true,
      merge: false,
      prettyErrors: false,
      lineCounter: lines,
      // "silent" would also silence the error about a second document.
      logLevel: "error",
    });
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem) throw unreadable(problem, lines, name);
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIAS_COUNT });
    refuseUnsafe(value, "", name);
    return { value, locate: (path) => locate(document.contents, path, lines) };
  } catch (error) {
    if (error instanceof SigmaError) throw error;
    // The parser reports excessive aliases as ReferenceError and runs out of stack on absurd nesting.
    const issue = error instanceof RangeError ? "it is nested too deeply" : error instanceof Error ? error.message : String(error);
    throw new SigmaError(name.code, `"${name.path}" is not readable YAML: ${issue}. Write the values out plainly.`, { path: name.path });
  }
}

const REASONS: Partial<Record<YAMLError["code"], string>> = {
  DUPLICATE_KEY: "the same key stands twice",
  MULTIPLE_DOCS: "only one document is allowed in a file",
  TAG_RESOLVE_FAILED: "tags are not allowed",
  TAB_AS_INDENT: "tabs cannot indent",
};

function unreadable(problem: YAMLError, lines: LineCounter, name: DocumentName): SigmaError {
  const { line, col } = lines.linePos(problem.pos[0]);
  const reason = REASONS[problem.code] ?? problem.message.replace(/[.\s]+$/, "");
  return new SigmaError(
    name.code,
    `"${name.path}" is not readable YAML at line ${line}, column ${col}: ${reason}. Correct that line.`,
    { path: name.path, line, column: col },
    { fieldErrors: [{ path: "", issue: `line ${line}, column ${col}: ${reason}` }] },
  );
}

/** What YAML can say and JSON cannot must not get further: non-finite numbers, and keys that are special in JavaScript. */
function refuseUnsafe(value: unknown, path: string, name: DocumentName): void {
  if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value)))
    throw new SigmaError(name.code, `"${name.path}" has "${value}" at "${path}"; expected a finite number. Use null for "not set".`, {
      path,
    });
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "__proto__") throw new SigmaError(name.code, `"${name.path}" uses the reserved key "__proto__". Rename it.`, { path });
    refuseUnsafe(inner, path === "" ? key : `${path}.${key}`, name);
  }
}

function locate(root: ParsedNode | null, path: readonly string[], lines: LineCounter): Position | undefined {
  let node: unknown = root;
  let offset = root?.range[0];
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === part);
      if (!pair) break;
      offset = (pair.key as ParsedNode).range[0];
      node = pair.value;
    } else {
      const item: ParsedNode | undefined = (node as { items?: ParsedNode[] } | null)?.items?.[Number(part)];
      if (!item?.range) break;
      offset = item.range[0];
      node = item;
    }
  }
  if (offset === undefined) return undefined;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

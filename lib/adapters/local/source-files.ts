import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";
import { SymbolSchema } from "../../core/ids.ts";
import { SigmaError } from "../../errors/sigma-error.ts";

/** The files of one symbol, in the order of their names. */
export interface SymbolFiles {
  readonly symbol: string;
  readonly paths: readonly string[];
}

/** Most files that a pattern may find. */
const MAX_FILES = 50_000;

const SYMBOL_MARK = "{symbol}";

/**
 * Finds the files that a pattern names: `{symbol}` stands for a symbol (the same one wherever it stands), `*` for anything but a
 * separator; hidden files are not found.
 *
 * @param folder - where a relative pattern starts
 * @returns each symbol and its files, by symbol
 * @throws INVALID_PARAM when nothing matches, or nothing for a symbol that was asked for
 */
export async function findSourceFiles(
  pattern: string,
  folder: string,
  wanted: { readonly symbol?: string | undefined; readonly symbols?: readonly string[] | undefined },
): Promise<SymbolFiles[]> {
  const { root } = parse(pattern);
  const segments = pattern
    .slice(root.length)
    .split(/[\\/]/)
    .filter((segment) => segment !== "" && segment !== ".");
  const start = root === "" ? folder : root;
  const found = new Map<string, string[]>();
  let count = 0;
  for await (const { written, path } of matches(start, segments, wanted.symbol)) {
    const symbol = written?.toUpperCase();
    if (symbol === undefined || !SymbolSchema.safeParse(symbol).success) continue;
    if (wanted.symbols !== undefined && !wanted.symbols.includes(symbol)) continue;
    count += 1;
    if (count > MAX_FILES) throw refused(pattern, `it matches more than ${MAX_FILES} files; name fewer`);
    const paths = found.get(symbol);
    if (paths === undefined) found.set(symbol, [path]);
    else paths.push(path);
  }
  const missing = (wanted.symbols ?? []).filter((symbol) => !found.has(symbol));
  if (missing.length > 0) throw refused(pattern, `there is no file of "${missing.slice(0, 5).join('", "')}"`);
  if (found.size === 0) throw refused(pattern, "no file matches it");
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, paths]) => ({ symbol, paths: paths.sort((a, b) => (a < b ? -1 : 1)) }));
}

/** Paths below a folder that match the remaining segments. @param written - what {symbol} stands for, once that is known */
async function* matches(
  folder: string,
  segments: readonly string[],
  written: string | undefined,
): AsyncGenerator<{ readonly written: string | undefined; readonly path: string }> {
  const [segment, ...rest] = segments;
  if (segment === undefined) return;
  const isLast = rest.length === 0;
  if (!segment.includes("*") && !(segment.includes(SYMBOL_MARK) && written === undefined)) {
    const path = join(folder, segment.replaceAll(SYMBOL_MARK, written ?? ""));
    if (isLast) yield { written, path };
    else yield* matches(path, rest, written);
    return;
  }
  const expected = segmentPattern(segment, written);
  for (const entry of await entriesOf(folder)) {
    const match = entry.name.startsWith(".") ? null : expected.exec(entry.name);
    if (match === null || entry.isDirectory() === isLast) continue;
    const known = match.groups?.["symbol"] ?? written;
    const path = join(folder, entry.name);
    if (isLast) yield { written: known, path };
    else yield* matches(path, rest, known);
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    if (code === "EACCES" || code === "EPERM") throw refused(folder, "the folder may not be read", error);
    throw error;
  }
}

function segmentPattern(segment: string, written: string | undefined): RegExp {
  let isNamed = false;
  const parts = segment.split(/(\{symbol\}|\*)/).map((part) => {
    if (part === "*") return ".*";
    if (part !== SYMBOL_MARK) return escaped(part);
    if (written !== undefined) return escaped(written);
    if (isNamed) return "\\k<symbol>";
    isNamed = true;
    return "(?<symbol>[A-Za-z0-9^][A-Za-z0-9.:_-]{0,31})";
  });
  return new RegExp(`^${parts.join("")}$`);
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

function refused(pattern: string, issue: string, cause?: unknown): SigmaError {
  return new SigmaError(
    "INVALID_PARAM",
    `path must name a file, or files by a pattern with {symbol} and *; found ${JSON.stringify(pattern.slice(-200))}: ${issue}.`,
    { field: "path" },
    { cause, fieldErrors: [{ path: "path", issue }] },
  );
}

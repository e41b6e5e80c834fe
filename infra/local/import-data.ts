import { basename, dirname, resolve } from "node:path";
import { readBounded, readSourceFile } from "#lib/adapters/local/market-data-file.ts";
import { findSourceFiles, type SymbolFiles } from "#lib/adapters/local/source-files.ts";
import { type Sha256, sha256 } from "#lib/core/digest.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { ACTION_FIELDS, type ActionField } from "#lib/market-data/action-fields.ts";
import { type DataDocument, DataDocumentSchema } from "#lib/market-data/imports/data-document.schema.ts";
import {
  fieldsOf,
  type PreparedImport,
  prepareImport,
  type StoredImport,
  type SymbolDocument,
  sourceShape,
} from "#lib/market-data/imports/prepare-import.ts";
import type { SourceTable } from "#lib/market-data/source/source-table.ts";
import { readDocument, YAML_MAX_BYTES } from "#lib/packs/yaml.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";

/** What became of one symbol. */
export interface ImportedSymbol extends StoredImport {
  readonly symbol: string;
  readonly sourceRows: number;
  readonly droppedRows: number;
}

/** Most bytes of the files of one symbol. */
const MAX_SYMBOL_BYTES = 1024 ** 3;

/**
 * Reads a document that says which files hold what.
 *
 * @returns the document, and the folder that its paths start from
 * @throws INVALID_PARAM when there is no such file, or with line and key of what is wrong in it
 */
export async function readDataDocument(path: string): Promise<{ readonly document: DataDocument; readonly folder: string }> {
  const name = basename(path);
  const bytes = await readBounded(path, YAML_MAX_BYTES, name);
  const document = readDocument(new TextDecoder().decode(bytes), DataDocumentSchema, { code: "INVALID_PARAM", path: name });
  return { document, folder: dirname(path) };
}

/**
 * Brings a user's files into the owner's data: everything is read and checked before anything is written, then symbol after
 * symbol is written, each as a whole.
 *
 * @param files - the one file of a symbol where the document's path is no pattern
 * @throws INVALID_PARAM | DATA_INVALID naming place and fault; of several symbols: which, and what is wrong with each
 * @throws CONFLICT when a file changed in between, or another import finished; STORE_* as the store does
 */
export async function importData(
  artifacts: ArtifactStore,
  owner: string,
  document: SymbolDocument,
  where: { readonly folder: string; readonly files?: readonly SymbolFiles[] },
): Promise<ImportedSymbol[]> {
  const groups = where.files ?? (await findSourceFiles(document.path, where.folder, document));
  const [first] = groups;
  if (first !== undefined && groups.length === 1) {
    const { prepared, source } = await prepare(document, first, where.folder);
    return [await store(artifacts, owner, first.symbol, prepared, source)];
  }
  // Many symbols may not fit into memory at once: each is checked first, and read again to be written.
  const digests = await checkAll(document, groups, where.folder);
  const imported: ImportedSymbol[] = [];
  for (const group of groups) {
    const { prepared, source } = await prepare(document, group, where.folder);
    if (source.sha256 !== digests.get(group.symbol)) throw changed(group.symbol, imported);
    imported.push(await store(artifacts, owner, group.symbol, prepared, source));
  }
  return imported;
}

interface Prepared {
  readonly prepared: PreparedImport;
  readonly source: { readonly name: string; readonly sha256: Sha256; readonly files: number };
}

async function prepare(document: SymbolDocument, { symbol, paths }: SymbolFiles, folder: string): Promise<Prepared> {
  const specs = fieldsOf(document.kind);
  const tables: SourceTable[] = [];
  const digests: string[] = [];
  let bytes = 0;
  for (const path of paths) {
    const name = basename(path);
    const found = await readSourceFile(path, sourceShape(document, specs, name));
    bytes += found.bytes;
    if (bytes > MAX_SYMBOL_BYTES) throw tooLarge(symbol);
    tables.push(found.table);
    digests.push(`${name} ${found.sha256}`);
  }
  const actions = document.kind === "bars" ? await readActions(document.actions, symbol, folder) : undefined;
  const source = {
    name: paths.length === 1 ? basename(paths[0]!) : document.path,
    sha256:
      paths.length === 1 && actions === undefined
        ? (digests[0]!.split(" ").at(-1) as Sha256)
        : sha256([...digests, actions?.sha256 ?? ""].join("\n")),
    files: paths.length,
  };
  return { prepared: prepareImport(document, symbol, tables, actions?.table), source };
}

async function readActions(
  pattern: string | undefined,
  symbol: string,
  folder: string,
): Promise<{ readonly table: SourceTable<ActionField>; readonly sha256: Sha256 } | undefined> {
  if (pattern === undefined) return undefined;
  const path = resolve(folder, pattern.replaceAll("{symbol}", symbol));
  return readSourceFile(path, { specs: ACTION_FIELDS, format: { name: basename(path) } });
}

async function store(
  artifacts: ArtifactStore,
  owner: string,
  symbol: string,
  prepared: PreparedImport,
  source: Prepared["source"],
): Promise<ImportedSymbol> {
  const stored = await prepared.store(artifacts, owner, source);
  return { symbol, ...stored, sourceRows: prepared.sourceRows, droppedRows: prepared.droppedRows };
}

/** @throws DATA_INVALID with what is wrong with each symbol that cannot be imported */
async function checkAll(document: SymbolDocument, groups: readonly SymbolFiles[], folder: string): Promise<Map<string, Sha256>> {
  const digests = new Map<string, Sha256>();
  const refusals: { readonly symbol: string; readonly error: SigmaError }[] = [];
  for (const group of groups) {
    try {
      digests.set(group.symbol, (await prepare(document, group, folder)).source.sha256);
    } catch (error) {
      // A document that is wrong is wrong for every symbol.
      if (!(error instanceof SigmaError) || error.code !== "DATA_INVALID") throw error;
      refusals.push({ symbol: group.symbol, error });
    }
  }
  if (refusals.length === 0) return digests;
  const [first] = refusals;
  throw new SigmaError(
    "DATA_INVALID",
    `${refusals.length} of ${groups.length} symbols cannot be imported, and nothing was written. ${first!.symbol}: ${first!.error.message}`,
    { symbols: groups.length, refused: refusals.map(({ symbol }) => symbol).slice(0, 100) },
    { fieldErrors: refusals.slice(0, 100).map(({ symbol, error }) => ({ path: symbol, issue: error.message })) },
  );
}

function changed(symbol: string, imported: readonly ImportedSymbol[]): SigmaError {
  return new SigmaError(
    "CONFLICT",
    `The files of "${symbol}" changed while they were imported; ${imported.length} symbols before it were written. Import again.`,
    { symbol, written: imported.length },
  );
}

function tooLarge(symbol: string): SigmaError {
  return new SigmaError(
    "DATA_INVALID",
    `The files of "${symbol}" hold more than ${MAX_SYMBOL_BYTES / 1024 ** 2} MB together. Bring fewer of them at a time.`,
    { symbol },
  );
}

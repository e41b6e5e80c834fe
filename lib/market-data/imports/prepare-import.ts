import type { Cadence } from "../../core/bars.ts";
import type { Sha256 } from "../../core/digest.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { ActionField } from "../action-fields.ts";
import { actionsFromTable } from "../actions-from-table.ts";
import { BAR_FIELDS, type BarSourceOptions, LEVEL_FIELDS, type ParsedBars } from "../bar-source.ts";
import { barsFromTables } from "../bars-from-tables.ts";
import { type ImportOutcome, importSeries } from "../import-series.ts";
import { readKnownAt } from "../known-at.ts";
import { levelsFromTables } from "../levels-from-tables.ts";
import { CHAIN_FIELDS, type ChainField } from "../options/chain-fields.ts";
import { chainParts } from "../options/chain-table.ts";
import { chainsFromTables } from "../options/chains-from-tables.ts";
import { FLOW_FIELDS, type FlowField } from "../options/flow-fields.ts";
import { flowFromTables } from "../options/flow-from-tables.ts";
import { flowParts } from "../options/flow-table.ts";
import { OPTION_BAR_FIELDS, type OptionBarField } from "../options/option-bar-fields.ts";
import { optionBarsFromTables } from "../options/option-bars-from-tables.ts";
import { optionBarsPart } from "../options/option-bars-table.ts";
import type { DataPart } from "../parts/data-part.ts";
import { importParts } from "../parts/import-parts.ts";
import type { PartsManifest } from "../parts/parts-manifest.schema.ts";
import type { SeriesManifest } from "../series-manifest.schema.ts";
import type { FieldMap, FieldSpecs, SourceTable, TableFormat } from "../source/source-table.ts";
import type { DataDocument, DataDocumentOf } from "./data-document.schema.ts";

/** A document that brings data of symbols. */
export type SymbolDocument = Exclude<DataDocument, { kind: "universe" }>;

/** What the user's files of a symbol are: a name for messages, and the digest of their bytes. */
export interface ImportSource {
  readonly name: string;
  readonly sha256: Sha256;
  readonly files: number;
}

/** A symbol's data, read and checked as a whole; nothing is written yet. */
export interface PreparedImport {
  readonly sourceRows: number;
  readonly droppedRows: number;
  store(artifacts: ArtifactStore, owner: string, source: ImportSource): Promise<StoredImport>;
}

export interface StoredImport {
  readonly outcome: ImportOutcome;
  readonly manifest: SeriesManifest | PartsManifest;
}

/** The columns that a kind of data has, and how the document says that a user's file names them. */
export function sourceShape(document: DataDocument, specs: FieldSpecs<string>, name: string) {
  const { timezone, delimiter, dates, empty_cells } = document;
  const format: TableFormat = { name, timezone, delimiter, dates, emptyCells: empty_cells };
  return { specs, format, map: document.columns as FieldMap<string> };
}

/** The columns that are looked for in the files of a document. */
export function fieldsOf(kind: SymbolDocument["kind"]): FieldSpecs<string> {
  return {
    bars: BAR_FIELDS,
    index: LEVEL_FIELDS,
    option_chains: CHAIN_FIELDS,
    option_bars: OPTION_BAR_FIELDS,
    flow_cells: FLOW_FIELDS,
  }[kind];
}

/**
 * Checks the data of one symbol.
 *
 * @param tables - its files in the order of their names, with the columns of `fieldsOf`
 * @param actions - its corporate actions, of bars only
 * @throws DATA_INVALID naming place, column and found value of each fault
 */
export function prepareImport(
  document: SymbolDocument,
  symbol: string,
  tables: readonly SourceTable[],
  actions?: SourceTable<ActionField>,
): PreparedImport {
  const name = tables.length === 1 ? tables[0]!.name : `${symbol} (${tables.length} files)`;
  const marks = tables.some(({ simulated }) => simulated) ? ["simulated"] : [];
  switch (document.kind) {
    case "bars": {
      if (actions !== undefined) requireActionSymbols(document, actions);
      const known = actions && actionsFromTable(actions, symbol);
      return prepareSeries(document.cadence, barsFromTables(tables, barOptions(document, symbol, name), known), marks);
    }
    case "index": {
      const rule = readKnownAt(document.available_at);
      return prepareSeries(
        document.cadence,
        levelsFromTables(tables, barOptions(document, symbol, name), rule),
        marks,
        document.available_at,
      );
    }
    case "option_chains": {
      const parsed = chainsFromTables(tables as readonly SourceTable<ChainField>[], chainSource(document, symbol, name));
      return prepareParts(document.kind, symbol, null, { ...parsed, marks, parts: chainParts(parsed.snapshots) });
    }
    case "option_bars": {
      const { roots = [symbol], bar_label: barLabel } = document;
      const source = { underlying: symbol, roots, name, barLabel };
      const parsed = optionBarsFromTables(tables as readonly SourceTable<OptionBarField>[], source);
      return prepareParts(document.kind, symbol, null, { ...parsed, marks, parts: parsed.sessions.map(optionBarsPart) });
    }
    case "flow_cells": {
      const { cadence, bar_label: barLabel } = document;
      const parsed = flowFromTables(tables as readonly SourceTable<FlowField>[], { underlying: symbol, name, cadence, barLabel });
      return prepareParts(document.kind, symbol, cadence, { ...parsed, marks, parts: flowParts(parsed.cells) });
    }
  }
}

/** One file of actions for many symbols must say whose each action is. */
function requireActionSymbols({ path, actions: file }: DataDocumentOf<"bars">, actions: SourceTable<ActionField>): void {
  const isShared = path.includes("{symbol}") && file?.includes("{symbol}") === false;
  if (!isShared || actions.texts.symbol !== undefined) return;
  throw new SigmaError(
    "INVALID_PARAM",
    `${actions.name}: one file of actions for many symbols needs a column for "symbol". Add it, or give each symbol a file of its own with {symbol} in the path.`,
    { source: actions.name },
    { fieldErrors: [{ path: "actions", issue: 'needs a column for "symbol", or {symbol} in its path' }] },
  );
}

function barOptions(document: DataDocumentOf<"bars" | "index">, symbol: string, name: string): BarSourceOptions {
  const { cadence, bar_label: barLabel, timezone } = document;
  return { symbol, cadence, barLabel, timezone, name };
}

function chainSource(document: DataDocumentOf<"option_chains">, symbol: string, name: string) {
  const { roots = [symbol], known_at = "close+15m", prices_of, open_interest_of, crossed_quotes, iv_unit } = document;
  return {
    underlying: symbol,
    roots,
    name,
    knownAt: readKnownAt(known_at),
    pricesOf: prices_of,
    openInterestOf: open_interest_of,
    crossedQuotes: crossed_quotes,
    ivScale: iv_unit === "percent" ? 0.01 : 1,
  };
}

function prepareSeries(cadence: Cadence, read: ParsedBars, marks: readonly string[], availableAt?: string): PreparedImport {
  const { symbol } = read.bars;
  const parsed = { ...read, stamps: [...read.stamps, ...marks].sort() };
  return {
    sourceRows: parsed.sourceRows,
    droppedRows: parsed.droppedRows,
    store: (artifacts, owner, source) =>
      importSeries(artifacts, { owner, symbol, cadence, parsed, source, ...(availableAt === undefined ? {} : { availableAt }) }),
  };
}

function prepareParts(
  kind: "option_chains" | "option_bars" | "flow_cells",
  symbol: string,
  cadence: Cadence | null,
  parsed: {
    readonly parts: readonly DataPart[];
    readonly marks: readonly string[];
    readonly notes: readonly string[];
    readonly sourceRows: number;
    readonly droppedRows: number;
  },
): PreparedImport {
  const { parts, marks, notes, sourceRows, droppedRows } = parsed;
  return {
    sourceRows,
    droppedRows,
    store: (artifacts, owner, source) => importParts(artifacts, { owner, kind, symbol, cadence, parts, notes, stamps: marks, source }),
  };
}

import { basename, resolve } from "node:path";
import type { ImportedSymbol } from "#infra/local/import-data.ts";
import { CADENCES } from "#lib/core/bars.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { BAR_COLUMNS } from "#lib/market-data/bar-source.ts";
import { DataDocumentSchema } from "#lib/market-data/imports/data-document.schema.ts";
import type { SymbolDocument } from "#lib/market-data/imports/prepare-import.ts";
import { readFieldMap } from "#lib/market-data/source/field-map.ts";
import { type Answer, command } from "../command.ts";
import { UsageError } from "../failure.ts";
import { count, wrap } from "../format.ts";
import type { Session } from "../session.ts";
import { marks } from "../stamps.ts";
import { renderFacts, renderTable } from "../table.ts";
import { oneOf } from "../values.ts";
import { universeAnswer } from "./universes.ts";

/** Options that say how one file is read; a document says all of it itself. */
const FILE_OPTIONS = ["symbol", "cadence", "map", "tz", "bar-label", "actions"] as const;

export const dataImport = command({
  name: "data import",
  description: "Bring your own data: CSV, CSV.gz or Parquet; checked whole before anything is written",
  localOnly: "it reads files of this machine",
  args: {
    file: { type: "string", valueHint: "path", description: "One file of bars; needs --symbol and --cadence" },
    config: {
      type: "string",
      valueHint: "data.yaml",
      description: "A document that says which files hold what: bars, indices, options, flow, universes (docs/data-files.md)",
    },
    symbol: { type: "string", valueHint: "QQQ", description: "Symbol to know it by" },
    cadence: { type: "string", valueHint: "daily|hourly|5m", description: "Bar size" },
    map: {
      type: "string",
      valueHint: "ts=when,open=o",
      description: "Our columns to the file's: ts, open, high, low, close, volume, adj_factor",
    },
    tz: { type: "string", valueHint: "zone", description: "IANA zone of times that carry none (default: America/New_York)" },
    "bar-label": {
      type: "string",
      valueHint: "start|end",
      description: "Whether a time marks the bar's start or its end (default: start)",
    },
    actions: {
      type: "string",
      valueHint: "path",
      description: "CSV of splits and dividends: symbol, ex_date, kind, ratio, amount",
    },
  },
  examples: [
    "sigma data import --file QQQ_1d.csv --symbol QQQ --cadence daily",
    "sigma data import --file spy.csv.gz --symbol SPY --cadence hourly --map ts=timestamp_utc --bar-label start",
    "sigma data import --file aapl.csv --symbol AAPL --cadence daily --actions aapl_actions.csv",
    "sigma data import --config data.yaml",
  ],
  async run({ session, args }) {
    const { file, config } = args;
    if (config !== undefined) {
      const besides = [...FILE_OPTIONS, "file" as const].find((option) => args[option] !== undefined);
      if (besides !== undefined)
        throw new UsageError(`--config says everything itself; found --${besides} besides. Leave one of them out.`);
      return importDocument(session, resolve(config));
    }
    if (file === undefined || args.symbol === undefined || args.cadence === undefined)
      throw new UsageError('"sigma data import" needs --config, or --file with --symbol and --cadence. See: sigma data import --help');
    const document = parseOr("INVALID_PARAM", DataDocumentSchema, {
      kind: "bars",
      path: basename(file),
      symbol: args.symbol.toUpperCase(),
      cadence: oneOf("cadence", args.cadence, CADENCES),
      ...(args.map === undefined ? {} : { columns: readFieldMap(args.map, BAR_COLUMNS, { adj_factor: "factor" }) }),
      ...(args.tz === undefined ? {} : { timezone: args.tz }),
      ...(args["bar-label"] === undefined ? {} : { bar_label: oneOf("bar-label", args["bar-label"], ["start", "end"]) }),
      ...(args.actions === undefined ? {} : { actions: resolve(args.actions) }),
    }) as SymbolDocument & { readonly symbol: string };
    const { importData } = await import("#infra/local/import-data.ts");
    const files = [{ symbol: document.symbol, paths: [resolve(file)] }];
    const [imported] = await importData((await session.local()).ports.artifacts, session.owner, document, { folder: resolve("."), files });
    const { manifest, outcome, sourceRows, droppedRows } = imported!;
    return {
      document: { outcome, source_rows: sourceRows, dropped_rows: droppedRows, series: manifest },
      text: importedText(imported!),
    };
  },
});

async function importDocument(session: Session, path: string): Promise<Answer> {
  const { importData, readDataDocument } = await import("#infra/local/import-data.ts");
  const { document, folder } = await readDataDocument(path);
  const { artifacts } = (await session.local()).ports;
  if (document.kind === "universe") {
    const { importUniverseTable } = await import("#infra/local/import-universe.ts");
    return universeAnswer(await importUniverseTable(artifacts, session.owner, document, folder));
  }
  const imported = await importData(artifacts, session.owner, document, { folder });
  const rows = imported.map(({ symbol, outcome, sourceRows, droppedRows, manifest }) => ({
    symbol,
    outcome,
    source_rows: sourceRows,
    dropped_rows: droppedRows,
    manifest,
  }));
  return {
    document: { kind: document.kind, rows },
    text: imported.length === 1 ? importedText(imported[0]!) : importedTable(imported, session.width),
  };
}

function importedText({ symbol, manifest, outcome, sourceRows, droppedRows }: ImportedSymbol): string {
  const { kind, cadence } = manifest;
  const what = kind === "bars" ? cadence : `${cadence === null ? "" : `${cadence} `}${kind.replaceAll("_", " ")}`;
  const lines = [
    `${symbol} ${what}: ${outcome === "unchanged" ? "exactly this was there already" : outcome}`,
    renderFacts([
      ["Rows", `${count(manifest.rows)} of ${count(sourceRows)} in the source${droppedRows > 0 ? `, ${count(droppedRows)} left out` : ""}`],
      ["Sessions", `${manifest.first_session} to ${manifest.last_session}`],
      ["Fingerprint", manifest.fingerprint],
      ...(manifest.stamps.length > 0 ? [["Marks", marks(manifest.stamps)] as const] : []),
    ]),
    ...manifest.notes.map((note) => `  - ${note}`),
  ];
  if (kind !== "bars") return lines.join("\n");
  const template = cadence === "daily" ? " --template swing_eq_daily" : cadence === "hourly" ? " --template swing_eq_hourly" : "";
  return [...lines, `Next: sigma models create --ticker ${symbol}${template} --provider files`].join("\n");
}

function importedTable(imported: readonly ImportedSymbol[], width: number): string {
  const table = renderTable(
    [
      { header: "Symbol", value: ({ symbol }) => symbol },
      { header: "Outcome", value: ({ outcome }) => outcome },
      { header: "Rows", value: ({ manifest }) => count(manifest.rows), align: "right" },
      { header: "Left out", value: ({ droppedRows }) => count(droppedRows), align: "right" },
      { header: "Sessions", value: ({ manifest }) => `${manifest.first_session} to ${manifest.last_session}` },
      { header: "Notes", value: ({ manifest }) => count(manifest.notes.length), align: "right", optional: 1 },
    ],
    imported,
    width,
  );
  const notes = imported.flatMap(({ symbol, manifest }) => manifest.notes.map((note) => `  - ${symbol}: ${note}`));
  const more = notes.length > 20 ? [`  (and ${notes.length - 20} more; --json has all)`] : [];
  return [table, ...notes.slice(0, 20), ...more].join("\n");
}

interface Offer {
  readonly provider: string;
  readonly description: string;
  readonly kinds: readonly string[];
  readonly symbols:
    | readonly {
        readonly symbol: string;
        readonly cadences: readonly string[];
        readonly kinds?: readonly string[];
        readonly stamps: readonly string[];
      }[]
    | null;
  readonly needs: string | null;
}

export const dataList = command({
  name: "data list",
  description: "What each provider of market data can supply",
  routes: ["GET /data"],
  async run({ session }) {
    const { rows } = await (await session.api()).get<{ readonly rows: readonly Offer[] }>("/data");
    const symbols = rows.flatMap(({ provider, kinds, symbols: offered }) =>
      (offered ?? []).map((entry) => ({ kinds, provider, ...entry })),
    );
    const table = renderTable(
      [
        { header: "Provider", value: ({ provider }) => provider },
        { header: "Symbol", value: ({ symbol, to }) => (to === undefined ? symbol : `${symbol} to ${to}`) },
        { header: "Cadences", value: ({ cadences }) => cadences.join(", ") },
        { header: "Kinds", value: ({ kinds }) => (kinds ?? []).join(", ").replaceAll("_", " "), optional: 1 },
        { header: "Marks", value: ({ stamps }) => marks(stamps), shrinkTo: 12 },
      ],
      foldRuns(symbols),
      session.width,
    );
    const lines = [table, "", ...rows.map((offer) => wrap(offerLine(offer), Math.min(session.width, 120)))];
    return { document: { rows }, text: lines.join("\n") };
  },
});

/** Symbols that count on from each other and are alike in everything else as one line: `SIM10 to SIM39`. */
function foldRuns<T extends { readonly symbol: string }>(rows: readonly T[]): (T & { readonly to?: string })[] {
  const folded: (T & { to?: string })[] = [];
  for (const row of rows) {
    const run = folded.at(-1);
    if (run !== undefined && countsOn(run.to ?? run.symbol, row.symbol) && isAlike(run, row)) run.to = row.symbol;
    else folded.push({ ...row });
  }
  return folded;
}

function countsOn(before: string, symbol: string): boolean {
  const [stem, next] = [before.slice(0, -2), Number(before.slice(-2)) + 1];
  return /\d\d$/.test(before) && symbol === `${stem}${String(next).padStart(2, "0")}`;
}

const isAlike = (a: object, b: object): boolean =>
  JSON.stringify({ ...a, symbol: "", to: undefined }) === JSON.stringify({ ...b, symbol: "", to: undefined });

function offerLine({ provider, description, kinds, needs }: Offer): string {
  return `${provider}: ${description} (${kinds.join(", ").replaceAll("_", " ")})${needs === null ? "" : `; needs ${needs}`}`;
}

import { resolve } from "node:path";
import { CADENCES } from "#lib/core/bars.ts";
import { readColumnMap } from "#lib/market-data/column-map.ts";
import { command } from "../command.ts";
import { count } from "../format.ts";
import { marks } from "../stamps.ts";
import { renderFacts, renderTable } from "../table.ts";
import { oneOf } from "../values.ts";

export const dataImport = command({
  name: "data import",
  description: "Bring your own bars: CSV, CSV.gz or Parquet; checked whole before anything is written",
  args: {
    file: { type: "string", required: true, valueHint: "path", description: "The file" },
    symbol: { type: "string", required: true, valueHint: "QQQ", description: "Symbol to know it by" },
    cadence: { type: "string", required: true, valueHint: "daily|hourly|5m", description: "Bar size" },
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
  },
  examples: [
    "sigma data import --file QQQ_1d.csv --symbol QQQ --cadence daily",
    "sigma data import --file spy.csv.gz --symbol SPY --cadence hourly --map ts=timestamp_utc --bar-label start",
  ],
  async run({ session, args }) {
    const symbol = args.symbol.toUpperCase();
    const cadence = oneOf("cadence", args.cadence, CADENCES);
    const options = {
      symbol,
      cadence,
      ...(args.map === undefined ? {} : { map: readColumnMap(args.map) }),
      ...(args.tz === undefined ? {} : { timezone: args.tz }),
      ...(args["bar-label"] === undefined ? {} : { barLabel: oneOf("bar-label", args["bar-label"], ["start", "end"]) }),
    };
    const { importFile } = await import("#infra/local/import-file.ts");
    const { manifest, outcome, sourceRows, droppedRows } = await importFile(
      await session.local(),
      session.owner,
      resolve(args.file),
      options,
    );
    const template = cadence === "daily" ? " --template swing_eq_daily" : cadence === "hourly" ? " --template swing_eq_hourly" : "";
    const lines = [
      `${symbol} ${cadence}: ${outcome === "unchanged" ? "exactly these bars were there already" : outcome}`,
      renderFacts([
        ["Bars", `${count(manifest.rows)} of ${count(sourceRows)} rows${droppedRows > 0 ? `, ${count(droppedRows)} left out` : ""}`],
        ["Sessions", `${manifest.first_session} to ${manifest.last_session}`],
        ["Fingerprint", manifest.fingerprint],
        ...(manifest.stamps.length > 0 ? [["Marks", marks(manifest.stamps)] as const] : []),
      ]),
      ...manifest.notes.map((note) => `  - ${note}`),
      `Next: sigma models create --ticker ${symbol}${template} --provider files`,
    ];
    return {
      document: { outcome, source_rows: sourceRows, dropped_rows: droppedRows, series: manifest },
      text: lines.join("\n"),
    };
  },
});

interface Offer {
  readonly provider: string;
  readonly description: string;
  readonly kinds: readonly string[];
  readonly symbols: readonly { readonly symbol: string; readonly cadences: readonly string[]; readonly stamps: readonly string[] }[] | null;
  readonly needs: string | null;
}

export const dataList = command({
  name: "data list",
  description: "What each provider of price data can supply",
  async run({ session }) {
    const { rows } = await (await session.api()).get<{ readonly rows: readonly Offer[] }>("/data");
    const symbols = rows.flatMap(({ provider, symbols: offered }) => (offered ?? []).map((entry) => ({ provider, ...entry })));
    const table = renderTable(
      [
        { header: "Provider", value: ({ provider }) => provider },
        { header: "Symbol", value: ({ symbol }) => symbol },
        { header: "Cadences", value: ({ cadences }) => cadences.join(", ") },
        { header: "Marks", value: ({ stamps }) => marks(stamps) },
      ],
      symbols,
      session.width,
    );
    const lines = [table, "", ...rows.map(offerLine)];
    return { document: { rows }, text: lines.join("\n") };
  },
});

function offerLine({ provider, description, kinds, needs }: Offer): string {
  return `${provider}: ${description} (${kinds.join(", ").replaceAll("_", " ")})${needs === null ? "" : `; needs ${needs}`}`;
}

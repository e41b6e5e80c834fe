import { basename, dirname, resolve } from "node:path";
import type { ImportedUniverse } from "#infra/local/import-universe.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { type DataDocumentOf, DataDocumentSchema } from "#lib/market-data/imports/data-document.schema.ts";
import type { Universe } from "#lib/market-data/universe.schema.ts";
import { type Answer, command } from "../command.ts";
import { UsageError } from "../failure.ts";
import { count, percent, text } from "../format.ts";
import { marks } from "../stamps.ts";
import { renderFacts, renderTable } from "../table.ts";

export const universeImport = command({
  name: "data universe import",
  description: "Bring a universe: YAML, or a CSV or Parquet table of symbol, from, to, delisting_return",
  localOnly: "it reads files of this machine",
  args: {
    file: { type: "string", required: true, valueHint: "path", description: "The file; .yaml and .yml hold a name and members" },
    name: { type: "string", valueHint: "my_universe", description: "What to call it; needed for a table" },
  },
  examples: ["sigma data universe import --file members.csv --name big_tech", "sigma data universe import --file big_tech.yaml"],
  async run({ session, args }) {
    const path = resolve(args.file);
    const { importUniverseTable, importUniverseYaml } = await import("#infra/local/import-universe.ts");
    if (/\.ya?ml$/i.test(path))
      return universeAnswer(await importUniverseYaml((await session.local()).ports.artifacts, session.owner, path, args.name));
    if (args.name === undefined) throw new UsageError("A table of members needs --name, which says what to call the universe.");
    const document = parseOr("INVALID_PARAM", DataDocumentSchema, { kind: "universe", path: basename(path), name: args.name });
    return universeAnswer(
      await importUniverseTable(
        (await session.local()).ports.artifacts,
        session.owner,
        document as DataDocumentOf<"universe">,
        dirname(path),
      ),
    );
  },
});

/** What an import of a universe found. */
export function universeAnswer({ universe, outcome }: ImportedUniverse): Answer {
  const lines = [
    `${universe.name}: ${outcome === "unchanged" ? "exactly these members were there already" : outcome}`,
    factsOf(universe),
    ...universe.notes.map((note) => `  - ${note}`),
  ];
  return { document: { outcome, universe }, text: lines.join("\n") };
}

export const universeList = command({
  name: "data universe list",
  description: "Your universes",
  localOnly: "the API has no route for universes",
  async run({ session }) {
    const { listUniverses } = await import("#lib/market-data/universe-store.ts");
    const universes = await listUniverses((await session.local()).ports.artifacts, session.owner);
    const rows = universes.map((universe) => ({ ...summaryOf(universe), stamps: universe.stamps, fingerprint: universe.fingerprint }));
    const table = renderTable(
      [
        { header: "Universe", value: ({ name }) => name },
        { header: "Symbols", value: ({ symbols }) => count(symbols), align: "right" },
        { header: "Left", value: ({ left }) => count(left), align: "right" },
        { header: "From", value: ({ first }) => text(first) },
        { header: "Marks", value: ({ stamps }) => marks(stamps) },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: rows.length === 0 ? "No universe yet. Bring one with: sigma data universe import" : table };
  },
});

export const universeShow = command({
  name: "data universe show",
  description: "The members of a universe, all or those of a date",
  localOnly: "the API has no route for universes",
  args: {
    name: { type: "positional", required: true, description: "The universe" },
    date: { type: "string", valueHint: "YYYY-MM-DD", description: "Only who belonged to it on this date" },
  },
  examples: ["sigma data universe show big_tech --date 2015-06-01"],
  async run({ session, args }) {
    const { readUniverse } = await import("#lib/market-data/universe-store.ts");
    const { membersOn } = await import("#lib/market-data/universe.ts");
    const { parseDate } = await import("#lib/core/time.ts");
    const universe = await readUniverse((await session.local()).ports.artifacts, session.owner, args.name);
    if (universe === undefined) throw notFound(args.name);
    if (args.date !== undefined) {
      const symbols = membersOn(universe, parseDate(args.date, "date"));
      return {
        document: { name: universe.name, date: args.date, symbols, stamps: universe.stamps },
        text: [`${universe.name} on ${args.date}: ${count(symbols.length)} members`, symbols.join(" ")].join("\n"),
      };
    }
    const members = renderTable(
      [
        { header: "Symbol", value: ({ symbol }) => symbol },
        { header: "From", value: ({ from }) => text(from) },
        { header: "To (not in)", value: ({ to }) => to ?? "" },
        {
          header: "Delisting return (%)",
          value: ({ delisting_return }) => (delisting_return === null ? "" : percent(delisting_return)),
          align: "right",
        },
      ],
      universe.members,
      session.width,
    );
    return { document: universe, text: [factsOf(universe), ...universe.notes.map((note) => `  - ${note}`), "", members].join("\n") };
  },
});

function summaryOf({ name, members }: Universe) {
  const dates = members.flatMap(({ from }) => (from === null ? [] : [from])).sort();
  return {
    name,
    symbols: new Set(members.map(({ symbol }) => symbol)).size,
    stays: members.length,
    left: members.filter(({ to }) => to !== null).length,
    first: dates[0] ?? null,
  };
}

function factsOf(universe: Universe): string {
  const { symbols, stays, left, first } = summaryOf(universe);
  return renderFacts([
    ["Symbols", `${count(symbols)}${stays > symbols ? ` in ${count(stays)} stays` : ""}, ${count(left)} left`],
    ["From", text(first)],
    ["Fingerprint", universe.fingerprint],
    ...(universe.stamps.length > 0 ? [["Marks", marks(universe.stamps)] as const] : []),
  ]);
}

function notFound(name: string): SigmaError {
  return new SigmaError("NOT_FOUND", `You have no universe "${name}". See: sigma data universe list`, { universe: name });
}

import { SymbolSchema } from "../core/ids.ts";
import { formatDate } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { createSourceFaults } from "./source/source-faults.ts";
import type { SourceTable } from "./source/source-table.ts";
import { dateOf } from "./source/time-stamp.ts";
import { MAX_MEMBERS, type Universe, type UniverseDocument } from "./universe.schema.ts";
import { checkedUniverse } from "./universe.ts";
import type { UniverseField } from "./universe-fields.ts";

/**
 * A universe from a table: one row a stay of a member.
 *
 * @throws DATA_INVALID naming line, column and found value of each fault
 */
export function universeFromTable(name: string, table: SourceTable<UniverseField>, source: Universe["source"]): Universe {
  const faults = createSourceFaults(table.name, [table]);
  const { numbers, times, texts, position, columnNames } = table;
  const symbols = texts.symbol!;
  const dateText = (field: "from" | "to", row: number): string | null => {
    const column = times[field];
    return column === undefined || Number.isNaN(column.utcMs[row]!) ? null : formatDate(dateOf(column, row));
  };
  const members = Array.from({ length: table.length }, (_, row) => {
    const symbol = symbols.values[symbols.codes[row]!]!.toUpperCase();
    const delisting = numbers.delisting_return?.[row] ?? Number.NaN;
    if (!SymbolSchema.safeParse(symbol).success)
      faults.add(table, position[row]!, columnNames.symbol, `expected a symbol, found ${JSON.stringify(symbol.slice(0, 40))}`);
    if (delisting < -1 || delisting === Number.POSITIVE_INFINITY)
      faults.add(table, position[row]!, columnNames.delisting_return, `expected a fraction of -1 or more, found "${delisting}"`);
    return {
      place: faults.placeOf(table, position[row]!),
      member: {
        symbol,
        from: dateText("from", row),
        to: dateText("to", row),
        delisting_return: Number.isNaN(delisting) ? null : delisting,
      },
    };
  });
  faults.throwIfAny();
  if (members.length === 0 || members.length > MAX_MEMBERS) {
    throw new SigmaError("DATA_INVALID", `${table.name}: expected 1 to ${MAX_MEMBERS} members, found "${members.length}".`, {
      source: table.name,
      members: members.length,
    });
  }
  return checkedUniverse(name, members, source);
}

/**
 * A universe from a document as a user writes it.
 *
 * @param name - replaces the document's own name when given
 * @throws DATA_INVALID naming the member of each fault
 */
export function universeFromDocument(document: UniverseDocument, source: Universe["source"], name = document.name): Universe {
  return checkedUniverse(
    name,
    document.members.map((member, i) => ({ member, place: `members.${i}` })),
    source,
  );
}

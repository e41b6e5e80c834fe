import { type BarFault, dataInvalid, MAX_LISTED_FAULTS } from "../bar-checks.ts";
import type { SourceTable } from "./source-table.ts";

/** What is wrong in the tables of one source, told in the order of their places. */
export interface SourceFaults {
  /** Where a row stands: with its file where there are several. */
  placeOf(table: SourceTable, position: number): string;
  add(table: SourceTable, position: number, column: string, issue: string): void;
  /** @throws DATA_INVALID when anything was added */
  throwIfAny(): void;
}

/** Starts with the cells that could not be read. */
export function createSourceFaults(name: string, tables: readonly SourceTable[]): SourceFaults {
  const listed: (BarFault & { readonly table: number; readonly position: number })[] = [];
  let total = 0;
  const placeOf = ({ name: file, place }: SourceTable, position: number): string =>
    tables.length === 1 ? `${place} ${position}` : `${file} ${place} ${position}`;
  const add = (table: SourceTable, position: number, column: string, issue: string): void => {
    total += 1;
    if (listed.length < 2 * MAX_LISTED_FAULTS)
      listed.push({ table: tables.indexOf(table), position, place: placeOf(table, position), column, issue });
  };
  for (const table of tables) {
    for (const { position, column, issue } of table.faults) add(table, position, column, issue);
    total += table.faultCount - table.faults.length;
  }
  return {
    placeOf,
    add,
    throwIfAny() {
      if (total === 0) return;
      listed.sort((a, b) => a.table - b.table || a.position - b.position);
      throw dataInvalid(name, listed.slice(0, MAX_LISTED_FAULTS), total);
    },
  };
}

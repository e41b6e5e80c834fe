import { NYSE } from "../../core/calendar.ts";
import { type OptionContract, parseOccSymbol } from "../../core/occ-symbol.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, dayOfWeekOf, formatDate } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { SourceFaults } from "../source/source-faults.ts";
import type { SourceTable, TextColumn } from "../source/source-table.ts";
import { dateOf } from "../source/time-stamp.ts";
import type { ContractField } from "./contract-fields.ts";

/** Which contract each row of a table is of. */
export interface ContractColumns {
  readonly strike: Float64Array;
  /** Last trading day. */
  readonly expiry: Float64Array;
  readonly right: Int8Array;
  /** 1 where the row is of another underlying, or could not be read. */
  readonly skip: Uint8Array;
  /** Rows of other underlyings. */
  readonly others: number;
  /** Rows whose expiry was dated on a day without a session, such as the Saturdays of old monthly options. */
  readonly movedExpiries: number;
}

/**
 * Reads the contracts of a table's rows, from their symbols or from strike, expiry and right; where a source has both, they must
 * agree.
 *
 * @param roots - roots and names of the underlying whose rows are wanted
 * @throws DATA_INVALID when the source has no such columns
 */
export function readContracts(table: SourceTable<ContractField>, roots: readonly string[], faults: SourceFaults): ContractColumns {
  const { length, numbers, times, texts } = table;
  const symbols = texts.contract && parseAll(texts.contract);
  if (symbols === undefined) requireParts(table);
  const rights = texts.right?.values.map(rightOf);
  const strike = new Float64Array(length);
  const expiry = new Float64Array(length);
  const right = new Int8Array(length);
  const skip = new Uint8Array(length);
  let others = 0;
  let movedExpiries = 0;

  for (let row = 0; row < length; row++) {
    const fault = (field: ContractField, issue: string): void => {
      skip[row] = 1;
      faults.add(table, table.position[row]!, table.columnNames[field], issue);
    };
    const symbol = symbols?.[texts.contract!.codes[row]!];
    if (symbols !== undefined && symbol === undefined) {
      fault("contract", `expected an option's symbol such as "O:SPY240701C00545000", found ${quoted(textOf(texts.contract!, row))}`);
      continue;
    }
    if (isOther(table, row, symbol, roots)) {
      skip[row] = 1;
      others += 1;
      continue;
    }
    const found = {
      strike: numbers.strike === undefined ? symbol!.strike : numbers.strike[row]!,
      expiry: times.expiry === undefined ? symbol!.expiry : dateOf(times.expiry, row),
      right: rights === undefined ? symbol!.right : rights[texts.right!.codes[row]!],
    };
    if (!(found.strike > 0 && found.strike < Number.POSITIVE_INFINITY))
      fault("strike", `expected a strike above 0, found "${found.strike}"`);
    if (found.right === undefined) fault("right", `expected call or put ("C", "P"), found ${quoted(textOf(texts.right!, row))}`);
    if (symbol !== undefined) disagreement(symbol, found, fault);
    const lastDay = lastTradingDay(found.expiry);
    if (lastDay !== found.expiry) movedExpiries += 1;
    strike[row] = found.strike;
    expiry[row] = lastDay;
    right[row] = found.right ?? 0;
  }
  return { strike, expiry, right, skip, others, movedExpiries };
}

const textOf = ({ codes, values }: TextColumn, row: number): string => values[codes[row]!]!;
const quoted = (text: string): string => JSON.stringify(text.slice(0, 40));
const parseAll = ({ values }: TextColumn): (OptionContract | undefined)[] => values.map(parseOccSymbol);

const RIGHTS: Readonly<Record<string, 1 | -1>> = { c: 1, call: 1, p: -1, put: -1 };
const rightOf = (text: string): 1 | -1 | undefined => (Object.hasOwn(RIGHTS, text.toLowerCase()) ? RIGHTS[text.toLowerCase()] : undefined);

/** Whether a row is of an underlying that was not asked for. */
function isOther(table: SourceTable<ContractField>, row: number, symbol: OptionContract | undefined, roots: readonly string[]): boolean {
  const { underlying } = table.texts;
  if (underlying !== undefined) return !roots.includes(textOf(underlying, row).toUpperCase());
  return symbol !== undefined && !roots.includes(symbol.root);
}

function disagreement(
  symbol: OptionContract,
  found: { readonly strike: number; readonly expiry: DateNumber; readonly right: 1 | -1 | undefined },
  fault: (field: ContractField, issue: string) => void,
): void {
  if (symbol.strike !== found.strike) fault("strike", `the contract's symbol says the strike "${symbol.strike}", found "${found.strike}"`);
  if (symbol.expiry !== found.expiry)
    fault("expiry", `the contract's symbol says the expiry "${formatDate(symbol.expiry)}", found "${formatDate(found.expiry)}"`);
  if (found.right !== undefined && symbol.right !== found.right) fault("right", "the contract's symbol says the other right");
}

/** An expiry on a day without a session ends trading on the session before it. */
function lastTradingDay(expiry: DateNumber): DateNumber {
  if (expiry >= NYSE.firstDate && expiry <= NYSE.lastDate) return NYSE.isSession(expiry) ? expiry : NYSE.previousSession(expiry);
  const weekday = dayOfWeekOf(expiry);
  return weekday < 5 ? expiry : dateOfDayNumber(dayNumberOf(expiry) - (weekday - 4));
}

function requireParts(table: SourceTable<ContractField>): void {
  const missing = [
    ...(table.numbers.strike === undefined ? ["strike"] : []),
    ...(table.times.expiry === undefined ? ["expiry"] : []),
    ...(table.texts.right === undefined ? ["right"] : []),
  ];
  if (missing.length === 0) return;
  throw new SigmaError(
    "DATA_INVALID",
    `${table.name}: each row must say its contract; found no column for "${missing.join('", "')}". Map strike, expiry and right, or contract (symbols such as "O:SPY240701C00545000").`,
    { source: table.name, missing },
    { fieldErrors: missing.map((field) => ({ path: field, issue: "no such column in the source" })) },
  );
}

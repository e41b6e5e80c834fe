import type { ReactNode } from "react";
import { type TermKey, termOf } from "../words/glossary.ts";

export type CellValue = string | number | boolean | null | undefined;

/** A column of a table over rows of any kind. */
export interface Column<R> {
  readonly id: string;
  /** Left out where `of` names a number of the glossary. */
  readonly header?: string;
  /** The number of the glossary that the column shows: name, unit, meaning and form come from there. */
  readonly of?: TermKey;
  /** What is sorted, searched and exported. */
  readonly value: (row: R) => CellValue;
  /** What is shown, where that is more than the value. */
  readonly cell?: (row: R) => ReactNode;
  /** Pixels on a wide screen. */
  readonly width?: number;
  readonly align?: "left" | "right";
  /** Where it stands in the two lines of a phone: the head, beside it, the second line, or nowhere. */
  readonly phone?: "head" | "beside" | "line" | "none";
  /** False where an order of the values says nothing. */
  readonly sortable?: boolean;
}

/** What stands over a column. */
export const headerOf = <R>({ id, header, of }: Column<R>): string =>
  header ?? (of === undefined ? id : (termOf(of).short ?? termOf(of).name));

export const isNumeric = <R>({ of, align }: Column<R>): boolean => align === "right" || (align === undefined && of !== undefined);

const USUAL_WIDTH = 112;

/** Pixels of a column on a wide screen. */
export const columnWidth = <R>({ width = USUAL_WIDTH }: Column<R>): number => width;

/** Pixels of all columns together. */
export const widthOf = <R>(columns: readonly Column<R>[]): number => columns.reduce((sum, column) => sum + columnWidth(column), 0);

export interface Sorting {
  readonly id: string;
  readonly desc: boolean;
}

/** `-sharpe` in an address is: by `sharpe`, largest first. */
export function readSort(text: string | undefined): Sorting | undefined {
  if (text === undefined || text === "" || text === "-") return undefined;
  return text.startsWith("-") ? { id: text.slice(1), desc: true } : { id: text, desc: false };
}

export const writeSort = ({ id, desc }: Sorting): string => (desc ? `-${id}` : id);

/** A press on a header: numbers begin with the largest, words with A; the next press turns it around. */
export function nextSort<R>(column: Column<R>, sort: Sorting | undefined): Sorting {
  return sort?.id === column.id ? { id: column.id, desc: !sort.desc } : { id: column.id, desc: isNumeric(column) };
}

/** The rows as CSV (RFC 4180), with the ids of the columns as header; what is unknown is an empty field. */
export function toCsv<R>(columns: readonly Column<R>[], rows: readonly R[]): string {
  return linesCsv([columns.map(({ id }) => id), ...rows.map((row) => columns.map(({ value }) => value(row)))]);
}

/** Lines of values as CSV (RFC 4180); what is unknown is an empty field. */
export const linesCsv = (lines: readonly (readonly CellValue[])[]): string =>
  lines.map((line) => `${line.map(field).join(",")}\r\n`).join("");

/** Text that a spreadsheet would run as a formula is quoted, so that it stays text. */
function field(value: CellValue): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Finds rows by words anywhere in their values; the text of a row is put together once. */
export function rowSearch<R extends object>(columns: readonly Column<R>[]): (row: R, search: string) => boolean {
  const texts = new WeakMap<R, string>();
  const textOf = (row: R): string => {
    const known = texts.get(row);
    if (known !== undefined) return known;
    const text = columns
      .map(({ value }) => String(value(row) ?? ""))
      .join("\n")
      .toLowerCase();
    texts.set(row, text);
    return text;
  };
  return (row, search) => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return words.length === 0 || words.every((word) => textOf(row).includes(word));
  };
}

import { createGrowingColumn, type GrowingColumn } from "../../core/growing-column.ts";
import { MAX_LISTED_FAULTS } from "../bar-checks.ts";
import type { FieldPositions } from "./field-map.ts";
import type { CellFault, FieldSpecs, SourceTable, TextColumn } from "./source-table.ts";
import type { TimeStamp } from "./time-stamp.ts";

/** What a cell reads as: a number, a time or a text; undefined for a cell that is none. */
export type CellValue = number | TimeStamp | string | undefined;

/** Collects rows cell by cell; a row with a faulty cell is not taken. */
export interface TableBuilder<F extends string> {
  /** The fields that the source has. */
  readonly fields: readonly F[];
  fault(position: number, column: string, issue: string): void;
  /**
   * @param read - gives the value of a field in this row, an empty number as NaN, an empty text as ""; reports what cannot be
   * read as a fault and returns undefined
   */
  row(position: number, read: (field: F) => CellValue): void;
  finish(): SourceTable<F>;
}

interface Sink {
  readonly push: (value: number | TimeStamp | string) => void;
}

export function createTableBuilder<F extends string>(source: {
  readonly name: string;
  readonly place: "line" | "row";
  readonly specs: FieldSpecs<F>;
  readonly positions: FieldPositions<F>;
  readonly columns: readonly string[];
}): TableBuilder<F> {
  const { name, place, specs, positions, columns } = source;
  const all = Object.keys(specs) as F[];
  const fields = all.filter((field) => positions[field] !== null);
  const columnNames = Object.fromEntries(all.map((field) => [field, columnName(field, positions, columns)])) as Record<F, string>;
  const position = createGrowingColumn();
  const numbers = new Map<F, GrowingColumn>();
  const times = new Map<F, { readonly utcMs: GrowingColumn; readonly date: GrowingColumn }>();
  const texts = new Map<F, ReturnType<typeof textSink>>();
  const faults: CellFault[] = [];
  let faultCount = 0;

  const sinkOf = (field: F): Sink => {
    if (specs[field].kind === "number") {
      const column = createGrowingColumn();
      numbers.set(field, column);
      return { push: (value) => column.push(value as number) };
    }
    if (specs[field].kind === "text") {
      const sink = textSink();
      texts.set(field, sink);
      return sink;
    }
    const [utcMs, date] = [createGrowingColumn(), createGrowingColumn()];
    times.set(field, { utcMs, date });
    return {
      push(value) {
        utcMs.push((value as TimeStamp).utcMs);
        date.push((value as TimeStamp).date ?? Number.NaN);
      },
    };
  };
  const sinks = fields.map(sinkOf);
  const values: (number | TimeStamp | string)[] = [];

  return {
    fields,
    fault(at, column, issue) {
      faultCount += 1;
      if (faults.length < MAX_LISTED_FAULTS) faults.push({ position: at, column, issue });
    },
    row(at, read) {
      let sound = true;
      for (let i = 0; i < fields.length; i++) {
        const value = read(fields[i]!);
        if (value === undefined) sound = false;
        else values[i] = value;
      }
      if (!sound) return;
      position.push(at);
      for (let i = 0; i < sinks.length; i++) sinks[i]!.push(values[i]!);
    },
    finish: () => ({
      name,
      place,
      length: position.length,
      position: position.take(),
      numbers: taken(numbers, (column) => column.take()),
      times: taken(times, ({ utcMs, date }) => ({ utcMs: utcMs.take(), date: date.take() })),
      texts: taken(texts, (sink) => sink.take()),
      columnNames,
      faults,
      faultCount,
      simulated: columns.includes("simulated"),
    }),
  };
}

function columnName<F extends string>(field: F, positions: FieldPositions<F>, columns: readonly string[]): string {
  const position = positions[field];
  return position === null ? field : columns[position]!;
}

function taken<F extends string, From, To>(columns: ReadonlyMap<F, From>, take: (column: From) => To): { readonly [field in F]?: To } {
  return Object.fromEntries([...columns].map(([field, column]) => [field, take(column)])) as { readonly [field in F]?: To };
}

/** Keeps each distinct text once: symbols and dates repeat in nearly every row. */
function textSink(): Sink & { readonly take: () => TextColumn } {
  const codes = createGrowingColumn();
  const known = new Map<string, number>();
  return {
    push(value) {
      const text = value as string;
      let code = known.get(text);
      if (code === undefined) {
        code = known.size;
        known.set(text, code);
      }
      codes.push(code);
    },
    take: () => ({ codes: Int32Array.from(codes.take()), values: [...known.keys()] }),
  };
}

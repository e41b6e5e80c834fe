import { readTable, type TableColumn } from "../../lib/core/parquet-table.ts";
import { createRng } from "../../lib/core/rng.ts";
import { writeTable } from "../../lib/core/write-parquet-table.ts";
import type { Workload } from "../workload.ts";

const ROWS = 200_000;
const COLUMNS = 120;
const READ = ["f0", "f31", "f62", "f93", "f119"];

let columns: TableColumn[] | undefined;

/** Columns as a matrix has them: a time key, and features that wander, with warm-ups. Made once for all repetitions. */
function makeColumns(): TableColumn[] {
  const rng = createRng("bench-parquet");
  const time = Float64Array.from({ length: ROWS }, (_, i) => Date.UTC(2010, 0, 4, 14, 30) + i * 300_000);
  const features = Array.from({ length: COLUMNS - 1 }, (_, k): TableColumn => {
    const values = new Float64Array(ROWS);
    let level = 100;
    for (let i = 0; i < ROWS; i++) {
      level += rng.uniform() - 0.5;
      values[i] = i < 5 * k ? Number.NaN : level;
    }
    return { name: `f${k + 1}`, type: "double", values };
  });
  return [{ name: "f0", type: "time", values: time }, ...features];
}

export const workload: Workload = {
  name: "parquet",
  title: `Parquet, ${ROWS.toLocaleString("en-US")} rows x ${COLUMNS} columns (ZSTD, float64)`,
  async run() {
    columns ??= makeColumns();
    const started = performance.now();
    const bytes = writeTable({ rows: ROWS, columns, metadata: {} });
    const written = performance.now();
    const table = await readTable(bytes, READ);
    const read = performance.now();
    const last = table.columns[4]!.values[ROWS - 1];
    if (table.rows !== ROWS || last !== columns[COLUMNS - 1]!.values[ROWS - 1]) throw new Error("The file does not hold what was written.");
    return [
      { label: "write", value: written - started, unit: "ms" },
      { label: "read 5 columns", value: read - written, unit: "ms" },
      {
        label: "file size",
        value: bytes.length / 1e6,
        unit: "MB",
        note: `${((100 * bytes.length) / (ROWS * COLUMNS * 8)).toFixed(0)} % of the raw size`,
      },
    ];
  },
};

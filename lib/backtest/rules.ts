import { compares } from "../core/comparison.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { Condition } from "../packs/condition.schema.ts";
import type { EntryRule } from "../packs/strategy.schema.ts";
import type { Tape } from "./tape.ts";

/**
 * Rows at which a strategy's entry rule holds. A condition with an unknown value (NaN) on either side does not hold.
 *
 * @returns 1 where a candidate may stay
 * @throws UNPROCESSABLE when the rule names a column that the matrix does not have
 */
export function ruleMask(rule: EntryRule, tape: Tape): Uint8Array {
  const all = "all" in rule;
  const conditions = all ? rule.all : rule.any;
  const out = new Uint8Array(tape.rows).fill(all ? 1 : 0);
  for (const condition of conditions) {
    const holds = conditionTest(condition, tape);
    for (let row = 0; row < tape.rows; row++) {
      const held = holds(row);
      if (all && !held) out[row] = 0;
      if (!all && held) out[row] = 1;
    }
  }
  return out;
}

/** Whether one condition holds at a row, with the columns looked up once. */
function conditionTest({ column, op, value }: Condition, tape: Tape): (row: number) => boolean {
  const left = requiredColumn(tape, column);
  const right = typeof value === "number" ? undefined : requiredColumn(tape, value);
  const limit = typeof value === "number" ? value : Number.NaN;
  return (row) => compares(left[row]!, op, right === undefined ? limit : right[row]!);
}

/** @throws UNPROCESSABLE naming the column */
export function requiredColumn(tape: Tape, name: string): Float64Array {
  const column = tape.column(name);
  if (column) return column;
  throw new SigmaError(
    "UNPROCESSABLE",
    `A trading rule reads the column "${name}", which the matrix does not have. Add the indicator that makes it, or change the rule.`,
    { column: name },
  );
}

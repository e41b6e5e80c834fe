import { INDICATORS } from "../../indicators/catalog.ts";
import { sourceVolatilities } from "../../options/chain/source-volatility.ts";
import type { Matrix } from "../matrix.ts";
import { type Check, percent, verdict } from "./verdict.ts";

/** Below this share of rows with a value, implied volatility is called sparse. */
const SPARSE = 0.5;

/**
 * Whether implied volatility is there: on how many rows any column made from it is known, which columns never are, and what the
 * chains lack. Columns are those of the indicators of option volatility; realised volatility is none.
 */
export const ivPopulated: Check = ({ data, matrix }) => {
  const columns = columnsOf(matrix, (indicator) => INDICATORS.get(indicator)?.category === "options_volatility");
  if (columns.length === 0) return verdict("iv_populated", "ok", "The matrix has no implied volatility.");
  const chains = data.chains?.snapshots ?? [];
  const counts = {
    snapshots: chains.length,
    with_iv: chains.filter(({ iv }) => iv.some((value) => value > 0)).length,
    with_iv_not_computed: chains.filter(({ iv }) => iv.some((value) => value === 0)).length,
    with_quotes: chains.filter(({ bid, ask }) => bid.some((value, i) => value > 0 && ask[i]! > 0)).length,
    with_iv_refused: chains.filter((chain) => sourceVolatilities(chain).refused).length,
  };
  const known = knownRows(matrix, columns);
  const numbers = { rows: matrix.rows, rows_with_iv: known, ...counts };
  const empty = columns.filter(({ values }) => values.every(Number.isNaN)).map(({ name }) => name);
  if (known === 0) {
    const summary = `Implied volatility is unavailable: ${whyNoIv(counts)}. Choose another provider, or leave these indicators out.`;
    return verdict("iv_populated", "fail", summary, numbers, empty);
  }
  const share = known / matrix.rows;
  if (share >= SPARSE && empty.length === 0)
    return verdict("iv_populated", "ok", `${percent(share)} of rows have an implied volatility.`, numbers);
  const never = empty.length === 0 ? "" : ` ${empty.slice(0, 5).join(", ")} never are known.`;
  const summary = `${percent(share)} of rows have an implied volatility; ${whyNoIv(counts)}.${never} Add chains before the window, choose another provider, or leave these indicators out.`;
  return verdict("iv_populated", "warn", summary, numbers, empty);
};

function whyNoIv(
  counts: Readonly<Record<"snapshots" | "with_iv" | "with_iv_not_computed" | "with_quotes" | "with_iv_refused", number>>,
): string {
  const { snapshots, with_iv: withIv, with_iv_not_computed: zero, with_quotes: withQuotes, with_iv_refused: refused } = counts;
  if (snapshots === 0) return "there is no option chain";
  if (withIv === 0 && withQuotes === 0)
    return zero > 0
      ? "the chains' volatilities are 0, which means not computed, and they have no quotes to imply one from"
      : "the chains carry neither a volatility nor quotes to imply one from";
  if (refused > 0 && withQuotes === 0)
    return `the volatilities of "${refused}" of "${snapshots}" chains contradict their prices and are not believed`;
  return "elsewhere no chain of the session or the one before has the expiries, strikes and history that the columns need";
}

/** Whether same-day flow is there on the rows: flow columns, and those of indicators that are made from it. */
export const flowPresent: Check = ({ data, matrix }) => {
  const columns = columnsOf(matrix, (indicator) => indicator === "flow" || readsFlow(indicator));
  if (columns.length === 0) return verdict("flow_present", "ok", "The matrix has no option flow.");
  const without = matrix.rows - knownRows(matrix, columns);
  const numbers = { rows: matrix.rows, without, cells: data.flow?.cells.length ?? 0 };
  if (without === 0) return verdict("flow_present", "ok", "Every row has same-day option flow.", numbers);
  const cause = "Only days with an expiry have it, and only where the provider has option trades";
  if (without === matrix.rows)
    return verdict("flow_present", "fail", `No row has same-day option flow. ${cause}: check symbol, provider and window.`, numbers);
  return verdict(
    "flow_present",
    "warn",
    `${percent(without / matrix.rows)} of rows have no same-day option flow. ${cause}: check the provider's range.`,
    numbers,
  );
};

const readsFlow = (indicator: string): boolean =>
  INDICATORS.get(indicator)?.inputs.some((input) => input === "flow" || input === "flowCells") === true;

interface NamedColumn {
  readonly name: string;
  readonly values: Float64Array;
}

const columnsOf = ({ info, features }: Matrix, wanted: (indicator: string) => boolean): NamedColumn[] =>
  info.features.flatMap(({ name, indicator }, i) => (wanted(indicator) ? [{ name, values: features[i]! }] : []));

/** Rows in which at least one of the columns is known. */
function knownRows({ rows }: Matrix, columns: readonly NamedColumn[]): number {
  let known = 0;
  for (let row = 0; row < rows; row++) if (columns.some(({ values }) => !Number.isNaN(values[row]!))) known += 1;
  return known;
}

import { CsvButton } from "../../ui/csv-button.tsx";
import { Numeral, TermName } from "../../ui/figure.tsx";
import { numberAt } from "../../words/gate.ts";
import type { TermKey } from "../../words/glossary.ts";
import styles from "./compare.module.css";
import type { Compared } from "./compared-row.ts";

/** What is shown, and whether more of it is better; null where neither is. */
const LINES: readonly (readonly [of: TermKey, better: "more" | "less" | null])[] = [
  ["score", "more"],
  ["residual.sharpe", "more"],
  ["sharpe", "more"],
  ["dsr", "more"],
  ["pbo", "less"],
  ["trials", null],
  ["total_return", "more"],
  ["annual_return", "more"],
  ["volatility", null],
  ["max_drawdown_pct", "less"],
  ["calmar", "more"],
  ["bets", "more"],
  ["trades", null],
  ["win_rate", "more"],
  ["profit_factor", "more"],
  ["exposure", null],
  ["turnover", "less"],
  ["plateau.height", "more"],
];

/** The numbers of each, side by side. */
export function Numbers({ compared }: { readonly compared: readonly Compared[] }) {
  const lines = LINES.map(([of, better]) => ({ of, better, values: compared.map(({ row }) => numberOf(row, of)) }));
  return (
    <>
      <div className={styles.export}>
        <CsvButton
          label="Numbers side by side"
          header={["number", ...compared.map(({ row }) => row.row_id)]}
          rows={lines.map(({ of, values }) => [of, ...values])}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.scroll} aria-label="Numbers side by side" tabIndex={0}>
        <table className={styles.side}>
          <thead>
            <tr>
              <th scope="col">Number</th>
              {compared.map(({ letter, row }) => (
                <th key={row.row_id} scope="col">
                  {letter}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ of, better, values }) => {
              const known = values.filter((value): value is number => value !== null);
              const best = better === null || known.length < 2 ? undefined : better === "more" ? Math.max(...known) : Math.min(...known);
              const tells = best !== undefined && known.some((value) => value !== best);
              return (
                <tr key={of}>
                  <th scope="row">
                    <TermName of={of} />
                  </th>
                  {values.map((value, i) => (
                    <td key={compared[i]!.row.row_id} className={tells && value === best ? styles.best : undefined}>
                      <Numeral of={of} value={value} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </>
  );
}

function numberOf(row: Compared["row"], of: TermKey): number | null {
  const source = of === "score" || of.startsWith("plateau.") ? row : of in row.significance ? row.significance : row.metrics;
  return numberAt(source as unknown as Record<string, unknown>, of);
}

import { DataTable } from "../../ui/data-table.tsx";
import type { Column } from "../../ui/table-model.ts";
import { formatNumber, plural } from "../../words/format.ts";
import styles from "./backtest.module.css";
import type { Report } from "./report.ts";

type Block = NonNullable<Report["robustness"]>;

interface Under {
  readonly name: string;
  readonly residual_sharpe: number | null;
  readonly total_return: number | null;
  readonly max_drawdown_pct: number | null;
}

const COLUMNS: readonly Column<Under>[] = [
  { id: "name", header: "Changed", value: ({ name }) => name, width: 260 },
  { id: "residual_sharpe", of: "residual.sharpe", value: ({ residual_sharpe }) => residual_sharpe, width: 140 },
  { id: "total_return", of: "total_return", value: ({ total_return }) => total_return, width: 100 },
  { id: "max_drawdown_pct", of: "max_drawdown_pct", value: ({ max_drawdown_pct }) => max_drawdown_pct, width: 90 },
];

/** What is left under higher costs, later entries, other seeds, and what chance alone does. */
export function Robustness({ robustness }: { readonly robustness: Block }) {
  const { costs_doubled, later_entry, break_even, random_entries, learner_seeds, permuted_labels, capacity } = robustness;
  const rows: readonly Under[] = [
    { name: "Costs twice as high", ...costs_doubled },
    ...later_entry.map(({ bars, ...outcome }) => ({ name: `Entered ${plural(bars, "bar")} later`, ...outcome })),
    ...(learner_seeds?.results ?? []).map(({ seed, ...outcome }) => ({ name: `Learner's seed ${seed}`, ...outcome })),
  ];
  const bps = (value: number | null): string => formatNumber(value, "bps");
  return (
    <>
      <DataTable caption="robustness" columns={COLUMNS} rows={rows} rowKey={({ name }) => name} />
      <ul className={styles.statements}>
        <li>
          It pays {bps(break_even.charged_bps)} a side.{" "}
          {break_even.total_return_bps === null
            ? "It loses money at that, so there are no costs that it breaks even at."
            : `Its return is used up at ${bps(break_even.total_return_bps)}, its edge over the instrument at ${bps(break_even.residual_bps)}.`}
        </li>
        {random_entries.draws > 0 && (
          <li>
            Random entries of the same count and hours show a residual Sharpe ratio of{" "}
            {formatNumber(random_entries.residual_sharpe.mean, "ratio")} on average, and at least the strategy's with a probability of{" "}
            {formatNumber(random_entries.p_value, "probability")} ({plural(random_entries.draws, "draw")}).
          </li>
        )}
        {permuted_labels !== null && (
          <li>
            Models of permuted labels reached it in {plural(permuted_labels.reached, "draw")} of {permuted_labels.results.length}.
          </li>
        )}
        {capacity.half_sharpe_usd !== null && (
          <li>Market impact halves its Sharpe ratio at {formatNumber(capacity.half_sharpe_usd, "dollars")} of capital.</li>
        )}
      </ul>
    </>
  );
}

import { DataTable } from "../../ui/data-table.tsx";
import type { Column } from "../../ui/table-model.ts";
import type { Report } from "./report.ts";

interface Against {
  readonly name: string;
  readonly total_return: number | null;
  readonly sharpe: number | null;
  readonly max_drawdown_pct: number | null;
}

const COLUMNS: readonly Column<Against>[] = [
  { id: "name", header: "What", value: ({ name }) => name, width: 150 },
  { id: "total_return", of: "total_return", value: ({ total_return }) => total_return, width: 88 },
  { id: "sharpe", of: "sharpe", value: ({ sharpe }) => sharpe, width: 110 },
  { id: "max_drawdown_pct", of: "max_drawdown_pct", value: ({ max_drawdown_pct }) => max_drawdown_pct, width: 80 },
];

/** The strategy beside holding the instrument, holding as much of it as the strategy did, and forecasting base rates. */
export function Benchmarks({ report }: { readonly report: Report }) {
  const { metrics } = report.variants[report.headline]!;
  const { buy_and_hold, exposure_matched, prior_learner } = report.benchmarks;
  const rows: readonly Against[] = [
    { name: "Strategy", ...pick(metrics) },
    { name: "Buy and hold", ...pick(buy_and_hold) },
    { name: "Same exposure", ...pick(exposure_matched) },
    { name: "Base rates only", ...pick(prior_learner) },
  ];
  return <DataTable caption="benchmarks" columns={COLUMNS} rows={rows} rowKey={({ name }) => name} />;
}

const pick = ({ total_return, sharpe, max_drawdown_pct }: Omit<Against, "name">): Omit<Against, "name"> => ({
  total_return,
  sharpe,
  max_drawdown_pct,
});

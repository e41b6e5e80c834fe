import { memo, useMemo } from "react";
import { ScatterChart } from "../../charts/scatter-chart.tsx";
import { nameOfResult, type ResultRow } from "./result-row.ts";

const TONES = { PASS: "pass", MARGINAL: "marginal", MARGINAL_SIG: "marginal", FAIL: "fail", ungated: "plain" } as const;
/** More points hide each other. */
const MOST_POINTS = 600;

export interface ResultScatterProps {
  readonly rows: readonly ResultRow[];
  readonly chosen: ReadonlySet<string>;
  readonly onPick: (rowId: string) => void;
  /** What luck alone would show, where the rows are of one sweep. */
  readonly luckSharpe?: number | null;
}

/** Residual Sharpe ratio against return, sized by trades; drawn anew only when what it shows changes. */
export const ResultScatter = memo(function ResultScatter({ rows, chosen, onPick, luckSharpe = null }: ResultScatterProps) {
  const points = useMemo(
    () =>
      rows.slice(0, MOST_POINTS).flatMap((row) => {
        const { row_id, metrics, total_return, gate } = row;
        if (metrics.residual.sharpe === null || total_return === null) return [];
        return [
          {
            key: row_id,
            name: `${row.model_id}: ${nameOfResult(row)}`,
            x: metrics.residual.sharpe,
            y: total_return,
            size: metrics.trades,
            tone: TONES[gate.status],
            chosen: chosen.has(row_id),
          },
        ];
      }),
    [rows, chosen],
  );
  if (points.length < 2) return null;
  return (
    <ScatterChart
      label="Residual Sharpe ratio against total return, sized by trades"
      x="residual.sharpe"
      y="total_return"
      size="trades"
      points={points}
      onPick={onPick}
      {...(luckSharpe === null ? {} : { lineX: { name: "Luck alone", value: luckSharpe } })}
    />
  );
});

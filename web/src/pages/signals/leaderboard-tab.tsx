import { useMemo } from "react";
import { type RowOf, useRows } from "../../data/ask.ts";
import { StatusChip } from "../../ui/chip.tsx";
import { DataMarks, stampNames } from "../../ui/data-mark.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { GateChip } from "../../ui/gate-chip.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { LIFECYCLE_NAMES } from "../../words/runs.ts";
import { SideChip } from "./signal-cells.tsx";
import { countModel, type ModelCounts } from "./signal-counts.ts";
import styles from "./signals.module.css";
import { LogExtent, useWholeLog } from "./whole-log.tsx";

interface Row {
  readonly model: RowOf<"GET /trained_models">;
  readonly counts: ModelCounts;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "model_id",
    header: "Model",
    value: ({ model }) => model.model_id,
    cell: ({ model }) => <PlaceLink to={PLACE_OF.trained(model.trained_model_id)}>{model.model_id}</PlaceLink>,
    width: 172,
  },
  {
    id: "status",
    header: "Status",
    value: ({ model }) => model.status,
    cell: ({ model }) => <StatusChip status={model.status} name={LIFECYCLE_NAMES[model.status] ?? model.status} />,
    width: 92,
    phone: "beside",
  },
  {
    id: "gate",
    header: "Gate",
    value: ({ model }) => model.gate_status,
    cell: ({ model }) => <GateChip status={model.gate_status} reasons={model.gate_reasons} />,
    width: 110,
  },
  {
    id: "marks",
    header: "Marks",
    value: ({ model }) => stampNames(model.stamps).join(" "),
    cell: ({ model }) => <DataMarks stamps={model.stamps} most={1} />,
    width: 142,
    sortable: false,
  },
  { id: "holdout_sharpe", header: "Holdout SR", of: "holdout.sharpe", value: ({ model }) => model.holdout?.sharpe, width: 132 },
  { id: "signals", of: "signals.count", header: "Decisions", value: ({ counts }) => counts.all, width: 88 },
  { id: "acted_share", of: "signals.acted_share", value: ({ counts }) => counts.actedShare, width: 70 },
  {
    id: "last",
    header: "Last signal",
    value: ({ counts }) => counts.last?.timestamp,
    cell: ({ counts: { last } }) =>
      last === undefined ? (
        "none yet"
      ) : (
        <>
          <SideChip {...last} />{" "}
          <PlaceLink to={PLACE_OF.signal(last.signal_id)}>
            <Moment at={last.timestamp} />
          </PlaceLink>
        </>
      ),
    width: 228,
    phone: "none",
  },
  {
    id: "backtest_sharpe",
    header: "Backtest SR",
    of: "holdout.backtest_sharpe",
    value: ({ model }) => model.holdout?.backtest_sharpe,
    width: 130,
  },
  { id: "buy", header: "BUY", align: "right", value: ({ counts }) => counts.BUY, width: 64, phone: "none" },
  { id: "sell", header: "SELL", align: "right", value: ({ counts }) => counts.SELL, width: 64, phone: "none" },
  { id: "hold", header: "HOLD", align: "right", value: ({ counts }) => counts.HOLD, width: 64, phone: "none" },
  {
    id: "confidence",
    header: "Confidence",
    of: "signal.confidence",
    value: ({ counts }) => counts.meanConfidence,
    width: 100,
    phone: "none",
  },
];

export interface LeaderboardTabProps {
  readonly sort: string | undefined;
  readonly onSort: (sort: string) => void;
}

/** Models that give signals, ranked by what was judged before they were published, with what they have said since. */
export function LeaderboardTab({ sort, onSort }: LeaderboardTabProps) {
  const models = useRows("GET /trained_models", { query: { limit: 200 } });
  const log = useWholeLog();
  const signals = log.data;
  const rows = useMemo(
    () =>
      (models.data ?? []).flatMap((model): Row[] => {
        const own = (signals ?? []).filter(({ trained_model_id }) => trained_model_id === model.trained_model_id);
        const isLive = model.status === "published" || model.status === "paused";
        return isLive || own.length > 0 ? [{ model, counts: countModel(own) }] : [];
      }),
    [models.data, signals],
  );
  return (
    <Loaded query={models} title="Trained models could not be read">
      {() =>
        rows.length === 0 ? (
          <EmptyState title="No model gives signals" action={<PlaceLink to={PAGE.trained}>Trained models</PlaceLink>}>
            Publish a trained model to paper; it is ranked here beside the others as soon as it is live.
          </EmptyState>
        ) : (
          <Loaded query={log} title="The log could not be read">
            {() => (
              <div className={styles.log}>
                <p className={styles.soft}>
                  Ranked by the holdout, which was judged before publication. What came of each signal is not recorded yet, so no profit of
                  signals is shown here. <LogExtent log={log} />
                </p>
                <DataTable
                  caption="models by their judgment"
                  columns={COLUMNS}
                  rows={rows}
                  rowKey={({ model }) => model.trained_model_id}
                  sort={sort ?? "-holdout_sharpe"}
                  onSort={onSort}
                  csvName="signal-leaderboard"
                />
              </div>
            )}
          </Loaded>
        )
      }
    </Loaded>
  );
}

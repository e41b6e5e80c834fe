import { type AnswerOf, type RowOf, useAsk } from "../../data/ask.ts";
import { Chip, StatusChip } from "../../ui/chip.tsx";
import { DataMarks, stampNames } from "../../ui/data-mark.tsx";
import { GateChip } from "../../ui/gate-chip.tsx";
import { ListTable } from "../../ui/list-table.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { type Asked, EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { numberAt } from "../../words/gate.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { LIFECYCLE_NAMES } from "../../words/runs.ts";

interface Live {
  readonly model: RowOf<"GET /trained_models">;
  readonly signal: RowOf<"GET /signals"> | undefined;
}

const backtest = ({ model }: Live, key: string): number | null => numberAt(model.summary, `backtest.${key}`);

const COLUMNS: readonly Column<Live>[] = [
  {
    id: "model_id",
    header: "Model",
    value: ({ model }) => model.model_id,
    cell: ({ model }) => <PlaceLink to={PLACE_OF.trained(model.trained_model_id)}>{model.model_id}</PlaceLink>,
    width: 216,
  },
  {
    id: "status",
    header: "Status",
    value: ({ model }) => model.status,
    cell: ({ model }) => <StatusChip status={model.status} name={LIFECYCLE_NAMES[model.status] ?? model.status} />,
    width: 98,
    phone: "beside",
  },
  {
    id: "gate",
    header: "Gate",
    value: ({ model }) => model.gate_status,
    cell: ({ model }) => <GateChip status={model.gate_status} reasons={model.gate_reasons} />,
    width: 142,
  },
  { id: "backtest_sharpe", header: "Backtest SR", of: "residual.sharpe", value: (live) => backtest(live, "residual_sharpe"), width: 100 },
  { id: "holdout_sharpe", header: "Holdout SR", of: "holdout.sharpe", value: ({ model }) => model.holdout?.sharpe ?? null, width: 100 },
  {
    id: "signal",
    header: "Last signal",
    value: ({ signal }) => signal?.timestamp,
    cell: ({ signal }) =>
      signal === undefined ? (
        "none yet"
      ) : (
        <>
          <Chip tone={signal.signal === "BUY" ? "gain" : signal.signal === "SELL" ? "loss" : "plain"}>{signal.signal}</Chip>{" "}
          <PlaceLink to={PLACE_OF.signal(signal.signal_id)}>
            <Moment at={signal.timestamp} />
          </PlaceLink>
        </>
      ),
    width: 222,
    phone: "line",
  },
  {
    id: "stamps",
    header: "Marks",
    value: ({ model }) => stampNames(model.stamps).join(" "),
    cell: ({ model }) => <DataMarks stamps={model.stamps} most={1} />,
    width: 144,
    phone: "line",
  },
];

/** Models that give signals, or that were told to pause, with what they last said. */
export function LiveModels({ query }: { readonly query: Asked<AnswerOf<"GET /trained_models">> }) {
  const signals = useAsk("GET /signals", { query: { limit: 100 } }, { everyMs: 60_000 });
  return (
    <Loaded query={query} title="Trained models could not be read">
      {({ rows }) => {
        const live = rows
          .filter(({ status }) => status === "published" || status === "paused")
          .map(
            (model): Live => ({ model, signal: signals.data?.rows.find((signal) => signal.trained_model_id === model.trained_model_id) }),
          );
        return live.length === 0 ? (
          <EmptyState
            title="No model is live"
            action={
              <PlaceLink to={rows.length === 0 ? PAGE.leaderboard : PAGE.trained}>
                {rows.length === 0 ? "Choose a result to train" : "Publish a trained model"}
              </PlaceLink>
            }
          >
            A trained model that is published to paper is scored after each close and shows here with its last signal.
          </EmptyState>
        ) : (
          <ListTable caption="live models" columns={COLUMNS} rows={live} rowKey={({ model }) => model.trained_model_id} />
        );
      }}
    </Loaded>
  );
}

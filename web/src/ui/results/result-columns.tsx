import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { Sparkline } from "../../charts/sparkline.tsx";
import { limitChecks } from "../../words/gate.ts";
import { PLACE_OF } from "../../words/places.ts";
import { DataMarks, stampNames } from "../data-mark.tsx";
import { GateChip } from "../gate-chip.tsx";
import { PlaceLink } from "../place-link.tsx";
import type { Column } from "../table-model.ts";
import { nameOfResult, type ResultRow } from "./result-row.ts";

export interface ResultColumnsOptions {
  /** Several models stand in one list. */
  readonly ofModels: boolean;
  /** The limits in force, where one model's rows are shown: the chip then lists every limit. */
  readonly limits?: RiskBudget | undefined;
}

/** The columns of a list of results. Keep what it returns in a memo. */
export function resultColumns({ ofModels, limits }: ResultColumnsOptions): readonly Column<ResultRow>[] {
  const variant: Column<ResultRow> = {
    id: "variant",
    header: "Variant",
    value: nameOfResult,
    cell: (row) => (
      <PlaceLink to={PLACE_OF.result(row.row_id)} title={nameOfResult(row)}>
        {nameOfResult(row)}
      </PlaceLink>
    ),
    width: ofModels ? 208 : 224,
  };
  const model: Column<ResultRow> = {
    id: "model_id",
    header: "Model",
    value: ({ model_id }) => model_id,
    cell: ({ pack_id, model_id }) => (
      <PlaceLink to={PLACE_OF.model(pack_id, model_id)} title={`${model_id} of ${pack_id}`}>
        {model_id}
      </PlaceLink>
    ),
    width: 168,
  };
  return [
    variant,
    ...(ofModels ? [model] : []),
    {
      id: "gate",
      header: "Gate",
      value: ({ gate }) => gate.status,
      cell: ({ gate, metrics, significance }) => (
        <GateChip
          status={gate.status}
          reasons={gate.reasons}
          {...(limits === undefined ? {} : { limits: limitChecks(metrics, significance, limits) })}
        />
      ),
      width: 116,
      phone: "beside",
    },
    {
      id: "stamps",
      header: "Marks",
      value: ({ stamps }) => stampNames(stamps).join(" "),
      cell: ({ stamps }) => <DataMarks stamps={stamps} most={1} />,
      width: 132,
      sortable: false,
      phone: "line",
    },
    {
      id: "equity",
      header: "Equity",
      value: ({ equity }) => equity.at(-1),
      cell: (row) => <Sparkline values={row.equity} label={`Equity of ${nameOfResult(row)}`} />,
      width: 112,
      sortable: false,
      phone: "none",
    },
    { id: "score", of: "score", value: ({ score }) => score, width: 72, phone: "line" },
    { id: "residual_sharpe", of: "residual.sharpe", value: ({ metrics }) => metrics.residual.sharpe, width: 132, phone: "line" },
    { id: "dsr", of: "dsr", value: ({ significance }) => significance.dsr, width: 72, phone: "line" },
    { id: "total_return", of: "total_return", value: ({ total_return }) => total_return, width: 92, phone: "line" },
    { id: "max_drawdown_pct", of: "max_drawdown_pct", value: ({ metrics }) => metrics.max_drawdown_pct, width: 84 },
    { id: "bets", of: "bets", value: ({ metrics }) => metrics.bets, width: 72 },
    { id: "trades", of: "trades", value: ({ metrics }) => metrics.trades, width: 76, phone: "none" },
    { id: "win_rate", of: "win_rate", value: ({ win_rate }) => win_rate, width: 84, phone: "none" },
    { id: "sharpe", of: "sharpe", value: ({ sharpe }) => sharpe, width: 112, phone: "none" },
    { id: "plateau", of: "plateau.height", value: ({ plateau }) => plateau?.height, width: 84, phone: "none" },
    { id: "q_value", of: "q_value", value: ({ q_value }) => q_value, width: 80, phone: "none" },
    ...(ofModels
      ? []
      : ([
          {
            id: "duplicate_of",
            header: "Counts",
            value: ({ duplicate_of }) => (duplicate_of === null ? "yes" : "same trades as another"),
            width: 160,
            phone: "none",
          },
        ] satisfies Column<ResultRow>[])),
    ...(ofModels
      ? ([
          { id: "risk_profile", header: "Profile", value: ({ risk_profile }) => risk_profile, width: 104, phone: "none" },
          { id: "symbol", header: "Symbol", value: ({ symbol }) => symbol, width: 80, phone: "none" },
        ] satisfies Column<ResultRow>[])
      : []),
  ];
}

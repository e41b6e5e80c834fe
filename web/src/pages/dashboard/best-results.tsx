import { Sparkline } from "../../charts/sparkline.tsx";
import type { AnswerOf, RowOf } from "../../data/ask.ts";
import { DataMarks, stampNames } from "../../ui/data-mark.tsx";
import { GateChip } from "../../ui/gate-chip.tsx";
import { ListTable } from "../../ui/list-table.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { type Asked, EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { formatNumber } from "../../words/format.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { variantInWords } from "../../words/variant.ts";

type Row = RowOf<"GET /leaderboard">;

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "model_id",
    header: "Model",
    value: ({ model_id }) => model_id,
    cell: ({ pack_id, model_id }) => <PlaceLink to={PLACE_OF.model(pack_id, model_id)}>{model_id}</PlaceLink>,
    width: 152,
  },
  { id: "variant", header: "Variant", value: ({ params }) => variantInWords(params), width: 204 },
  {
    id: "gate",
    header: "Gate",
    value: ({ gate }) => gate.status,
    cell: ({ gate }) => <GateChip status={gate.status} reasons={gate.reasons} />,
    width: 108,
    phone: "beside",
  },
  { id: "residual_sharpe", of: "residual.sharpe", value: ({ metrics }) => metrics.residual.sharpe, width: 90 },
  { id: "dsr", of: "dsr", value: ({ significance }) => significance.dsr, width: 76 },
  { id: "total_return", of: "total_return", value: ({ metrics }) => metrics.total_return, width: 88, phone: "line" },
  { id: "max_drawdown_pct", of: "max_drawdown_pct", value: ({ metrics }) => metrics.max_drawdown_pct, width: 72 },
  {
    id: "equity",
    header: "Equity",
    value: ({ equity }) => equity.at(-1),
    cell: ({ equity, model_id }) => <Sparkline values={equity} label={`Equity of ${model_id}`} />,
    width: 104,
    phone: "none",
  },
  {
    id: "stamps",
    header: "Marks",
    value: ({ stamps }) => stampNames(stamps).join(" "),
    cell: ({ stamps }) => <DataMarks stamps={stamps} most={1} />,
    width: 112,
    phone: "line",
  },
];

/** In a sentence how good the best of it is, as a list alone leaves that open. */
function verdictOf(rows: readonly Row[]): string | undefined {
  if (rows.some(({ gate }) => gate.status === "PASS")) return undefined;
  const best = rows.find(({ significance }) => significance.dsr !== null);
  const limit = best?.gate.reasons.find(({ code }) => code === "dsr_below_min")?.limit;
  if (best === undefined) return "No result passed the gate.";
  const asked = typeof limit === "number" ? `, the gate asks for ${formatNumber(limit, "ratio")}` : "";
  return `No result passed the gate. The best one's deflated Sharpe ratio is ${formatNumber(best.significance.dsr, "ratio")}${asked}.`;
}

/** The first rows of the leaderboard. */
export function BestResults({ query }: { readonly query: Asked<AnswerOf<"GET /leaderboard">> }) {
  return (
    <Loaded query={query} title="The leaderboard could not be read">
      {({ rows }) => {
        if (rows.length === 0)
          return (
            <EmptyState title="No result yet" action={<PlaceLink to={PAGE.models}>Choose a model</PlaceLink>}>
              A backtest or a sweep of a model puts its results here, judged by the gate and ranked.
            </EmptyState>
          );
        const verdict = verdictOf(rows);
        return (
          <>
            {verdict !== undefined && <p>{verdict}</p>}
            <ListTable caption="best results" columns={COLUMNS} rows={rows} rowKey={({ row_id }) => row_id} />
          </>
        );
      }}
    </Loaded>
  );
}

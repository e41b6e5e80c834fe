import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useAsk } from "../../data/ask.ts";
import { useCart } from "../../data/cart.ts";
import { Button } from "../../ui/button.tsx";
import { DataMarks } from "../../ui/data-mark.tsx";
import { GateChip } from "../../ui/gate-chip.tsx";
import { PageHeader } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { CartBar } from "../../ui/results/cart-bar.tsx";
import { cartRowOf, nameOfResult } from "../../ui/results/result-row.ts";
import { Loaded } from "../../ui/states.tsx";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { type ReportSearch, withChange } from "./report.ts";
import { ReportView } from "./report-view.tsx";

/** The report of one row of the leaderboard, worked out of what its sweep or backtest stored. */
export function ResultPage() {
  const { rowId } = getRouteApi("/results/$rowId").useParams();
  const search: ReportSearch = getRouteApi("/results/$rowId").useSearch();
  const navigate = useNavigate({ from: "/results/$rowId" });
  const [cart, choose] = useCart();
  const row = useAsk("GET /leaderboard/{row_id}", { params: { row_id: rowId } });
  const report = useAsk("GET /leaderboard/{row_id}/report", { params: { row_id: rowId } });
  const inCart = cart.some(({ row_id }) => row_id === rowId);
  const found = row.data;
  return (
    <>
      <PageHeader
        title={found === undefined ? "Result" : nameOfResult(found)}
        trail={
          <>
            <PlaceLink to={PAGE.leaderboard}>Leaderboard</PlaceLink>
            {found !== undefined && found.sweep_id !== null && (
              <>
                {" / "}
                <PlaceLink to={PLACE_OF.sweep(found.sweep_id)}>Sweep</PlaceLink>
              </>
            )}
          </>
        }
        marks={
          found !== undefined && (
            <>
              <GateChip status={found.gate.status} reasons={found.gate.reasons} />
              <DataMarks stamps={found.stamps} />
            </>
          )
        }
        lead={
          found !== undefined && (
            <>
              <PlaceLink to={PLACE_OF.model(found.pack_id, found.model_id)}>{found.model_id}</PlaceLink> on {found.symbol},{" "}
              {found.risk_profile}
            </>
          )
        }
        actions={
          found !== undefined && (
            <Button onClick={() => choose(inCart ? cart.filter(({ row_id }) => row_id !== rowId) : [...cart, cartRowOf(found)])}>
              {inCart ? "Take out of the selection" : "Choose"}
            </Button>
          )
        }
      />
      <Loaded query={row} title="The result could not be read">
        {(judged) => (
          <Loaded query={report} title="The report could not be worked out">
            {(data) => (
              <ReportView
                report={data}
                row={judged}
                search={search}
                onChange={(change, replace = false) =>
                  void navigate({ search: (before: object) => withChange(before, change) as never, replace, resetScroll: false })
                }
              />
            )}
          </Loaded>
        )}
      </Loaded>
      <CartBar />
    </>
  );
}

import { useQueries } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { X } from "lucide-react";
import { EquityChart } from "../../charts/equity-chart.tsx";
import { FoldBars } from "../../charts/fold-bars.tsx";
import { HourHeatmap } from "../../charts/hour-heatmap.tsx";
import { asking } from "../../data/ask.ts";
import { useCart } from "../../data/cart.ts";
import { Button, buttonClass, IconButton } from "../../ui/button.tsx";
import { DataMarks } from "../../ui/data-mark.tsx";
import { GateChip } from "../../ui/gate-chip.tsx";
import { Grid, PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { CartBar, MOST_COMPARED } from "../../ui/results/cart-bar.tsx";
import { nameOfResult, nearDuplicates, type ResultRow } from "../../ui/results/result-row.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { plural } from "../../words/format.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { Budgets } from "./budgets.tsx";
import styles from "./compare.module.css";
import { lettersOf } from "./compared.ts";
import type { Compared, Report } from "./compared-row.ts";
import { Lineages } from "./lineages.tsx";
import { Numbers } from "./numbers.tsx";
import { Settings } from "./settings.tsx";

/** Results side by side: curves, hours, folds, limits, settings, and where they come from. */
export function ComparePage() {
  const search = getRouteApi("/compare").useSearch();
  const navigate = useNavigate({ from: "/compare" });
  const [cart] = useCart();
  const ids = (search.rows ?? []).slice(0, MOST_COMPARED);
  const rows = useQueries({ queries: ids.map((row_id) => asking("GET /leaderboard/{row_id}", { params: { row_id } })) });
  const reports = useQueries({ queries: ids.map((row_id) => asking("GET /leaderboard/{row_id}/report", { params: { row_id } })) });
  const show = (next: readonly string[]): void => void navigate({ search: next.length === 0 ? {} : { rows: next }, resetScroll: false });
  const failed = [...rows, ...reports].find(({ error, data }) => error !== null && data === undefined);
  const letters = lettersOf(ids.length);
  const compared = rows.flatMap(({ data }, i): Compared[] =>
    data === undefined ? [] : [{ letter: letters[i]!, row: data, report: reports[i]!.data }],
  );
  const others = cart.filter(({ row_id }) => !ids.includes(row_id));

  return (
    <>
      <PageHeader
        title="Compare"
        trail={<PlaceLink to={PAGE.leaderboard}>Leaderboard</PlaceLink>}
        lead="Up to five results side by side. The address holds the choice, so this view can be shared."
        actions={
          others.length > 0 &&
          ids.length < MOST_COMPARED && (
            <Button onClick={() => show([...ids, ...others.map(({ row_id }) => row_id)].slice(0, MOST_COMPARED))}>
              Add {plural(Math.min(others.length, MOST_COMPARED - ids.length), "chosen row")}
            </Button>
          )
        }
      />
      {ids.length === 0 ? (
        <Panel>
          <EmptyState
            title="Nothing to compare yet"
            action={
              <PlaceLink to={PAGE.leaderboard} className={buttonClass("primary")}>
                Choose on the leaderboard
              </PlaceLink>
            }
          >
            Choose rows on the leaderboard or in a sweep, then press Compare. The choice is kept while you look around.
          </EmptyState>
        </Panel>
      ) : failed?.error ? (
        <Panel>
          <ErrorState error={failed.error} title="A result could not be read" onRetry={() => void failed.refetch()} />
        </Panel>
      ) : compared.length < ids.length ? (
        <Panel>
          <Skeleton lines={8} />
        </Panel>
      ) : (
        <Side compared={compared} onDrop={(rowId) => show(ids.filter((id) => id !== rowId))} />
      )}
      <CartBar comparing />
    </>
  );
}

function Side({ compared, onDrop }: { readonly compared: readonly Compared[]; readonly onDrop: (rowId: string) => void }) {
  const ready = compared.filter((each): each is Compared & { readonly report: Report } => each.report !== undefined);
  const alike = nearDuplicates(compared.map(({ row }) => row));
  const letterOf = (row: ResultRow): string => compared.find((each) => each.row.row_id === row.row_id)?.letter ?? "";
  return (
    <Grid>
      <Panel title="Results">
        <ul className={styles.results}>
          {compared.map(({ letter, row }) => (
            <li key={row.row_id}>
              <span className={styles.letter}>{letter}</span>
              <span className={styles.name}>
                <PlaceLink to={PLACE_OF.result(row.row_id)}>{nameOfResult(row)}</PlaceLink>
                <span className={styles.soft}>
                  {row.model_id} on {row.symbol}, {row.risk_profile}
                </span>
              </span>
              <GateChip status={row.gate.status} reasons={row.gate.reasons} />
              <DataMarks stamps={row.stamps} most={1} />
              <IconButton label={`Take ${letter} out of the comparison`} icon={X} small onClick={() => onDrop(row.row_id)} />
            </li>
          ))}
        </ul>
        {alike.length > 0 && (
          <p className={styles.soft}>
            Nearly the same: {alike.map(([a, b]) => `${letterOf(a)} and ${letterOf(b)}`).join("; ")}. They win and lose together, so one of
            them is enough.
          </p>
        )}
      </Panel>
      <Panel title="Equity and drawdown">
        {ready.length < compared.length ? (
          <Skeleton lines={6} />
        ) : (
          <EquityChart
            label="Equity of each result"
            series={ready.map(({ letter, report }) => ({ name: letter, dates: report.equity.dates, values: report.equity.strategy }))}
            note="1 is each one's start. Net of costs, on allocated capital; idle sessions count."
          />
        )}
      </Panel>
      <Panel title="Numbers" note="the best of each line is bold">
        <Numbers compared={compared} />
      </Panel>
      {ready.map(({ letter, row, report }) => (
        <Panel key={row.row_id} title={`Folds of ${letter}`} note="residual Sharpe ratio" span={compared.length === 1 ? 12 : 6}>
          <FoldBars
            label={`Residual Sharpe ratio of ${letter} by fold`}
            of="residual.sharpe"
            bars={report.folds.map(({ fold, test, trades, sharpe }) => ({
              name: `${fold + 1}`,
              value: sharpe,
              note: `${test.first} to ${test.last}, ${plural(trades, "trade")}`,
            }))}
            {...(row.metrics.residual.sharpe === null ? {} : { reference: { name: "All", value: row.metrics.residual.sharpe } })}
          />
        </Panel>
      ))}
      <Panel title="Hours" note="win rate by the hour of entry">
        <HourHeatmap
          label="Win rate by hour"
          of="win_rate"
          neutral={0.5}
          rows={compared.map(({ letter, row }) => ({
            name: letter,
            hours: row.metrics.hit_rate_by_hour as Record<string, number>,
            counts: row.metrics.trades_by_hour,
          }))}
        />
      </Panel>
      <Panel title="Risk budget" note="how much of each limit a result uses up">
        <Budgets compared={compared} />
      </Panel>
      <Panel title="Settings">
        <Settings compared={compared} />
      </Panel>
      <Panel title="Where they come from" note="what differs is marked">
        <Lineages compared={compared} />
      </Panel>
    </Grid>
  );
}

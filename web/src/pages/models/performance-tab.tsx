import { useMemo } from "react";
import { Sparkline } from "../../charts/sparkline.tsx";
import { type AnswerOf, useAsk } from "../../data/ask.ts";
import { Chip, StatusChip } from "../../ui/chip.tsx";
import { DataMarks } from "../../ui/data-mark.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Figure, Figures } from "../../ui/figure.tsx";
import { GateChip, GateReasons, LimitTable } from "../../ui/gate-chip.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Grid, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { formatNumber, plural } from "../../words/format.ts";
import { LIMITED, limitChecks } from "../../words/gate.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { LIFECYCLE_NAMES } from "../../words/runs.ts";
import { variantInWords } from "../../words/variant.ts";
import type { TaggedModel } from "./model-query.ts";
import styles from "./models.module.css";
import { holdoutVerdict } from "./outcome.ts";

type Performance = AnswerOf<"GET /models/{model_id}/performance">;
type Result = Performance["best"][number];
type Trained = Performance["trained"][number];

/** What the table of limits says already. */
const LIMITED_METRICS = new Set(Object.values(LIMITED).map(({ metric }) => metric));

const RESULTS: readonly Column<Result>[] = [
  {
    id: "variant",
    header: "Variant",
    value: ({ row }) => variantInWords(row.params),
    cell: ({ row }) =>
      row.sweep_id === null ? (
        variantInWords(row.params)
      ) : (
        <PlaceLink to={PLACE_OF.sweep(row.sweep_id)}>{variantInWords(row.params)}</PlaceLink>
      ),
    width: 176,
  },
  {
    id: "gate",
    header: "Gate",
    value: ({ row }) => row.gate.status,
    cell: ({ row }) => <GateChip status={row.gate.status} reasons={row.gate.reasons} />,
    width: 96,
    phone: "beside",
  },
  { id: "residual_sharpe", of: "residual.sharpe", value: ({ row }) => row.metrics.residual.sharpe, width: 122 },
  { id: "dsr", of: "dsr", value: ({ row }) => row.significance.dsr, width: 60 },
  { id: "pbo", of: "pbo", value: ({ row }) => row.significance.pbo, width: 60 },
  { id: "trials", of: "trials", value: ({ row }) => row.significance.trials, width: 66 },
  { id: "total_return", of: "total_return", value: ({ row }) => row.metrics.total_return, width: 84 },
  { id: "max_drawdown_pct", of: "max_drawdown_pct", value: ({ row }) => row.metrics.max_drawdown_pct, width: 80 },
  { id: "bets", of: "bets", value: ({ row }) => row.metrics.bets, width: 60 },
  {
    id: "equity",
    header: "Equity",
    value: ({ row }) => row.equity.at(-1),
    cell: ({ row }) => <Sparkline values={row.equity} label="Equity" />,
    width: 112,
    sortable: false,
    phone: "none",
  },
  {
    id: "current",
    header: "Found",
    value: ({ is_current }) => (is_current ? "as now" : "earlier"),
    cell: ({ is_current }) => <Chip tone={is_current ? "plain" : "warn"}>{is_current ? "as now" : "earlier"}</Chip>,
    width: 80,
  },
];

const TRAINED: readonly Column<Trained>[] = [
  {
    id: "trained_model_id",
    header: "Trained model",
    value: ({ trained_model_id }) => trained_model_id,
    cell: ({ trained_model_id }) => <PlaceLink to={PLACE_OF.trained(trained_model_id)}>{`${trained_model_id.slice(0, 11)}…`}</PlaceLink>,
    width: 124,
  },
  {
    id: "verdict",
    header: "Holdout says",
    value: ({ holdout }) => holdoutVerdict(holdout).name,
    cell: ({ holdout }) => {
      const { name, tone, says } = holdoutVerdict(holdout);
      return (
        <span title={says}>
          <Chip tone={tone}>{name}</Chip>
        </span>
      );
    },
    width: 112,
    phone: "beside",
  },
  {
    id: "status",
    header: "Stands",
    value: ({ status }) => status,
    cell: ({ status, proven }) => (
      <>
        <StatusChip status={status} name={LIFECYCLE_NAMES[status] ?? status} /> {!proven && <DataMarks stamps={["unproven"]} />}
      </>
    ),
    width: 194,
  },
  { id: "backtest", of: "holdout.backtest_sharpe", value: ({ holdout }) => holdout?.backtest_sharpe, width: 152 },
  { id: "sharpe", of: "holdout.sharpe", value: ({ holdout }) => holdout?.sharpe, width: 148 },
  { id: "p", of: "holdout.probability_this_low", value: ({ holdout }) => holdout?.probability_this_low, width: 130 },
  { id: "looks", of: "holdout.looks", value: ({ holdout }) => holdout?.looks, width: 60 },
  {
    id: "created_at",
    header: "Trained",
    value: ({ created_at }) => created_at,
    cell: ({ created_at }) => <Moment at={created_at} ago />,
    width: 104,
  },
];

/** The best that the model showed out of sample, what the gate says, and how it held on history that nothing had seen. */
export function PerformanceTab({ tagged: { detail } }: { readonly tagged: TaggedModel }) {
  const { pack_id, model_id } = detail;
  const query = useAsk("GET /models/{model_id}/performance", { params: { model_id }, query: { pack_id } }, { everyMs: 60_000 });
  return (
    <Loaded query={query} title="The performance could not be read">
      {(found) => <Shown found={found} limits={detail.limits} />}
    </Loaded>
  );
}

function Shown({ found, limits }: { readonly found: Performance; readonly limits: TaggedModel["detail"]["limits"] }) {
  const [best] = found.best;
  const earlier = found.best.filter(({ is_current }) => !is_current).length;
  const checks = useMemo(
    () => (best === undefined ? [] : limitChecks(best.row.metrics, best.row.significance, limits as Parameters<typeof limitChecks>[2])),
    [best, limits],
  );
  if (best === undefined)
    return (
      <Panel title="Best results">
        <EmptyState
          title="No result yet"
          action={
            <PlaceLink to={PLACE_OF.model(found.pack_id, found.model_id)} search={{ tab: "composer" }}>
              Open the Composer
            </PlaceLink>
          }
        >
          A backtest or a sweep puts results here. Each is judged by the gate, with every threshold counted as a trial.
        </EmptyState>
      </Panel>
    );
  const { row } = best;
  return (
    <Grid>
      <Panel title="Verdict" span={7} note="of the best result, out of sample">
        <p className={styles.says}>
          <GateChip status={row.gate.status} reasons={row.gate.reasons} limits={checks} /> {verdictOf(found)}
        </p>
        <Figures>
          <Figure of="residual.sharpe" value={row.metrics.residual.sharpe} />
          <Figure of="dsr" value={row.significance.dsr} why={row.significance.undefined_reasons["dsr"]} />
          <Figure of="pbo" value={row.significance.pbo} why={row.significance.undefined_reasons["pbo"]} />
          <Figure of="trials" value={row.significance.trials} />
          <Figure of="luck_sharpe" value={row.significance.luck_sharpe} />
          <Figure of="total_return" value={row.metrics.total_return} />
          <Figure of="max_drawdown_pct" value={row.metrics.max_drawdown_pct} />
          <Figure of="bets" value={row.metrics.bets} />
        </Figures>
        <p className={styles.says}>
          The deflated Sharpe ratio is the probability that the result is more than the best of{" "}
          {plural(row.significance.trials, "try", "tries")} by luck. PBO is the share of history splits in which the best variant did worse
          than half of all others afterwards.
        </p>
        <DataMarks stamps={row.stamps} />
      </Panel>
      <Panel title="Distance to each limit" span={5} note={`risk profile ${row.risk_profile}`}>
        <LimitTable limits={checks} />
        <GateReasons reasons={row.gate.reasons.filter(({ metric }) => !LIMITED_METRICS.has(metric))} />
      </Panel>
      <Panel
        title="Best results"
        note={earlier === 0 ? undefined : `${earlier} of them for an earlier definition of the model`}
        actions={
          <PlaceLink to={PAGE.leaderboard} search={{ model: found.model_id }}>
            Leaderboard
          </PlaceLink>
        }
      >
        <DataTable
          caption="best results of the model"
          columns={RESULTS}
          rows={found.best}
          rowKey={(each) => each.row.row_id}
          csvName={`results-${found.model_id}`}
        />
      </Panel>
      <Panel title="Holdout against backtest" note="the untouched end of the history; it can only veto">
        {found.trained.length === 0 ? (
          <EmptyState title="Nothing was trained yet">
            Training a result fits its model anew and looks at the holdout once. The comparison of both stands here.
          </EmptyState>
        ) : (
          <>
            <ul className={styles.lines}>
              {found.trained.slice(0, 3).map(({ trained_model_id, holdout }) => (
                <li key={trained_model_id}>
                  <PlaceLink to={PLACE_OF.trained(trained_model_id)}>{`${trained_model_id.slice(0, 11)}…`}</PlaceLink>:{" "}
                  {holdoutVerdict(holdout).says}
                </li>
              ))}
            </ul>
            <DataTable
              caption="trained models"
              columns={TRAINED}
              rows={found.trained}
              rowKey={({ trained_model_id }) => trained_model_id}
              csvName={`holdouts-${found.model_id}`}
            />
          </>
        )}
      </Panel>
    </Grid>
  );
}

function verdictOf({ best, best_passed }: Performance): string {
  if (best_passed !== null)
    return `The gate passes at least one result of this model${best_passed.is_current ? "" : ", of an earlier definition"}.`;
  const { row } = best[0]!;
  const asked = row.gate.reasons.find(({ code }) => code === "dsr_below_min")?.limit;
  return typeof asked === "number"
    ? `No result passed: the best one's deflated Sharpe ratio is ${formatNumber(row.significance.dsr, "ratio")}, the gate asks for ${formatNumber(asked, "ratio")}.`
    : `No result passed: the best one misses ${plural(row.gate.reasons.length, "limit")}.`;
}

import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { type RowOf, useAsk, useRows } from "../../data/ask.ts";
import { useCart } from "../../data/cart.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Figure, Figures, TermName } from "../../ui/figure.tsx";
import { Identifier } from "../../ui/identifier.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Grid, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { chosenFrom } from "../../ui/results/chosen.ts";
import { resultColumns } from "../../ui/results/result-columns.tsx";
import { ResultDrawer } from "../../ui/results/result-drawer.tsx";
import type { ResultRow } from "../../ui/results/result-row.ts";
import { ResultScatter } from "../../ui/results/result-scatter.tsx";
import { Loaded } from "../../ui/states.tsx";
import { formatNumber, plural } from "../../words/format.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { bestInWords } from "../../words/verdict.ts";
import { Compositions } from "./compositions.tsx";
import { luckInWords, overfittingInWords, selectionInWords, trialsInWords, warningInWords } from "./sweep-words.ts";
import styles from "./sweeps.module.css";
import { VerdictCounts } from "./verdict-counts.tsx";

type Sweep = RowOf<"GET /sweeps">;

const keyOf = ({ row_id }: ResultRow): string => row_id;
/** Rows that are read without being asked for: what a simple sweep has, and the best of a large one. */
const FIRST_ROWS = 200;

/** What a finished sweep found. */
export function SweepResults({ sweep }: { readonly sweep: Sweep }) {
  const query = useRows("GET /sweeps/{sweep_id}/results", { params: { sweep_id: sweep.sweep_id }, query: { limit: FIRST_ROWS } });
  return (
    <Loaded query={query} title="The results could not be read">
      {(rows) => (
        <Found
          sweep={sweep}
          rows={rows}
          more={query.hasNextPage ? { read: () => query.fetchNextPage(), isReading: query.isFetchingNextPage } : undefined}
        />
      )}
    </Loaded>
  );
}

interface FoundProps {
  readonly sweep: Sweep;
  readonly rows: readonly ResultRow[];
  readonly more: { readonly read: () => Promise<unknown>; readonly isReading: boolean } | undefined;
}

function Found({ sweep, rows, more }: FoundProps) {
  const { q, sort, row: open } = getRouteApi("/sweeps/$sweepId").useSearch();
  const navigate = useNavigate({ from: "/sweeps/$sweepId" });
  const change = (
    next: { readonly q?: string | undefined; readonly sort?: string; readonly row?: string | undefined },
    replace: boolean,
  ): void =>
    void navigate({
      search: (before: object) =>
        Object.fromEntries(Object.entries({ ...before, ...next }).filter(([, value]) => value !== undefined)) as never,
      replace,
      resetScroll: false,
    });
  const [cart, choose] = useCart();
  const keys = useMemo(() => new Set(cart.map(({ row_id }) => row_id)), [cart]);
  const model = useAsk("GET /models/{model_id}", { params: { model_id: sweep.model_id }, query: { pack_id: sweep.pack_id } });
  const limits =
    sweep.compositions.length === 0 && model.data?.config.risk_profile === sweep.risk_profile
      ? (model.data.limits as RiskBudget)
      : undefined;
  const columns = useMemo(() => resultColumns({ ofModels: false, limits }), [limits]);
  const openRow = rows.find(({ row_id }) => row_id === open);
  const best = rows.find(({ row_id }) => row_id === sweep.best_rows[0]);
  const verdict = bestInWords(rows, "variant", sweep.variants);
  useEffect(() => {
    // A link to a row of a later page reads on until it is there.
    if (open !== undefined && openRow === undefined && more !== undefined && !more.isReading) void more.read();
  }, [open, openRow, more]);

  return (
    <>
      <Grid>
        <Panel>
          <p className={styles.verdict}>{verdict ?? "No variant finished."}</p>
          {sweep.remedy !== "" && <p>{sweep.remedy}</p>}
          <Figures>
            <Figure of="dsr" value={sweep.dsr_best} label="Highest DSR" large />
            <Figure of="luck_sharpe" value={sweep.luck_sharpe} large />
            <Figure of="pbo" value={sweep.pbo} large />
            <Figure of="p_oos_loss" value={sweep.p_oos_loss} large />
            <Figure of="trials" value={sweep.trials} large />
          </Figures>
          <div className={styles.facts}>
            <VerdictCounts counts={sweep} />
            <span>{trialsInWords(sweep)}</span>
          </div>
        </Panel>
        <Panel title="How far luck explains it" span={5}>
          <dl className={styles.sentences}>
            <dt>
              <TermName of="trials" />
            </dt>
            <dd>Every variant that was ever tried on this model and history counts, in this sweep and before: each one raises the bar.</dd>
            <dt>
              <TermName of="dsr" />
            </dt>
            <dd>{luckInWords(sweep)}</dd>
            <dt>
              <TermName of="pbo" />
            </dt>
            <dd>{overfittingInWords(sweep)}</dd>
            <dt>
              <TermName of="log_loss" />
            </dt>
            <dd>
              Out of sample {formatNumber(sweep.log_loss, "score4")}, base rates alone {formatNumber(sweep.prior_log_loss, "score4")}:{" "}
              {sweep.log_loss !== null && sweep.prior_log_loss !== null && sweep.log_loss < sweep.prior_log_loss
                ? "the forecasts know something."
                : "the forecasts know nothing that base rates do not, so nothing here can pass."}
            </dd>
          </dl>
        </Panel>
        <Panel title="Every variant" note="the line is what luck alone would show" span={7}>
          <ResultScatter rows={rows} chosen={keys} onPick={(row) => change({ row }, false)} luckSharpe={sweep.luck_sharpe} />
        </Panel>
        {best !== undefined && (
          <Panel title="Recommended" span={sweep.compositions.length > 0 ? 12 : 7}>
            <p>
              <PlaceLink to={PLACE_OF.result(best.row_id)}>{selectionInWords(sweep.selection, best)}</PlaceLink>
            </p>
            {best.plateau !== null && (
              <Figures>
                <Figure of="plateau.neighbours" value={best.plateau.neighbours} />
                <Figure of="plateau.profitable_share" value={best.plateau.profitable_share} />
                <Figure of="plateau.mean_neighbour_score" value={best.plateau.mean_neighbour_score} />
                <Figure of="plateau.height" value={best.plateau.height} />
              </Figures>
            )}
            <p className={styles.soft}>
              A plateau is a region of the grid where the neighbors are good, too: a lone peak is most likely a fit to noise, so the center
              of the best region is recommended where choosing the highest would add nothing.
            </p>
          </Panel>
        )}
        <Panel title="Where it comes from" span={5}>
          <dl className={styles.lineage}>
            <dt>Finished</dt>
            <dd>
              <Moment at={sweep.created_at} />
            </dd>
            <dt>Model</dt>
            <dd>
              <PlaceLink to={PLACE_OF.model(sweep.pack_id, sweep.model_id)}>{sweep.model_id}</PlaceLink> of {sweep.pack_id},{" "}
              {sweep.risk_profile}
            </dd>
            <dt>Run</dt>
            <dd>
              <PlaceLink to={PLACE_OF.run(sweep.run_id)}>{sweep.run_id}</PlaceLink>
            </dd>
            <dt>Sweep</dt>
            <dd>
              <Identifier id={sweep.sweep_id} most={28} />
            </dd>
            {sweep.warnings.length > 0 && (
              <>
                <dt>Warnings</dt>
                <dd>{sweep.warnings.map(warningInWords).join(" ")}</dd>
              </>
            )}
          </dl>
        </Panel>
        {sweep.compositions.length > 0 && (
          <Panel title="Compositions" note="each way to put the model together, under the same grid">
            <Compositions compositions={sweep.compositions} />
          </Panel>
        )}
        <Panel
          title="Variants"
          note={`${plural(sweep.variants, "variant")}, ${formatNumber(sweep.distinct, "count")} of them distinct, which the leaderboard has`}
          actions={
            <PlaceLink to={PAGE.leaderboard} search={{ sweep: sweep.sweep_id }} className={buttonClass("plain", true)}>
              On the leaderboard
            </PlaceLink>
          }
        >
          <DataTable
            caption="variants"
            columns={columns}
            rows={rows}
            rowKey={keyOf}
            sort={sort ?? "-score"}
            onSort={(next) => change({ sort: next }, true)}
            search={q ?? ""}
            onSearch={(next) => change({ q: next === "" ? undefined : next }, true)}
            selection={{
              keys,
              onChange: (next) => choose(chosenFrom(cart, rows, next)),
              refuses: ({ duplicate_of }) => (duplicate_of === null ? undefined : "Its trades are those of another variant, which counts"),
            }}
            onOpen={({ row_id }) => change({ row: row_id }, false)}
            currentKey={open}
            csvName={`sweep-${sweep.sweep_id}`}
          />
          {more !== undefined && (
            <div>
              <Button small busy={more.isReading} onClick={() => void more.read()}>
                Read {FIRST_ROWS} more of {formatNumber(sweep.variants, "count")}
              </Button>
            </div>
          )}
        </Panel>
      </Grid>
      <ResultDrawer row={openRow} onClose={() => change({ row: undefined }, false)} />
    </>
  );
}

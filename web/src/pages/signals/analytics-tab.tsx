import { useMemo } from "react";
import { FoldBars } from "../../charts/fold-bars.tsx";
import { HourHeatmap } from "../../charts/hour-heatmap.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Figure, Figures } from "../../ui/figure.tsx";
import { Grid, Panel, Stack } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { formatNumber, plural } from "../../words/format.ts";
import { PAGE } from "../../words/places.ts";
import { stepInWords } from "../../words/runs.ts";
import { REASON_NAMES } from "../../words/signals.ts";
import { confidenceBins, countHours, countSides, holdReasons } from "./signal-counts.ts";
import { fits, type SignalFilter } from "./signal-filter.ts";
import styles from "./signals.module.css";
import { LogExtent, useWholeLog } from "./whole-log.tsx";

export interface AnalyticsTabProps {
  readonly filter: SignalFilter;
  readonly filters: React.ReactNode;
  readonly action: React.ReactNode;
}

interface HeldBack {
  readonly code: string;
  readonly count: number;
  readonly share: number;
}

const REASONS: readonly Column<HeldBack>[] = [
  { id: "reason", header: "First reason", value: ({ code }) => REASON_NAMES[code] ?? stepInWords(code), width: 260 },
  {
    id: "count",
    header: "Decisions",
    value: ({ count }) => count,
    cell: ({ count }) => formatNumber(count, "count"),
    align: "right",
    width: 96,
  },
  {
    id: "share",
    header: "Share",
    value: ({ share }) => share,
    cell: ({ share }) => formatNumber(share, "share"),
    align: "right",
    width: 84,
    phone: "beside",
  },
];

/** What the log adds up to: sides, hours, confidence, and what held decisions back. */
export function AnalyticsTab({ filter, filters, action }: AnalyticsTabProps) {
  const log = useWholeLog(filter.model);
  const all = log.data;
  const rows = useMemo(() => (all ?? []).filter((row) => fits(row, filter)), [all, filter]);
  const sides = countSides(rows);
  const acted = rows.filter(({ signal }) => signal !== "HOLD");
  const held = holdReasons(rows);
  const reasons = useMemo(() => held.map((each): HeldBack => ({ ...each, share: each.count / sides.HOLD })), [held, sides.HOLD]);
  return (
    <Loaded query={log} title="The log could not be read">
      {() => (
        <Grid>
          <Panel title="Decisions" actions={filters}>
            {rows.length === 0 ? (
              <EmptyState title="Nothing to count" action={action}>
                No decision of the log fits. Published models write one after each close.
              </EmptyState>
            ) : (
              <>
                <Figures>
                  <Figure of="signals.count" label="Decisions" value={sides.all} />
                  <Figure of="signals.count" label="BUY" value={sides.BUY} />
                  <Figure of="signals.count" label="SELL" value={sides.SELL} />
                  <Figure of="signals.count" label="HOLD" value={sides.HOLD} />
                  <Figure of="signals.acted_share" value={acted.length / sides.all} />
                </Figures>
                <p className={styles.soft}>
                  <LogExtent log={log} />
                </p>
              </>
            )}
          </Panel>
          {rows.length > 0 && (
            <>
              <Stack span={7}>
                <Panel title="By model and hour">
                  <HourHeatmap label="Decisions by model and hour" of="signals.count" rows={countHours(rows)} hour="the decision" />
                </Panel>
                <Panel title="What held decisions back" note={plural(sides.HOLD, "HOLD", "HOLDs")}>
                  {held.length === 0 ? (
                    <p className={styles.soft}>Nothing: every decision was BUY or SELL.</p>
                  ) : (
                    <DataTable
                      caption="reasons that held decisions back"
                      columns={REASONS}
                      rows={reasons}
                      rowKey={({ code }) => code}
                      sort="-count"
                    />
                  )}
                </Panel>
              </Stack>
              <Stack span={5}>
                <Panel title="Confidence" note="Of BUY and SELL">
                  {acted.length === 0 ? (
                    <p className={styles.soft}>Every decision was HOLD, so there is no confidence to show.</p>
                  ) : (
                    <FoldBars label="Decisions by confidence" of="signals.count" bars={confidenceBins(acted)} />
                  )}
                </Panel>
                <Panel title="Hit rates">
                  <p className={styles.soft}>
                    Not shown: what came of a signal is not recorded yet, and a hit rate without outcomes would be invented. How often the
                    probabilities of a model came true out of sample, and how its holdout went, stands on{" "}
                    <PlaceLink to={PAGE.trained}>its page among the trained models</PlaceLink>.
                  </p>
                </Panel>
              </Stack>
            </>
          )}
        </Grid>
      )}
    </Loaded>
  );
}

import { useMemo } from "react";
import { FoldBars } from "../../charts/fold-bars.tsx";
import { HourHeatmap } from "../../charts/hour-heatmap.tsx";
import { Figure, Figures } from "../../ui/figure.tsx";
import { Grid, Panel, Stack } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
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

/** What the log adds up to: sides, hours, confidence, and what held decisions back. */
export function AnalyticsTab({ filter, filters, action }: AnalyticsTabProps) {
  const log = useWholeLog(filter.model);
  const all = log.data;
  const rows = useMemo(() => (all ?? []).filter((row) => fits(row, filter)), [all, filter]);
  const sides = countSides(rows);
  const acted = rows.filter(({ signal }) => signal !== "HOLD");
  const held = holdReasons(rows);
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
                    <table className={styles.table}>
                      <thead>
                        <tr>
                          <th scope="col">First reason</th>
                          <th scope="col">Decisions</th>
                          <th scope="col">Share</th>
                        </tr>
                      </thead>
                      <tbody>
                        {held.map(({ code, count }) => (
                          <tr key={code}>
                            <th scope="row">{REASON_NAMES[code] ?? stepInWords(code)}</th>
                            <td>{formatNumber(count, "count")}</td>
                            <td>{formatNumber(count / sides.HOLD, "share")}</td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
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

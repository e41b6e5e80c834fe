import { nextTick } from "#infra/timer-ticks.ts";
import { TIMER_TIMES } from "#infra/timers.ts";
import { Moment } from "../../ui/moment.tsx";
import { Explained } from "../../ui/tooltip.tsx";
import styles from "./dashboard.module.css";

const NAMES: Readonly<Record<string, string>> = {
  Rebuild: "Rebuild",
  Volatility: "Volatility",
  DailySignals: "Signals, daily",
  HourlySignals: "Signals, hourly",
};

/** When each scheduled work comes next, on New York's clock. */
export function NextTicks({ now }: { readonly now: number }) {
  const next = TIMER_TIMES.map((timer) => ({ timer, at: nextTick(now, [timer]).at })).sort((a, b) => a.at - b.at);
  return (
    <div className={styles.schedule}>
      <h3>
        <Explained
          title="Schedule"
          says="Monday to Friday. In the cloud it runs by itself; on one machine while `sigma schedule` runs. On holidays no bar has closed, so nothing is written."
        >
          Next on the schedule
        </Explained>
      </h3>
      <dl className={styles.facts}>
        {next.map(({ timer, at }) => (
          <div key={timer.id} style={{ display: "contents" }}>
            <dt title={timer.description}>{NAMES[timer.id] ?? timer.id}</dt>
            <dd>
              <Moment at={at} />{" "}
              <span className={styles.soft}>
                <Moment at={at} ago />
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

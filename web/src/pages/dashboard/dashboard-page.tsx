import { useAsk } from "../../data/ask.ts";
import { useNow } from "../../data/now.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Grid, PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { PAGE } from "../../words/places.ts";
import { type Attention, attentionOf, firstSteps } from "./attention.ts";
import { BestResults } from "./best-results.tsx";
import styles from "./dashboard.module.css";
import { FirstSteps } from "./first-steps.tsx";
import { Health } from "./health.tsx";
import { LiveModels } from "./live-models.tsx";
import { RecentRuns } from "./recent-runs.tsx";
import { NextTicks } from "./schedule.tsx";

const MINUTE_MS = 60_000;

/** How things stand: what needs a look, what is live, the best results, what runs, and whether every part works. */
export function DashboardPage() {
  const now = useNow();
  const models = useAsk("GET /models", { query: { limit: 200 } });
  const runs = useAsk(
    "GET /runs",
    { query: { limit: 50 } },
    { everyMs: (answer) => (answer?.rows.some(({ status }) => status === "running") ? MINUTE_MS / 12 : MINUTE_MS / 4) },
  );
  const best = useAsk("GET /leaderboard", { query: { limit: 8 } }, { everyMs: MINUTE_MS });
  const trained = useAsk("GET /trained_models", { query: { limit: 200 } }, { everyMs: MINUTE_MS });

  const attention = attentionOf(runs.data?.rows ?? [], trained.data?.rows ?? [], now);
  const published = trained.data?.rows.some(({ status }) => status === "published") ?? false;
  const steps =
    models.data !== undefined && best.data !== undefined && trained.data !== undefined && !published
      ? firstSteps({
          ownModels: models.data.rows.filter(({ created_at }) => created_at !== null),
          hasResults: best.data.rows.length > 0,
          hasTrained: trained.data.rows.length > 0,
          hasPublished: published,
        })
      : undefined;

  return (
    <>
      <PageHeader
        title="Dashboard"
        // The first step is the same, and says what comes of it.
        actions={
          steps?.[0]?.done !== false && (
            <PlaceLink to={PAGE.createModel} className={buttonClass("primary")}>
              Create a model
            </PlaceLink>
          )
        }
      />
      <Grid>
        {steps !== undefined && (
          <Panel title="From an idea to a signal">
            <FirstSteps steps={steps} />
          </Panel>
        )}
        {attention.length > 0 && (
          <Panel title="Needs a look">
            <AttentionList items={attention} />
          </Panel>
        )}
        <Panel title="Live models" note="published to paper" actions={<PlaceLink to={PAGE.trained}>All trained models</PlaceLink>}>
          <LiveModels query={trained} />
        </Panel>
        <Panel title="Best results" note="by score, after the gate" actions={<PlaceLink to={PAGE.leaderboard}>Leaderboard</PlaceLink>}>
          <BestResults query={best} />
        </Panel>
        <Panel title="Recent runs" span={8} actions={<PlaceLink to={PAGE.runs}>All runs</PlaceLink>}>
          <RecentRuns query={runs} />
        </Panel>
        <Panel title="System" span={4}>
          <Health />
          <NextTicks now={now} />
        </Panel>
      </Grid>
    </>
  );
}

function AttentionList({ items }: { readonly items: readonly Attention[] }) {
  return (
    <ul className={styles.items}>
      {items.map(({ key, title, says, to, at }) => (
        <li key={key}>
          <div className={styles.itemHead}>
            <PlaceLink to={to}>{title}</PlaceLink>
            {at !== null && (
              <span className={styles.soft}>
                <Moment at={at} ago />
              </span>
            )}
          </div>
          <p className={styles.soft}>{says}</p>
        </li>
      ))}
    </ul>
  );
}

import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Target } from "lucide-react";
import { useMemo, useState } from "react";
import { useRows } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { PageHeader } from "../../ui/panel.tsx";
import { Pick } from "../../ui/pick.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { AnalyticsTab } from "./analytics-tab.tsx";
import { LeaderboardTab } from "./leaderboard-tab.tsx";
import { LiveTab } from "./live-tab.tsx";
import { LogTab } from "./log-tab.tsx";
import { ScoreDialog } from "./score-dialog.tsx";

const route = getRouteApi("/signals");

const SIDES = (["BUY", "SELL", "HOLD"] as const).map((value) => ({ value, label: value }));

/** What published models decide: as it comes, ranked by model, as a log, and counted. */
export function SignalsPage() {
  const search = route.useSearch();
  const { tab = "live", model, ticker, side, q, sort } = search;
  const navigate = useNavigate({ from: "/signals" });
  const [scoring, setScoring] = useState(false);
  const set = (change: Partial<Record<keyof typeof search, string | undefined>>, replace = true): void =>
    void navigate({ search: (before) => ({ ...before, ...change }) as never, replace });
  const models = useRows("GET /trained_models", { query: { limit: 200 } });
  const modelOptions = useMemo(() => optionsOf([...(models.data ?? []).map(({ model_id }) => model_id), model]), [models.data, model]);
  const newest = useRows("GET /signals", { query: { limit: 200 } });
  const tickerOptions = useMemo(() => optionsOf([...(newest.data ?? []).map((signal) => signal.ticker), ticker]), [newest.data, ticker]);
  const filter = useMemo(() => ({ model, ticker, side }), [model, ticker, side]);

  const filters = (
    <>
      <Pick label="Side" any="Any side" value={side} options={SIDES} onPick={(value) => set({ side: value })} />
      {modelOptions.length > 1 || model !== undefined ? (
        <Pick label="Model" any="Any model" value={model} options={modelOptions} onPick={(value) => set({ model: value })} />
      ) : null}
      {tickerOptions.length > 1 || ticker !== undefined ? (
        <Pick label="Ticker" any="Any ticker" value={ticker} options={tickerOptions} onPick={(value) => set({ ticker: value })} />
      ) : null}
    </>
  );
  const score = (
    <Button icon={Target} onClick={() => setScoring(true)}>
      Score now
    </Button>
  );

  return (
    <>
      <PageHeader
        title="Signals"
        lead="Every decision of the models that are published to paper: BUY, SELL or HOLD, with the reasons, the probability behind it and what it would take to act on it. Nothing here is sent to a broker."
        actions={score}
      />
      <Tabs
        label="Views of the signals"
        value={tab}
        onChange={(next) => set({ tab: next === "live" ? undefined : next, sort: undefined }, false)}
        tabs={[
          { value: "live", label: "Live", content: <LiveTab filter={filter} filters={filters} action={score} /> },
          { value: "leaderboard", label: "Leaderboard", content: <LeaderboardTab sort={sort} onSort={(next) => set({ sort: next })} /> },
          {
            value: "log",
            label: "Log",
            content: (
              <LogTab
                filter={filter}
                filters={filters}
                action={score}
                sort={sort}
                search={q}
                onChange={set}
                onClear={() => set({ model: undefined, ticker: undefined, side: undefined, q: undefined })}
              />
            ),
          },
          { value: "analytics", label: "Analytics", content: <AnalyticsTab filter={filter} filters={filters} action={score} /> },
        ]}
      />
      {scoring && <ScoreDialog onClose={() => setScoring(false)} />}
    </>
  );
}

const optionsOf = (values: readonly (string | undefined)[]) =>
  [...new Set(values.filter((value) => value !== undefined))].sort().map((value) => ({ value, label: value }));

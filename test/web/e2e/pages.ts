import type { Kinds, World } from "./support/world.ts";

export interface AppPage<W = World> {
  /** Names it in reports, and its picture in docs/images. */
  readonly name: string;
  /** Below the server's address. */
  readonly path: (world: W) => string;
  /** The document shows its picture, as `docs/images/app-NAME.webp`. */
  readonly picture?: true;
}

/** Every page of the app, with the data of the demo: each is looked at in both themes and at both widths. */
export const PAGES: readonly AppPage[] = [
  { name: "dashboard", path: () => "/app/", picture: true },
  { name: "packs", path: () => "/app/packs", picture: true },
  { name: "packs-found", path: () => "/app/packs?q=conservative+long-only+swing" },
  { name: "pack", path: ({ packId }) => `/app/packs/${packId}`, picture: true },
  { name: "pack-templates", path: ({ packId }) => `/app/packs/${packId}?tab=templates` },
  { name: "pack-indicators", path: ({ packId }) => `/app/packs/${packId}?tab=indicators&indicator=rsi` },
  { name: "pack-strategies", path: ({ packId }) => `/app/packs/${packId}?tab=strategies` },
  { name: "pack-risk", path: ({ packId }) => `/app/packs/${packId}?tab=risk` },
  { name: "pack-policies", path: ({ packId }) => `/app/packs/${packId}?tab=policies` },
  { name: "pack-checks", path: ({ packId }) => `/app/packs/${packId}?tab=checks` },
  { name: "pack-scan", path: ({ packId }) => `/app/packs/${packId}?tab=scan` },
  { name: "pack-documents", path: ({ packId }) => `/app/packs/${packId}?tab=documents` },
  { name: "pack-builder", path: () => "/app/packs/new", picture: true },
  { name: "models", path: () => "/app/models", picture: true },
  { name: "model", path: ({ packId, modelId }) => `/app/models/${packId}/${modelId}`, picture: true },
  { name: "model-composer", path: ({ packId, modelId }) => `/app/models/${packId}/${modelId}?tab=composer`, picture: true },
  { name: "model-config", path: ({ packId, modelId }) => `/app/models/${packId}/${modelId}?tab=config&against=template` },
  { name: "model-matrix", path: ({ packId, modelId }) => `/app/models/${packId}/${modelId}?tab=matrix`, picture: true },
  { name: "model-runs", path: ({ packId, modelId }) => `/app/models/${packId}/${modelId}?tab=runs` },
  { name: "model-card", path: ({ packId, modelId }) => `/app/models/${packId}/${modelId}?tab=card` },
  { name: "model-performance", path: ({ packId, modelId }) => `/app/models/${packId}/${modelId}?tab=performance`, picture: true },
  { name: "create", path: () => "/app/create", picture: true },
  { name: "create-basics", path: () => "/app/create?step=basics&pack=swingsigma&template=swing_eq_daily_close" },
  { name: "create-indicators", path: () => "/app/create?step=indicators&pack=swingsigma&template=swing_eq_daily_close" },
  { name: "create-settings", path: () => "/app/create?step=settings&pack=swingsigma&template=swing_eq_daily_close" },
  { name: "create-preview", path: () => "/app/create?step=preview&pack=swingsigma&template=swing_eq_daily_close", picture: true },
  { name: "create-run", path: () => "/app/create?step=run&pack=swingsigma&template=swing_eq_daily_close" },
  { name: "create-flow", path: () => "/app/create?step=flow&pack=zerosigma&template=hourly_next_hour" },
  { name: "runs", path: () => "/app/runs", picture: true },
  { name: "run-sweep", path: ({ sweepRunId }) => `/app/runs/${sweepRunId}`, picture: true },
  { name: "run-backtest", path: ({ backtestRunId }) => `/app/runs/${backtestRunId}` },
  { name: "trained", path: () => "/app/trained", picture: true },
  { name: "trained-model", path: ({ trainedModelId }) => `/app/trained/${trainedModelId}`, picture: true },
  { name: "signals", path: () => "/app/signals", picture: true },
  { name: "signals-leaderboard", path: () => "/app/signals?tab=leaderboard" },
  { name: "signals-log", path: () => "/app/signals?tab=log" },
  { name: "signals-analytics", path: () => "/app/signals?tab=analytics" },
  { name: "signal", path: ({ signalId }) => `/app/signals/${signalId}`, picture: true },
  { name: "admin", path: () => "/app/admin", picture: true },
  { name: "admin-jobs", path: () => "/app/admin?tab=jobs" },
  { name: "admin-reviews", path: () => "/app/admin?tab=reviews" },
  { name: "sweeps", path: () => "/app/sweeps", picture: true },
  { name: "sweep", path: ({ sweepId }) => `/app/sweeps/${sweepId}`, picture: true },
  { name: "sweep-row", path: ({ sweepId, rowIds }) => `/app/sweeps/${sweepId}?row=${rowIds[0]}` },
  { name: "new-sweep", path: ({ packId, modelId }) => `/app/sweeps/new?pack=${packId}&model=${modelId}`, picture: true },
  { name: "leaderboard", path: () => "/app/leaderboard", picture: true },
  { name: "leaderboard-none", path: () => "/app/leaderboard?gate=PASS&symbol=SPX" },
  { name: "compare", path: ({ rowIds }) => `/app/compare?rows=${encodeURIComponent(JSON.stringify(rowIds.slice(0, 3)))}`, picture: true },
  { name: "compare-none", path: () => "/app/compare" },
  { name: "backtest", path: ({ backtestRunId }) => `/app/backtests/${backtestRunId}`, picture: true },
  { name: "backtest-trades", path: ({ backtestRunId }) => `/app/backtests/${backtestRunId}?tab=trades` },
  { name: "backtest-price", path: ({ backtestRunId }) => `/app/backtests/${backtestRunId}?tab=price` },
  { name: "backtest-model", path: ({ backtestRunId }) => `/app/backtests/${backtestRunId}?tab=model` },
  { name: "result-price", path: ({ rowIds }) => `/app/results/${rowIds[0]}?tab=price&trade=3`, picture: true },
];

const simulated = (path: string): string => `${path}${path.includes("?") ? "&" : "?"}workspace=simulated`;
const modelOf = ({ packId, modelId }: Kinds["brackets"], tab: string): string => simulated(`/app/models/${packId}/${modelId}${tab}`);
const backtestOf = ({ runId }: Kinds["brackets"], tab: string): string => simulated(`/app/backtests/${runId}${tab}`);

/** Pages that say other things of hourly bars with brackets, and of option contracts, than the demo's daily shares give them to say. */
export const KIND_PAGES: readonly AppPage<Kinds>[] = [
  { name: "hourly-backtest", path: ({ brackets }) => backtestOf(brackets, "") },
  { name: "hourly-trades", path: ({ brackets }) => backtestOf(brackets, "?tab=trades") },
  { name: "hourly-price", path: ({ brackets }) => backtestOf(brackets, "?tab=price") },
  { name: "hourly-trade", path: ({ brackets }) => backtestOf(brackets, "?tab=price&trade=4"), picture: true },
  { name: "hourly-designer", path: ({ brackets }) => modelOf(brackets, "") },
  { name: "hourly-matrix", path: ({ brackets }) => modelOf(brackets, "?tab=matrix") },
  { name: "options-backtest", path: ({ contracts }) => backtestOf(contracts, "") },
  { name: "options-trades", path: ({ contracts }) => backtestOf(contracts, "?tab=trades") },
  { name: "options-price", path: ({ contracts }) => backtestOf(contracts, "?tab=price") },
  { name: "options-trade", path: ({ contracts }) => backtestOf(contracts, "?tab=price&trade=3") },
  { name: "options-forecasts", path: ({ contracts }) => backtestOf(contracts, "?tab=model") },
  { name: "options-designer", path: ({ contracts }) => modelOf(contracts, "") },
  { name: "options-composer", path: ({ contracts }) => modelOf(contracts, "?tab=composer") },
  { name: "options-matrix", path: ({ contracts }) => modelOf(contracts, "?tab=matrix") },
  { name: "options-trained", path: ({ contracts }) => simulated(`/app/trained/${contracts.trainedModelId}`) },
  { name: "options-signal", path: ({ contracts }) => simulated(`/app/signals/${contracts.signalId}`) },
  { name: "options-signals", path: () => simulated("/app/signals?tab=log") },
  { name: "kinds-leaderboard", path: () => simulated("/app/leaderboard") },
  {
    name: "kinds-compare",
    path: ({ brackets, contracts }) =>
      simulated(`/app/compare?rows=${encodeURIComponent(JSON.stringify([brackets.rowId, contracts.rowId]))}`),
  },
  {
    name: "options-new-sweep",
    path: ({ contracts: { packId, modelId } }) => simulated(`/app/sweeps/new?pack=${packId}&model=${modelId}`),
  },
];

import { createRootRoute, createRoute, lazyRouteComponent, retainSearchParams } from "@tanstack/react-router";
import { dayIn, flagIn, given, idIn, listIn, oneIn, symbolIn, textIn } from "../data/search.ts";
import { openWorkspace } from "../data/workspace.ts";
import { Frame } from "./frame.tsx";
import { NotFound, PageError } from "./page-error.tsx";

/** Parts of a report, of which one is open. */
const REPORT_TABS = ["summary", "trades", "price", "model"] as const;

/** Of a report, whether of a backtest or of one result of it. */
const reportSearch = (search: Record<string, unknown>) =>
  given({
    tab: oneIn(search, "tab", REPORT_TABS),
    sort: textIn(search, "sort"),
    trade: textIn(search, "trade", 9),
    fold: textIn(search, "fold", 9),
  });

/** The workspace stands in the address, so that a link leads to what its sender saw. */
interface RootSearch {
  readonly workspace?: "simulated" | undefined;
}

const RUN_MACHINES = [
  "build",
  "backtest",
  "sweep",
  "calibrate",
  "train",
  "publish",
  "pipeline",
  "rebuild",
  "volatility",
  "signals",
] as const;
const RUN_STATUSES = ["running", "succeeded", "failed", "canceled", "interrupted"] as const;

const root = createRootRoute({
  component: Frame,
  errorComponent: PageError,
  notFoundComponent: NotFound,
  validateSearch: ({ workspace }: Record<string, unknown>): RootSearch => (workspace === "simulated" ? { workspace } : {}),
  search: { middlewares: [retainSearchParams(["workspace"])] },
  // A link that is only hovered over opens nothing.
  beforeLoad: ({ search, cause }) => {
    if (cause !== "preload") openWorkspace(search.workspace);
  },
});

const dashboard = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("../pages/dashboard/dashboard-page.tsx"), "DashboardPage"),
});

const runs = createRoute({
  getParentRoute: () => root,
  path: "/runs",
  validateSearch: (search) =>
    given({
      machine: oneIn(search, "machine", RUN_MACHINES),
      status: oneIn(search, "status", RUN_STATUSES),
      model: textIn(search, "model", 64),
      q: textIn(search, "q"),
      sort: textIn(search, "sort", 40),
    }),
  component: lazyRouteComponent(() => import("../pages/runs/runs-page.tsx"), "RunsPage"),
});

const run = createRoute({
  getParentRoute: () => root,
  path: "/runs/$runId",
  component: lazyRouteComponent(() => import("../pages/runs/run-page.tsx"), "RunPage"),
});

const packs = createRoute({
  getParentRoute: () => root,
  path: "/packs",
  component: lazyRouteComponent(() => import("../pages/packs/packs-page.tsx"), "PacksPage"),
  validateSearch: (search: Record<string, unknown>) => given({ q: textIn(search, "q") }),
});

const packBuilder = createRoute({
  getParentRoute: () => root,
  path: "/packs/new",
  component: lazyRouteComponent(() => import("../pages/packs/builder/builder-page.tsx"), "BuilderPage"),
  validateSearch: (search: Record<string, unknown>) =>
    given({
      draft: textIn(search, "draft", 64),
      step: oneIn(search, "step", ["vibe", "indicators", "gates", "strategy", "review", "save"]),
    }),
});

const PACK_TABS = ["overview", "templates", "indicators", "strategies", "risk", "policies", "scan", "checks", "documents"] as const;

const pack = createRoute({
  getParentRoute: () => root,
  path: "/packs/$packId",
  component: lazyRouteComponent(() => import("../pages/packs/pack-page.tsx"), "PackPage"),
  validateSearch: (search: Record<string, unknown>) =>
    given({
      tab: oneIn(search, "tab", PACK_TABS),
      indicator: textIn(search, "indicator"),
      category: textIn(search, "category"),
      strategy: textIn(search, "strategy"),
      file: textIn(search, "file"),
      set: textIn(search, "set"),
      universe: textIn(search, "universe"),
    }),
});

const trained = createRoute({
  getParentRoute: () => root,
  path: "/trained",
  validateSearch: (search: Record<string, unknown>) =>
    given({
      q: textIn(search, "q"),
      sort: textIn(search, "sort"),
      status: oneIn(search, "status", ["trained", "published", "paused", "retired", "discarded"]),
      gate: oneIn(search, "gate", ["PASS", "MARGINAL", "MARGINAL_SIG", "FAIL", "ungated"]),
      pack: textIn(search, "pack"),
    }),
  component: lazyRouteComponent(() => import("../pages/trained/trained-page.tsx"), "TrainedPage"),
});

const trainedModel = createRoute({
  getParentRoute: () => root,
  path: "/trained/$trainedModelId",
  validateSearch: (search: Record<string, unknown>) => given({ by: oneIn(search, "by", ["shap", "gain"]) }),
  component: lazyRouteComponent(() => import("../pages/trained/trained-model-page.tsx"), "TrainedModelPage"),
});

const signals = createRoute({
  getParentRoute: () => root,
  path: "/signals",
  validateSearch: (search: Record<string, unknown>) =>
    given({
      tab: oneIn(search, "tab", ["live", "leaderboard", "log", "analytics"]),
      model: textIn(search, "model"),
      ticker: textIn(search, "ticker"),
      side: oneIn(search, "side", ["BUY", "SELL", "HOLD"]),
      q: textIn(search, "q"),
      sort: textIn(search, "sort"),
    }),
  component: lazyRouteComponent(() => import("../pages/signals/signals-page.tsx"), "SignalsPage"),
});

const signal = createRoute({
  getParentRoute: () => root,
  path: "/signals/$signalId",
  component: lazyRouteComponent(() => import("../pages/signals/signal-page.tsx"), "SignalPage"),
});

const models = createRoute({
  getParentRoute: () => root,
  path: "/models",
  component: lazyRouteComponent(() => import("../pages/models/models-page.tsx"), "ModelsPage"),
  validateSearch: (search: Record<string, unknown>) =>
    given({
      q: textIn(search, "q"),
      sort: textIn(search, "sort"),
      pack: textIn(search, "pack"),
      from: oneIn(search, "from", ["own", "pack"]),
      cadence: textIn(search, "cadence"),
      matrix: oneIn(search, "matrix", ["none", "current", "stale", "unknown"]),
    }),
});

const model = createRoute({
  getParentRoute: () => root,
  path: "/models/$packId/$modelId",
  component: lazyRouteComponent(() => import("../pages/models/model-page.tsx"), "ModelPage"),
  validateSearch: (search: Record<string, unknown>) =>
    given({
      tab: oneIn(search, "tab", ["designer", "composer", "config", "matrix", "runs", "card", "performance"]),
      against: oneIn(search, "against", ["template", "build"]),
      card: textIn(search, "card"),
      run: textIn(search, "run"),
      job: oneIn(search, "job", ["build", "backtest", "sweep", "train", "pipeline"]),
      machine: textIn(search, "machine"),
      q: textIn(search, "q"),
      sort: textIn(search, "sort"),
    }),
});

const admin = createRoute({
  getParentRoute: () => root,
  path: "/admin",
  validateSearch: (search: Record<string, unknown>) =>
    given({
      tab: oneIn(search, "tab", ["quotas", "jobs", "reviews"]),
      owner: textIn(search, "owner", 64),
      status: oneIn(search, "status", RUN_STATUSES),
      machine: oneIn(search, "machine", RUN_MACHINES),
      pack: textIn(search, "pack", 64),
      of: textIn(search, "of", 64),
    }),
  component: lazyRouteComponent(() => import("../pages/admin/admin-page.tsx"), "AdminPage"),
});

const createModel = createRoute({
  getParentRoute: () => root,
  path: "/create",
  validateSearch: (search) =>
    given({
      step: oneIn(search, "step", ["basics", "flow", "indicators", "settings", "preview", "run"]),
      template: textIn(search, "template", 140),
      pack: textIn(search, "pack", 64),
      on: oneIn(search, "on", ["sample", "files", "simulated"]),
      q: textIn(search, "q"),
      run: textIn(search, "run", 128),
    }),
  component: lazyRouteComponent(() => import("../pages/create/create-page.tsx"), "CreatePage"),
});

const sweeps = createRoute({
  getParentRoute: () => root,
  path: "/sweeps",
  validateSearch: (search: Record<string, unknown>) => given({ q: textIn(search, "q"), sort: textIn(search, "sort") }),
  component: lazyRouteComponent(() => import("../pages/sweeps/sweeps-page.tsx"), "SweepsPage"),
});

const newSweep = createRoute({
  getParentRoute: () => root,
  path: "/sweeps/new",
  validateSearch: (search: Record<string, unknown>) => given({ pack: textIn(search, "pack"), model: textIn(search, "model") }),
  component: lazyRouteComponent(() => import("../pages/sweeps/new-sweep-page.tsx"), "NewSweepPage"),
});

const sweep = createRoute({
  getParentRoute: () => root,
  path: "/sweeps/$sweepId",
  validateSearch: (search: Record<string, unknown>) =>
    given({ q: textIn(search, "q"), sort: textIn(search, "sort"), row: textIn(search, "row") }),
  component: lazyRouteComponent(() => import("../pages/sweeps/sweep-page.tsx"), "SweepPage"),
});

const leaderboard = createRoute({
  getParentRoute: () => root,
  path: "/leaderboard",
  validateSearch: (search: Record<string, unknown>) =>
    given({
      pack: idIn(search, "pack"),
      model: idIn(search, "model"),
      sweep: textIn(search, "sweep", 128),
      gate: oneIn(search, "gate", ["PASS", "MARGINAL", "MARGINAL_SIG", "FAIL"]),
      profile: oneIn(search, "profile", ["conservative", "balanced", "aggressive"]),
      symbol: symbolIn(search, "symbol"),
      tag: textIn(search, "tag", 64),
      simulated: flagIn(search, "simulated") ?? (search["simulated"] === false || search["simulated"] === "false" ? false : undefined),
      by: oneIn(search, "by", ["model"]),
      from: dayIn(search, "from"),
      to: dayIn(search, "to"),
      sort: textIn(search, "sort"),
      q: textIn(search, "q"),
      row: textIn(search, "row"),
    }),
  component: lazyRouteComponent(() => import("../pages/leaderboard/leaderboard-page.tsx"), "LeaderboardPage"),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: "/compare",
  validateSearch: (search: Record<string, unknown>) => given({ rows: listIn(search, "rows", 5) }),
  component: lazyRouteComponent(() => import("../pages/compare/compare-page.tsx"), "ComparePage"),
});

const backtest = createRoute({
  getParentRoute: () => root,
  path: "/backtests/$runId",
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import("../pages/backtest/backtest-page.tsx"), "BacktestPage"),
});

const result = createRoute({
  getParentRoute: () => root,
  path: "/results/$rowId",
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import("../pages/backtest/result-page.tsx"), "ResultPage"),
});

/** Every page of the app. A page's own search parameters are checked by its `validateSearch`. */
export const routeTree = root.addChildren([
  dashboard,
  createModel,
  models,
  model,
  runs,
  run,
  packs,
  pack,
  trained,
  trainedModel,
  signals,
  signal,
  admin,
  sweeps,
  newSweep,
  sweep,
  leaderboard,
  compare,
  backtest,
  result,
  packBuilder,
]);

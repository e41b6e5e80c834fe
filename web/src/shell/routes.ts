import { createRootRoute, createRoute, lazyRouteComponent, retainSearchParams } from "@tanstack/react-router";
import { given, oneIn, textIn } from "../data/search.ts";
import { openWorkspace } from "../data/workspace.ts";
import { Frame } from "./frame.tsx";
import { NotFound, PageError } from "./page-error.tsx";

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
  beforeLoad: ({ search }) => openWorkspace(search.workspace),
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

/** Every page of the app. A page's own search parameters are checked by its `validateSearch`. */
export const routeTree = root.addChildren([dashboard, runs, run]);

import { createRootRoute, createRoute, lazyRouteComponent, retainSearchParams } from "@tanstack/react-router";
import { openWorkspace } from "../data/workspace.ts";
import { Frame } from "./frame.tsx";
import { NotFound, PageError } from "./page-error.tsx";

/** The workspace stands in the address, so that a link leads to what its sender saw. */
interface RootSearch {
  readonly workspace?: "simulated" | undefined;
}

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

/** Every page of the app. A page's own search parameters are checked by its `validateSearch`. */
export const routeTree = root.addChildren([dashboard]);

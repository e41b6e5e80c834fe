import { createRootRoute, createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Frame } from "./frame.tsx";

const root = createRootRoute({ component: Frame });

const dashboard = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("../pages/dashboard/dashboard-page.tsx"), "DashboardPage"),
});

export const routeTree = root.addChildren([dashboard]);

import { createRouter } from "@tanstack/react-router";
import { PageError } from "./page-error.tsx";
import { routeTree } from "./routes.ts";

export const router = createRouter({
  routeTree,
  basepath: "/app",
  defaultPreload: "intent",
  defaultErrorComponent: PageError,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

import { createRouter } from "@tanstack/react-router";
import { routeTree } from "./routes.ts";

export const router = createRouter({ routeTree, basepath: "/app", defaultPreload: "intent", scrollRestoration: true });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./design/tokens.css";
import "./design/base.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { takeTokensFrom } from "./data/access.ts";
import { openSession } from "./session/open-session.ts";
import { SessionContext } from "./session/session-context.ts";
import { router } from "./shell/router.ts";

const root = createRoot(document.getElementById("root")!);

openSession().then(
  (session) => {
    // Whoever has to sign in first is on the way there.
    if (session === undefined) return;
    takeTokensFrom(session.token);
    root.render(
      <StrictMode>
        <SessionContext value={session}>
          <RouterProvider router={router} />
        </SessionContext>
      </StrictMode>,
    );
  },
  (error: Error) =>
    root.render(
      <main role="alert">
        <h1>Sigma Lab did not open</h1>
        <p>{error.message}</p>
      </main>,
    ),
);

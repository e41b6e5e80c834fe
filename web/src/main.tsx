import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./design/tokens.css";
import "./design/base.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { openSession } from "./session/open-session.ts";
import { router } from "./shell/router.ts";

const root = createRoot(document.getElementById("root")!);

openSession().then(
  (session) => {
    // Whoever has to sign in first is on the way there.
    if (session === undefined) return;
    root.render(
      <StrictMode>
        <RouterProvider router={router} />
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

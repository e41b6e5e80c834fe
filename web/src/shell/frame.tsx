import { QueryClientProvider } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { useIsOnline } from "../data/online.ts";
import { queryClient } from "../data/query-client.ts";
import { Toasts } from "../ui/toast.tsx";
import { TooltipProvider } from "../ui/tooltip.tsx";
import { useWorkspace } from "./environment.ts";
import styles from "./frame.module.css";
import { atFirstPress, prepareParts } from "./late-parts.ts";
import { BottomBar, Rail } from "./rail.tsx";
import { TopBar } from "./top-bar.tsx";

/** What stands around every page. */
export function Frame() {
  const isOnline = useIsOnline();
  const workspace = useWorkspace();
  useEffect(() => atFirstPress(prepareParts), []);
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider delayDuration={250} skipDelayDuration={400}>
        {/* Whatever holds an answer of one workspace is made anew for the other. */}
        <div key={workspace ?? "real"} className={styles.frame}>
          <a className={styles.skip} href="#content">
            Skip to content
          </a>
          <TopBar />
          <Rail />
          <main id="content" className={styles.main} tabIndex={-1}>
            {!isOnline && (
              <p className={styles.offline} role="status">
                Offline. What you see was read before; nothing can be changed until the network is back.
              </p>
            )}
            <Outlet />
          </main>
          <BottomBar />
        </div>
        <Toasts />
      </TooltipProvider>
    </QueryClientProvider>
  );
}

import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "#client/problem.ts";
import { onWorkspace } from "./workspace.ts";

/** What may go away by itself: a server that is busy or a network that broke, but nothing that the request is to blame for. */
function isPassing(error: Error): boolean {
  return !(error instanceof ProblemError) || error.problem.status >= 500;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 5 * 60_000,
      retry: (failures, error) => failures < 2 && isPassing(error),
      retryDelay: (failures) => 500 * 2 ** failures,
      // What was read stays on the screen, marked as old, when it cannot be read again.
      networkMode: "offlineFirst",
    },
    mutations: { networkMode: "always" },
  },
});

// Answers of one workspace must not be seen in the other.
onWorkspace(() => queryClient.clear());

import type { AnyRoute } from "./route.ts";
import { evaluateRoutes } from "./routes/evaluate.route.ts";
import { leaderboardRoutes } from "./routes/leaderboard.route.ts";
import { matrixRoutes } from "./routes/matrix.route.ts";
import { modelRoutes } from "./routes/models.route.ts";
import { runRoutes } from "./routes/runs.route.ts";
import { signalRoutes } from "./routes/signals.route.ts";
import { trainRoutes } from "./routes/train.route.ts";

/** Every route, in the order of the documentation. A fixed word comes before the parameter that stands in its place. */
export const ROUTES: readonly AnyRoute[] = [
  ...modelRoutes,
  ...matrixRoutes,
  ...evaluateRoutes,
  ...leaderboardRoutes,
  ...trainRoutes,
  ...signalRoutes,
  ...runRoutes,
];

import type { AnyRoute } from "./route.ts";
import { adminJobRoutes } from "./routes/admin-jobs.route.ts";
import { adminQuotaRoutes } from "./routes/admin-quotas.route.ts";
import { adminReviewRoutes } from "./routes/admin-reviews.route.ts";
import { artifactRoutes } from "./routes/artifacts.route.ts";
import { dataRoutes } from "./routes/data.route.ts";
import { evaluateRoutes } from "./routes/evaluate.route.ts";
import { eventRoutes } from "./routes/events.route.ts";
import { healthRoutes } from "./routes/health.route.ts";
import { indicatorSetRoutes } from "./routes/indicator-sets.route.ts";
import { indicatorRoutes } from "./routes/indicators.route.ts";
import { leaderboardRoutes } from "./routes/leaderboard.route.ts";
import { leaderboardRowRoutes } from "./routes/leaderboard-rows.route.ts";
import { matrixRoutes } from "./routes/matrix.route.ts";
import { modelViewRoutes } from "./routes/model-views.route.ts";
import { modelRoutes } from "./routes/models.route.ts";
import { ownPackRoutes } from "./routes/own-packs.route.ts";
import { packDraftRoutes } from "./routes/pack-drafts.route.ts";
import { packRoutes } from "./routes/packs.route.ts";
import { policyRoutes } from "./routes/policy.route.ts";
import { runRoutes } from "./routes/runs.route.ts";
import { scanRoutes } from "./routes/scan.route.ts";
import { signalRoutes } from "./routes/signals.route.ts";
import { sweepRoutes } from "./routes/sweeps.route.ts";
import { trainRoutes } from "./routes/train.route.ts";

/** Every route, in the order of the documentation. A fixed word comes before the parameter that stands in its place. */
export const ROUTES: readonly AnyRoute[] = [
  ...healthRoutes,
  ...packRoutes,
  ...ownPackRoutes,
  ...packDraftRoutes,
  ...indicatorRoutes,
  ...indicatorSetRoutes,
  ...modelRoutes,
  ...modelViewRoutes,
  ...policyRoutes,
  ...dataRoutes,
  ...matrixRoutes,
  ...scanRoutes,
  ...evaluateRoutes,
  ...sweepRoutes,
  ...leaderboardRoutes,
  ...leaderboardRowRoutes,
  ...trainRoutes,
  ...signalRoutes,
  ...runRoutes,
  ...eventRoutes,
  ...artifactRoutes,
  ...adminQuotaRoutes,
  ...adminJobRoutes,
  ...adminReviewRoutes,
];

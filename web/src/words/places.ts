const part = encodeURIComponent;

/** Addresses of things inside the app, below its base. Pages never write them by hand. */
export const PLACE_OF = {
  pack: (packId: string) => `/packs/${part(packId)}`,
  model: (packId: string, modelId: string) => `/models/${part(packId)}/${part(modelId)}`,
  run: (runId: string) => `/runs/${part(runId)}`,
  sweep: (sweepId: string) => `/sweeps/${part(sweepId)}`,
  backtest: (runId: string) => `/backtests/${part(runId)}`,
  result: (rowId: string) => `/results/${part(rowId)}`,
  trained: (trainedModelId: string) => `/trained/${part(trainedModelId)}`,
  signal: (signalId: string) => `/signals/${part(signalId)}`,
} as const;

/** Pages that are lists or tools. */
export const PAGE = {
  dashboard: "/",
  packs: "/packs",
  newPack: "/packs/new",
  createModel: "/create",
  models: "/models",
  runs: "/runs",
  sweeps: "/sweeps",
  newSweep: "/sweeps/new",
  leaderboard: "/leaderboard",
  compare: "/compare",
  trained: "/trained",
  signals: "/signals",
  admin: "/admin",
} as const;

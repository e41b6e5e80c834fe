import type { SigmaCommand } from "./command.ts";

/** A command, or a group of them; loaded when it is called, so that `sigma help` does not pay for the rest. */
export type Entry = { readonly about: string; readonly load: () => Promise<SigmaCommand> } | Group;

/** Commands of one thing, by their second word; a member may be a group again. */
export interface Group {
  readonly about: string;
  readonly group: Readonly<Record<string, (() => Promise<SigmaCommand>) | Group>>;
}

/** Every command, in the order of the pipeline, which is the order of the overview. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  demo: {
    about: "The whole way on sample data, then the app on http://127.0.0.1:8787",
    load: async () => (await import("./commands/demo.ts")).demo,
  },
  init: {
    about: "Prepare this machine: home, sample data, a first model",
    load: async () => (await import("./commands/init.ts")).init,
  },
  "init-auto": {
    about: "Make a model whose id, pack and template follow from what it is to do",
    load: async () => (await import("./commands/init.ts")).initAuto,
  },
  packs: {
    about: "Strategy packs: list, show, search by tags, validate, write your own",
    group: {
      list: async () => (await import("./commands/packs.ts")).packsList,
      show: async () => (await import("./commands/packs.ts")).packsShow,
      templates: async () => (await import("./commands/packs-documents.ts")).packsTemplates,
      indicators: async () => (await import("./commands/packs-documents.ts")).packsIndicators,
      strategies: async () => (await import("./commands/packs-documents.ts")).packsStrategies,
      models: async () => (await import("./commands/packs-documents.ts")).packsModels,
      "risk-profiles": async () => (await import("./commands/packs-documents.ts")).packsRiskProfiles,
      "set-indicators": async () => (await import("./commands/packs-documents.ts")).packsSetIndicators,
      search: async () => (await import("./commands/packs-documents.ts")).packsSearch,
      validate: async () => (await import("./commands/packs.ts")).packsValidate,
      create: async () => (await import("./commands/packs-own.ts")).packsCreate,
      update: async () => (await import("./commands/packs-own.ts")).packsUpdate,
      pull: async () => (await import("./commands/packs-own.ts")).packsPull,
      check: async () => (await import("./commands/packs-own.ts")).packsCheck,
      activate: async () => (await import("./commands/packs-own.ts")).packsActivate,
      submit: async () => (await import("./commands/packs-own.ts")).packsSubmit,
      delete: async () => (await import("./commands/packs-own.ts")).packsDelete,
      draft: async () => (await import("./commands/packs-draft.ts")).packsDraft,
      drafts: async () => (await import("./commands/packs-draft.ts")).packsDrafts,
    },
  },
  indicators: {
    about: "The indicators that packs and models can use",
    load: async () => (await import("./commands/indicators.ts")).indicators,
  },
  "test-indicators": {
    about: "Compute every indicator of a model on its newest sessions",
    load: async () => (await import("./commands/test-indicators.ts")).testIndicators,
  },
  data: {
    about: "Market data: import your own, list what there is, universes",
    group: {
      import: async () => (await import("./commands/data.ts")).dataImport,
      list: async () => (await import("./commands/data.ts")).dataList,
      simulate: async () => (await import("./commands/simulate.ts")).dataSimulate,
      universe: {
        about: "Universes: which symbols belonged to a list, and when: import, list, show",
        group: {
          import: async () => (await import("./commands/universes.ts")).universeImport,
          list: async () => (await import("./commands/universes.ts")).universeList,
          show: async () => (await import("./commands/universes.ts")).universeShow,
        },
      },
    },
  },
  models: {
    about: "Models: create, list, show, update, delete, export trained ones, import foreign ones",
    group: {
      create: async () => (await import("./commands/models.ts")).modelsCreate,
      validate: async () => (await import("./commands/models.ts")).modelsValidate,
      list: async () => (await import("./commands/models.ts")).modelsList,
      show: async () => (await import("./commands/models.ts")).modelsShow,
      update: async () => (await import("./commands/models-change.ts")).modelsUpdate,
      delete: async () => (await import("./commands/models-change.ts")).modelsDelete,
      performance: async () => (await import("./commands/models-change.ts")).modelsPerformance,
      documents: async () => (await import("./commands/models-documents.ts")).modelsDocuments,
      name: async () => (await import("./commands/models.ts")).modelsName,
      export: async () => (await import("./commands/models-export.ts")).modelsExport,
      import: async () => (await import("./commands/models-import.ts")).modelsImport,
    },
  },
  policy: {
    about: "Policies: where each value comes from, and whether it is coherent",
    group: {
      explain: async () => (await import("./commands/policy.ts")).policyExplain,
      validate: async () => (await import("./commands/policy.ts")).policyValidate,
    },
  },
  preview: {
    about: "A few sessions of a model's matrix, with verdicts",
    load: async () => (await import("./commands/preview.ts")).preview,
  },
  scan: {
    about: "Rank the symbols of a universe by a pack's scanner",
    load: async () => (await import("./commands/scan.ts")).scan,
  },
  build: { about: "Build a model's matrix", load: async () => (await import("./commands/build.ts")).build },
  matrix: {
    about: "Stored matrices",
    group: {
      list: async () => (await import("./commands/matrix.ts")).matrixList,
      show: async () => (await import("./commands/matrix.ts")).matrixShow,
      profile: async () => (await import("./commands/matrix-profile.ts")).matrixProfile,
      download: async () => (await import("./commands/matrix-download.ts")).matrixDownload,
    },
  },
  backtest: { about: "Purged out-of-sample backtest of a model", load: async () => (await import("./commands/backtest.ts")).backtest },
  report: { about: "A backtest as a page, as Markdown or as JSON", load: async () => (await import("./commands/report.ts")).report },
  sweep: { about: "Try many execution settings, and count them as trials", load: async () => (await import("./commands/sweep.ts")).sweep },
  "sweep-config": {
    about: "Write the sweep of a model as YAML to edit",
    load: async () => (await import("./commands/sweep-config.ts")).sweepConfig,
  },
  sweeps: {
    about: "Sweeps that were run: list, show, results, cancel",
    group: {
      list: async () => (await import("./commands/sweeps.ts")).sweepsList,
      show: async () => (await import("./commands/sweeps.ts")).sweepsShow,
      results: async () => (await import("./commands/sweeps.ts")).sweepsResults,
      cancel: async () => (await import("./commands/sweeps.ts")).sweepsCancel,
    },
  },
  calibrate: {
    about: "Choose thresholds or brackets on rows that no backtest tests",
    load: async () => (await import("./commands/calibrate.ts")).calibrate,
  },
  leaderboard: {
    about: "Results, best first, with the gate's verdict",
    load: async () => (await import("./commands/leaderboard.ts")).leaderboard,
  },
  rows: {
    about: "One leaderboard row: its verdict, report, trades and the bars that it traded on",
    group: {
      show: async () => (await import("./commands/rows.ts")).rowsShow,
      report: async () => (await import("./commands/rows.ts")).rowsReport,
      trades: async () => (await import("./commands/rows.ts")).rowsTrades,
      bars: async () => (await import("./commands/rows.ts")).rowsBars,
    },
  },
  train: { about: "Train leaderboard rows, look at the holdout once", load: async () => (await import("./commands/train.ts")).train },
  pipeline: {
    about: "Build, evaluate, hold against the gate, and train what passes",
    load: async () => (await import("./commands/pipeline.ts")).pipeline,
  },
  trained: {
    about: "Trained models: list, show, card",
    group: {
      list: async () => (await import("./commands/trained.ts")).trainedList,
      show: async () => (await import("./commands/trained.ts")).trainedShow,
      card: async () => (await import("./commands/trained.ts")).trainedCard,
    },
  },
  publish: { about: "Publish a trained model to paper", load: async () => (await import("./commands/lifecycle.ts")).publish },
  pause: { about: "Pause a published model", load: async () => (await import("./commands/lifecycle.ts")).pause },
  retire: { about: "Retire a published or paused model for good", load: async () => (await import("./commands/lifecycle.ts")).retire },
  discard: {
    about: "Discard a trained model that was never published",
    load: async () => (await import("./commands/lifecycle.ts")).discard,
  },
  signals: {
    about: "Signals of published models: run, list, show, export",
    group: {
      run: async () => (await import("./commands/signals.ts")).signalsRun,
      list: async () => (await import("./commands/signals.ts")).signalsList,
      show: async () => (await import("./commands/signals.ts")).signalsShow,
      watch: async () => (await import("./commands/signals-watch.ts")).signalsWatch,
      export: async () => (await import("./commands/signals.ts")).signalsExport,
    },
  },
  alerts: {
    about: "What your published models alert of: settings and last signals",
    load: async () => (await import("./commands/alerts.ts")).alerts,
  },
  runs: {
    about: "Long work: list, show, watch, cancel, resume",
    group: {
      list: async () => (await import("./commands/runs.ts")).runsList,
      show: async () => (await import("./commands/runs.ts")).runsShow,
      watch: async () => (await import("./commands/runs.ts")).runsWatch,
      cancel: async () => (await import("./commands/runs.ts")).runsCancel,
      resume: async () => (await import("./commands/runs.ts")).runsResume,
    },
  },
  export: {
    about: "Matrix, report, plots and model of a model as files",
    load: async () => (await import("./commands/export.ts")).exportModel,
  },
  serve: { about: "The web app and the HTTP API on this machine", load: async () => (await import("./commands/serve.ts")).serve },
  schedule: {
    about: "Run the timers that the cloud would: signals, implied volatilities, rebuild",
    load: async () => (await import("./commands/schedule.ts")).schedule,
  },
  verify: { about: "Do a finished run again and compare, bit for bit", load: async () => (await import("./commands/verify.ts")).verify },
  health: { about: "Whether every part of the API works", load: async () => (await import("./commands/health.ts")).health },
  admin: {
    about: "For administrators: tiers and quotas of owners, their runs, review of packs",
    group: {
      quotas: async () => (await import("./commands/admin-quotas.ts")).adminQuotas,
      "set-quotas": async () => (await import("./commands/admin-quotas.ts")).adminSetQuotas,
      jobs: async () => (await import("./commands/admin-jobs.ts")).adminJobs,
      retry: async () => (await import("./commands/admin-jobs.ts")).adminRetry,
      cancel: async () => (await import("./commands/admin-jobs.ts")).adminCancel,
      reviews: async () => (await import("./commands/admin-review.ts")).adminReviews,
      review: async () => (await import("./commands/admin-review.ts")).adminReview,
    },
  },
  "db-migrate": {
    about: "Bring this machine's store of records up to the program's schema",
    load: async () => (await import("./commands/db-migrate.ts")).dbMigrate,
  },
  completion: {
    about: "Completion for bash, zsh and fish",
    load: async () => (await import("./commands/completion.ts")).completion,
  },
  doctor: { about: "Check this installation", load: async () => (await import("./commands/doctor.ts")).doctor },
};

// Which code may know which. `npm run check:imports` enforces it; a test plants a violation and sees it caught.
const stages = "market-data|packs|models|policies|matrix|scan|backtest|sweeps|leaderboard|training|publishing|signals|runs";
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

export default {
  forbidden: [
    rule("everything-resolves", "An import that leads nowhere is checked by no rule.", {}, { couldNotResolve: true }),
    rule(
      "product-runs-on-dependencies",
      "What ships imports only what is installed with it. What `npm run schemas` runs does not ship.",
      { path: "^(lib|functions|cli|infra/local|web/src)/", pathNot: "^cli/generate/" },
      { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    ),
    rule("no-cycles", "A cycle means two modules are one.", {}, { circular: true }),
    rule(
      "lib-knows-no-outside",
      "Handlers, infra, CLI and web depend on lib, never the reverse.",
      { path: "^lib/" },
      { path: "^(functions|infra|cli|web|test|bench|trust)/" },
    ),
    rule(
      "client-stands-alone",
      "The client runs in browsers and is taken away by itself: it knows nothing but its own folder.",
      { path: "^client/" },
      { path: ".", pathNot: "^client/" },
    ),
    rule(
      "functions-know-lib-only",
      "Handlers do not know who hosts them.",
      { path: "^functions/" },
      { path: "^(infra|cli|web|test|bench|trust)/" },
    ),
    rule(
      "web-sees-contracts",
      "The app in the browser knows the client, schemas, the pure ground floor and the table of the schedule.",
      { path: "^web/" },
      {
        path: "^(lib|functions|infra|cli|test|bench|trust)/",
        pathNot: [
          "[.]schema[.]ts$",
          "^lib/core/(session|time|calendar|ids|occ-symbol)[.]ts$",
          "^lib/errors/",
          "^infra/timer(s|-ticks)[.]ts$",
        ],
      },
    ),
    rule(
      "web-stays-in-the-browser",
      "No browser has Node's own modules; the build refuses what leads to them.",
      { path: "^web/src/" },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "web-is-a-leaf",
      "Nothing but its own tests knows the app.",
      { path: "^(client|lib|functions|infra|cli|bench|trust)/" },
      { path: "^web/" },
    ),
    rule(
      "web-pages-stand-alone",
      "A page knows the kit, charts, data, words and contracts; never another page, nor the shell around it.",
      { path: "^web/src/pages/([^/]+)/" },
      { path: "^web/src/(pages|shell)/", pathNot: "^web/src/pages/$1/" },
    ),
    rule(
      "web-kit-knows-no-page",
      "What pages are made of does not know them.",
      { path: "^web/src/(ui|charts|data|words|design)/" },
      { path: "^web/src/(pages|shell)/" },
    ),
    rule(
      "core-is-pure",
      "Domain code reaches the world through ports only.",
      { path: "^lib/", pathNot: "^lib/adapters/" },
      { path: "^(node_modules/(@aws-sdk|hono|aws-cdk-lib|aws-local-stepfunctions)|lib/adapters/)" },
    ),
    rule(
      "no-builtin-io",
      "Disk, network and processes are ports.",
      { path: "^lib/", pathNot: "^lib/adapters/" },
      { dependencyTypes: ["core"], pathNot: "^(node:)?(assert|crypto|util|zlib)$" },
    ),
    rule(
      "kernels-know-core-only",
      "Indicators, learners and metrics are mathematics: they know core, errors and themselves.",
      { path: "^lib/(indicators|learners|metrics|options)/" },
      { path: "^lib/", pathNot: "^lib/(core|errors|indicators|learners|metrics|options)/" },
    ),
    rule(
      "core-knows-core",
      "Core and errors are the ground floor.",
      { path: "^lib/(core|errors)/" },
      { path: "^lib/", pathNot: "^lib/(core|errors)/" },
    ),
    rule(
      "stages-flow-forward",
      "A stage may read another stage's schema or data type, not its code.",
      { path: `^lib/(${stages})/`, pathNot: "^lib/(packs|models|policies)/" },
      { path: `^lib/(${stages})/`, pathNot: ["^lib/$1/", "[.]schema[.]ts$", "^lib/matrix/matrix[.]ts$"] },
    ),
    rule(
      "definitions-come-first",
      "Packs, models and policies are one room (YAML to a resolved model); it precedes every other stage.",
      { path: "^lib/(packs|models|policies)/" },
      { path: `^lib/(${stages})/`, pathNot: ["^lib/(packs|models|policies)/", "[.]schema[.]ts$"] },
    ),
    rule(
      "coherence-comes-last",
      "The linter reads every definition and lays sweeps over them; no stage depends on it.",
      { path: "^lib/", pathNot: "^lib/coherence/" },
      { path: "^lib/coherence/" },
    ),
    rule(
      "adapters-only-at-roots",
      "Only composition roots choose an adapter.",
      { path: "^(functions|infra|cli)/", pathNot: "^(functions/.+/index[.]ts|functions/shared/|infra/local/)" },
      { path: "^lib/adapters/" },
    ),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^web/dist/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};

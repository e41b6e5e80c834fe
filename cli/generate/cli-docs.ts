import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { SigmaCommand } from "../command.ts";
import { everyCommand } from "../command-tree.ts";
import { INSTALLED_BY, SHELLS } from "../completion/scripts.ts";

const MAKEFILE = resolve(import.meta.dirname, "..", "..", "Makefile");

/** Text of `docs/cli.md`, from the table of commands and the Makefile. */
export async function renderCliDocs(): Promise<string> {
  const commands = await Promise.all(everyCommand().map(({ load }) => load()));
  const sections = [
    HEADER,
    `## Make targets\n\n${MAKE_INTRO}\n\n${makeTable(readFileSync(MAKEFILE, "utf8"))}`,
    `## Coming from the original runbooks\n\n${table(["There", "Here"], CHANGED)}`,
    `## Commands\n\n${commands.map(({ sigma: { name } }) => `[\`${name}\`](#sigma-${name.replaceAll(" ", "-")})`).join(" · ")}`,
    ...commands.map(commandSection),
  ];
  return `${sections.join("\n\n")}\n`;
}

const HEADER = `# The command line

<!-- Generated from cli/commands.ts and the Makefile by cli/generate/generate.ts (npm run schemas). Do not edit. -->

\`node cli/sigma.mjs COMMAND\`, or \`sigma COMMAND\` after \`npm link\`. Every command calls the routes of the HTTP API that it names below: in its own process
on this machine's home, or over HTTPS with \`SIGMA_API_URL\`. What only this machine can do says so, and is refused while \`SIGMA_API_URL\` is set.

- **Output.** The result on stdout, progress and everything else on stderr. \`--json\` prints exactly one JSON document on stdout, also for a failure:
  \`{ "error": { code, title, detail, field_errors, request_id, exit_code } }\`. Tables fit the terminal; what is left out for width is named below the table.
- **Exit codes.** 0 done; 1 failed, or a check found something wrong; 2 a wrong command line; 3 refused by the gate (\`train\` of a row that it refuses, or
  \`--require-pass\` without a PASS); 130 left with a second Ctrl-C.
- **Long work.** The command waits and shows steps with the time that is left. The first Ctrl-C asks the run to stop, \`sigma runs resume RUN\` goes on from the
  finished steps; \`--no-wait\` returns the run id at once and leaves the run to work on.
- **Options.** \`--name value\` or \`--name=value\`; after \`--\` nothing is an option. \`--json\` and \`--workspace real|simulated\` go with every command.
- **Colours** are for terminals; \`NO_COLOR\` turns them off, \`FORCE_COLOR=1\` on.
- **Completion.** ${SHELLS.map((shell) => `\`${INSTALLED_BY[shell].replace(/ #.*/, "")}\``).join(", ")}. Models, packs, runs and sweeps are
  completed by asking the system.

| Variable | Meaning |
| --- | --- |
| \`SIGMA_HOME\` | Where this machine keeps its state; \`.sigma\` in the working directory when absent |
| \`SIGMA_API_URL\` | A deployed API instead of this machine |
| \`SIGMA_API_TOKEN\` | Its token; never printed. For \`sigma serve\` the token that callers must send |
| \`PORT\` | Port of \`sigma serve\` and \`sigma demo\` |
| \`SIGMA_DEBUG\` | 1: where an unexpected error came from |
| \`NO_COLOR\`, \`FORCE_COLOR\` | Colours off, on |`;

const MAKE_INTRO = `Each target is a thin call of \`sigma\`; \`make help\` lists them. Variables come from the command line or the environment and are handed over as they are:
spaces, quotes and shell or make syntax in a value are text, never commands. \`SIGMA\` names the program (\`node cli/sigma.mjs\`).`;

/** What is done differently than the first runbooks say, and why nothing is lost. */
const CHANGED: readonly (readonly [string, string])[] = [
  ["`python .../run_api.py --reload` on port 8001", "`PORT=8001 make ui`, or `sigma serve --port 8001`"],
  [
    "`make db-migrate` with `DATABASE_URL`, `DB_*` or `PG*`",
    "Refused with the reason: records are in SQLite below `SIGMA_HOME`, and migrate themselves",
  ],
  [
    "`make init` edits files below `packs/`",
    "Models of your own are in the home: `sigma models show`, `sigma models update --set path=value`",
  ],
  ["`make pipeline` always trains", "It trains the recommended row when the gate says PASS, and only then"],
  [
    "`make train` trains the model",
    "Without rows a baseline that no gate has judged, UNPROVEN; `sigma train MODEL --rows ROW` trains what was judged",
  ],
  ["`make backtest-gated`, `make pipeline-gated`", "The same: the *momentum* gate. The gate of results is `--require-pass`"],
  ["`make sweep SWEEP_ID=123`", "Ids are such as `swp_0a1b...`; `make sweeps` lists them"],
  [
    "`ALLOWED_HOURS` of a training",
    "Hours in which the model may trade. Rows that it is fitted on: `--set train.allowed_hours=[13,14,15]` of the model",
  ],
  [
    "`matrices/<model_id>/training_matrix_built.csv`",
    "`sigma export MODEL --out FOLDER` writes that layout, with Parquet, report, plots and card",
  ],
  ["`live_data/<model_id>/signals.csv`", "`sigma alerts --run --out live_data`"],
  ["`make check-backend`", "`sigma health --deep`: every part used, every list read"],
];

function makeTable(makefile: string): string {
  const rows = [...makefile.matchAll(/^([a-z-]+):.*## (.+)\n((?:\t.*\n?)*)/gm)].map(([, name, what, recipe]) => {
    const calls = recipe!
      .replaceAll("$(GATED)", "--gated")
      .split(/[;\n]/)
      .flatMap((line) => (line.includes("$(SIGMA)") ? [`\`sigma ${wordsOf(line.split("$(SIGMA)")[1]!)}\``] : []));
    return [`\`make ${name}\``, what!, [...new Set(calls)].join(", ")];
  });
  return table(["Target", "What", "Calls"], rows);
}

/** The plain words of a call: what a variable adds is left out. */
const wordsOf = (call: string): string =>
  call
    .split(/\s+/)
    .filter((word) => /^(--)?[a-z][a-z-]*$/.test(word))
    .join(" ");

function commandSection({ args, sigma }: SigmaCommand): string {
  const { name, description, routes, localOnly, repeatable, examples } = sigma;
  const own = Object.entries(args).filter(([option]) => option !== "json" && option !== "workspace");
  const positionals = own.filter(([, { type }]) => type === "positional");
  const shown = positionals.map(([option, { required }]) => (required === false ? `[${option.toUpperCase()}]` : option.toUpperCase()));
  const rows = own.map(([option, definition]) => {
    const { type, description: about = "", valueHint } = definition;
    if (type === "positional") return [`\`${option.toUpperCase()}\``, `${about}${definition.required === false ? "" : " (needed)"}`];
    const isOn = type === "boolean" && definition.default === true;
    const flag = isOn ? `--no-${option}` : `--${option}${type === "boolean" ? "" : ` ${valueHint ?? "value"}`}`;
    const said = isOn ? (definition.negativeDescription ?? about) : about;
    return [`\`${flag}\``, `${said}${definition.required === true ? " (needed)" : ""}${repeatable.includes(option) ? ". Repeatable" : ""}`];
  });
  return [
    `### sigma ${name}`,
    `${description}.`,
    `\`sigma ${[name, ...shown, ...(own.length > positionals.length ? ["[options]"] : [])].join(" ")}\``,
    ...(rows.length === 0 ? [] : [table(["Argument", "Meaning"], rows)]),
    ...(examples.length === 0 ? [] : [`\`\`\`sh\n${examples.join("\n")}\n\`\`\``]),
    localOnly === undefined
      ? routes.length === 0
        ? "Asks no system."
        : `Calls ${routes.map((route) => `\`${route}\``).join(", ")}.`
      : `This machine only: ${localOnly}.`,
  ].join("\n\n");
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");

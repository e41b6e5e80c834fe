import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAKE_LINES } from "../support/runbook-lines.ts";
import { temporaryHome } from "./support.ts";

const root = resolve(import.meta.dirname, "..", "..");
const makefile = readFileSync(join(root, "Makefile"), "utf8");
const hasMake = spawnSync("make", ["--version"]).status === 0;
if (!hasMake) console.warn("SKIPPED: the Makefile's targets, as there is no make on this machine.");

const place = temporaryHome();
afterAll(() => place.remove());

/** Everything that the product promises, in no order. */
const TARGETS = (
  "ui health packs pack-detail pack-templates pack-indicators pack-models indicators indicators-groups init init-auto models build " +
  "runs-build preview backtest backtest-gated leaderboard train runs-train sweep-config sweep-run sweeps sweep pipeline pipeline-gated " +
  "smoke check-backend validate-policy calibrate-thresholds test-indicators alerts db-migrate help check test bench synth demo start"
).split(" ");

/** Stands in for sigma: writes its arguments, one JSON list a call. */
const recorder = join(place.folder, "recorder.mjs");
writeFileSync(
  recorder,
  'import { appendFileSync } from "node:fs";\nappendFileSync(process.env.RECORD, `${JSON.stringify(process.argv.slice(2))}\\n`);\n',
);
const record = join(place.folder, "record.jsonl");

/** What sigma is called with. */
function calls(target: string, env: Readonly<Record<string, string>>, args: readonly string[] = []): string[][] {
  writeFileSync(record, "");
  const { status, stderr } = spawnSync("make", ["-s", target, `SIGMA="${process.execPath}" "${recorder}"`, ...args], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", RECORD: record, ...env },
    encoding: "utf8",
  });
  expect([target, status, stderr]).toEqual([target, 0, ""]);
  const lines = readFileSync(record, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as string[]);
}

describe("the Makefile", () => {
  it("has every target, each with a line of help and nothing but a call", () => {
    const documented = [...makefile.matchAll(/^([a-z-]+):.*## (.+)$/gm)].map(([, name]) => name);
    expect(documented.sort()).toEqual([...TARGETS].sort());
    const phony = /^TARGETS := ((?:.*\\\n)*.*)$/m.exec(makefile)![1]!.replaceAll("\\\n", " ").split(/\s+/);
    expect(phony.sort()).toEqual([...TARGETS].sort());
  });
});

describe.skipIf(!hasMake)("make", () => {
  const ALL = {
    PACK_ID: "zerosigma",
    MODEL_ID: "spy_opt_0dte_hourly",
    TICKER: "SPY",
    START: "2024-01-01",
    END: "2024-06-30",
    ASSET: "opt",
    HORIZON: "0dte",
    CADENCE: "hourly",
    DISTANCE_MAX: "7",
    THRESHOLDS: "0.55,0.60",
    TOP_PCT: "0.1",
    SPLITS: "5",
    EMBARGO: "0.0",
    ALLOWED_HOURS: "13,14,15",
    CALIBRATION: "sigmoid",
    TARGET: "y",
    MOMENTUM_MIN: "0.1",
    MOMENTUM_COLUMN: "momentum_score_total",
    TAG: "mine",
    LIMIT: "7",
  };
  const PACK = "--pack=zerosigma";
  const MODEL = ["--", "spy_opt_0dte_hourly"];
  const EVALUATED = [
    "--thresholds=0.55,0.60",
    "--top-pct=0.1",
    "--splits=5",
    "--embargo=0.0",
    "--hours=13,14,15",
    "--calibration=sigmoid",
    "--tag=mine",
  ];
  const WINDOW = ["--ticker=SPY", "--start=2024-01-01", "--end=2024-06-30", "--distance-max=7"];
  const GATED = ["--gated", "--momentum-min=0.1", "--momentum-column=momentum_score_total"];
  const LISTED = ["--model=spy_opt_0dte_hourly", PACK, "--tag=mine", "--limit=7"];

  const EXPECTED: Readonly<Record<string, readonly (readonly string[])[]>> = {
    ui: [["serve"]],
    start: [["serve"]],
    demo: [["demo"]],
    health: [["health", "--", "SPY"]],
    "check-backend": [["health", "--deep"]],
    "db-migrate": [["db-migrate"]],
    packs: [["packs", "list"]],
    "pack-detail": [["packs", "show", "--", "zerosigma"]],
    "pack-templates": [["packs", "templates", "--", "zerosigma"]],
    "pack-indicators": [["packs", "indicators", "--", "zerosigma"]],
    "pack-models": [["packs", "models", "--", "zerosigma"]],
    indicators: [["indicators"]],
    "indicators-groups": [["indicators", "--group"]],
    "test-indicators": [["test-indicators", PACK, ...MODEL]],
    init: [["init", "--id=spy_opt_0dte_hourly", "--ticker=SPY", PACK]],
    "init-auto": [["init-auto", "--ticker=SPY", "--asset=opt", "--horizon=0dte", "--cadence=hourly", PACK]],
    models: [["models", "list", PACK]],
    "validate-policy": [["policy", "validate", PACK, ...MODEL]],
    preview: [["preview", PACK, "--start=2024-01-01", "--end=2024-06-30", ...MODEL]],
    build: [["build", PACK, ...WINDOW, ...MODEL]],
    "runs-build": [["runs", "list", "--machine", "build", ...LISTED]],
    backtest: [["backtest", PACK, ...EVALUATED, ...MODEL]],
    "backtest-gated": [["backtest", PACK, ...EVALUATED, ...GATED, ...MODEL]],
    leaderboard: [["leaderboard", ...LISTED]],
    "calibrate-thresholds": [["calibrate", PACK, "--thresholds=0.55,0.60", ...MODEL]],
    "sweep-config": [["sweep-config", PACK, "--start=2024-01-01", "--end=2024-06-30", ...MODEL]],
    "sweep-run": [
      ["sweep", PACK, "--thresholds=0.55,0.60", "--hours=13,14,15", "--top-pct=0.1", "--splits=5", "--embargo=0.0", "--tag=mine", ...MODEL],
    ],
    sweep: [
      ["sweep", PACK, "--thresholds=0.55,0.60", "--hours=13,14,15", "--top-pct=0.1", "--splits=5", "--embargo=0.0", "--tag=mine", ...MODEL],
    ],
    sweeps: [["sweeps", "list", ...LISTED]],
    train: [["train", PACK, "--hours=13,14,15", "--calibration=sigmoid", "--target=y", "--tag=mine", ...MODEL]],
    "runs-train": [["runs", "list", "--machine", "train", ...LISTED]],
    pipeline: [["pipeline", PACK, ...WINDOW, ...EVALUATED, ...MODEL]],
    "pipeline-gated": [["pipeline", PACK, ...WINDOW, ...EVALUATED, ...GATED, ...MODEL]],
    smoke: [
      ["init", "--id=spy_opt_0dte_hourly", "--ticker=SPY", PACK],
      ["pipeline", PACK, "--start=2024-01-01", "--end=2024-06-30", "--splits=5", "--embargo=0.0", "--tag=mine", ...MODEL],
    ],
    alerts: [["alerts", "--model=spy_opt_0dte_hourly", "--limit=7"]],
  };

  it("calls sigma with every variable, from the environment as from the command line, and with none of those that say nothing", () => {
    const given = Object.entries(ALL).map(([name, value]) => `${name}=${value}`);
    for (const [target, expected] of Object.entries(EXPECTED)) {
      expect([target, calls(target, ALL)]).toEqual([target, expected]);
      expect([target, calls(target, {}, given)]).toEqual([target, expected]);
    }
    expect(calls("build", {})).toEqual([["build", "--"]]);
    expect(calls("backtest", { MODEL_ID: "m", TAG: "" })).toEqual([["backtest", "--", "m"]]);
    expect(calls("smoke", {})).toEqual([["init"], ["pipeline", "--tag=smoke", "--", "spx_eq_swing_daily"]]);
  });

  it("calls sigma as the lines of the runbook say", () => {
    for (const [line, expected] of Object.entries(MAKE_LINES)) {
      const [, target, ...variables] = line.split(" ");
      expect([line, calls(target!, {}, variables)]).toEqual([line, [expected]]);
    }
  });

  it("shows a sweep when SWEEP_ID says which", () => {
    expect(calls("sweep", { ...ALL, SWEEP_ID: "swp_0123" })).toEqual([["sweeps", "show", "--", "swp_0123"]]);
  });

  it("leaves the project's own targets to npm", () => {
    for (const [target, script] of [
      ["check", "npm run -s check"],
      ["test", "npm test"],
      ["bench", "npm run -s bench"],
      ["synth", "npm run -s synth"],
    ] as const) {
      expect(spawnSync("make", ["-n", target], { cwd: root, encoding: "utf8" }).stdout.trim()).toBe(script);
    }
  });

  it("never runs a value: spaces, quotes, shell and make syntax reach sigma as they are", () => {
    const trap = join(place.folder, "trap");
    mkdirSync(trap);
    const touch = (name: string): string => `touch '${join(trap, name)}'`;
    const values = {
      MODEL_ID: `a "b" 'c' $(${touch("1")}) \`${touch("2")}\`; ${touch("3")} #`,
      START: `$(shell ${touch("4")})`,
      END: '$HOME $$HOME ${HOME} \\ \\" * ? [a] ~ | & < >',
      TICKER: "--force",
      DISTANCE_MAX: `$(eval X := $(shell ${touch("5")}))%`,
    };
    const expected = [
      [
        "build",
        `--ticker=${values.TICKER}`,
        `--start=${values.START}`,
        `--end=${values.END}`,
        `--distance-max=${values.DISTANCE_MAX}`,
        "--",
        values.MODEL_ID,
      ],
    ];
    expect(calls("build", values)).toEqual(expected);
    expect(
      calls(
        "build",
        {},
        Object.entries(values).map(([name, value]) => `${name}=${value}`),
      ),
    ).toEqual(expected);
    // A target that calls make again hands its variables on by itself.
    expect(calls("sweep", {}, [`MODEL_ID=${values.MODEL_ID}`, `TAG=${values.START}`])).toEqual([
      ["sweep", `--tag=${values.START}`, "--", values.MODEL_ID],
    ]);
    for (const name of ["1", "2", "3", "4", "5"]) expect(existsSync(join(trap, name))).toBe(false);
  });

  it("hands any text on unharmed", () => {
    const text = fc.string({ unit: fc.constantFrom(..."ab '\"$`\\;&|<>(){}#%=:,*?~!-\t é漢".split("")), minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(text, text, (model, tag) => {
        expect(calls("train", { MODEL_ID: model, TAG: tag })).toEqual([["train", `--tag=${tag}`, "--", model]]);
      }),
      { numRuns: 40 },
    );
  });
});

/** Runs a target as a user does, on a home of its own. */
function make(
  target: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const env = { PATH: process.env["PATH"] ?? "", SIGMA_HOME: place.home };
  const child = spawn("make", ["-s", target, ...Object.entries(variables).map(([name, value]) => `${name}=${value}`)], { cwd: root, env });
  const written = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (written.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (written.stderr += chunk.toString()));
  return new Promise((settle) => child.on("close", (code) => settle({ code, ...written })));
}

describe.skipIf(!hasMake)("every target of make, on a home of its own", () => {
  const MODEL = { MODEL_ID: "spx_eq_swing_daily" };
  /** Three years, so that the test looks at the targets and not at the learner. */
  const WINDOW = { START: "2015-01-02", END: "2018-01-02" };
  const LONG = 400_000;
  const works = async (target: string, variables: Readonly<Record<string, string>>, says: RegExp): Promise<string> => {
    const { code, stdout, stderr } = await make(target, variables);
    expect([target, code, code === 0 ? "" : stderr]).toEqual([target, 0, ""]);
    expect(stdout).toMatch(says);
    return stdout;
  };

  let said = "";
  beforeAll(async () => {
    said = await works("smoke", WINDOW, /spx_eq_swing_daily created in pack swingsigma/);
  }, LONG);

  it("smoke goes the whole way on sample data, from an empty home to the gate", async () => {
    expect(said).toMatch(/^build +(ok|warn) +7\d\d rows/m);
    expect(said).toMatch(/^gate +(PASS|MARGINAL|MARGINAL_SIG|FAIL)/m);
    expect(said).toMatch(/^train +(ok|skipped)/m);
  });

  it(
    "reads: packs, indicators, models, health",
    async () => {
      await works("help", {}, /make build +A model's matrix/);
      await works("health", { TICKER: "SPX" }, /everything works/);
      await works("check-backend", {}, /GET \/leaderboard +ok/);
      await works("db-migrate", {}, /Schema +version \d+, up to date/);
      await works("packs", {}, /^swingsigma /m);
      await works("pack-detail", { PACK_ID: "swingsigma" }, /Templates +/);
      await works("pack-templates", { PACK_ID: "swingsigma" }, /^swing_eq_daily /m);
      await works("pack-indicators", { PACK_ID: "swingsigma" }, /^eq_default, version/m);
      await works("pack-models", { PACK_ID: "swingsigma" }, /^spx_eq_swing_daily /m);
      await works("indicators", {}, /^rsi /m);
      await works("indicators-groups", {}, /^momentum \(\d+\)$/m);
      await works("models", {}, /^spx_eq_swing_daily /m);
      await works("validate-policy", MODEL, /spx_eq_swing_daily: valid/);
      await works("init", {}, /was there already, unchanged/);
      await works(
        "init-auto",
        { TICKER: "SPX", ASSET: "eq", HORIZON: "swing", CADENCE: "daily", PACK_ID: "swingsigma" },
        /was there already/,
      );
    },
    LONG,
  );

  it(
    "computes: preview, build, backtest, sweep, train, and what they leave behind",
    async () => {
      await works("preview", MODEL, /Verdict +(ok|warn)/);
      await works("test-indicators", MODEL, /All \d+ indicators have values/);
      await works("build", { ...MODEL, ...WINDOW, TICKER: "SPX" }, /Matrix +[0-9a-f]{64}/);
      await works("runs-build", MODEL, /^build_[0-9a-f]{24} +succeeded/m);
      await works("backtest", { ...MODEL, THRESHOLDS: "0,0.1", SPLITS: "5" }, /Gate: /);
      await works("backtest-gated", { ...MODEL, MOMENTUM_MIN: "0", MOMENTUM_COLUMN: "ret_5" }, /Gate: /);
      await works("leaderboard", { ...MODEL, LIMIT: "2" }, /Why not PASS/);
      await works("calibrate-thresholds", MODEL, /Candidates +/);
      await works("sweep-run", { ...MODEL, THRESHOLDS: "0,0.1", TAG: "of make" }, /Verdicts +/);
      const listed = await works("sweeps", { ...MODEL, TAG: "of make" }, /^swp_[0-9a-f]{24} /m);
      await works("sweep", { SWEEP_ID: /swp_[0-9a-f]{24}/.exec(listed)![0] }, /Luck alone \(Sharpe\)/);
      await works("sweep", { ...MODEL, THRESHOLDS: "0,0.1", TAG: "of make" }, /Verdicts +/);
      await works("train", MODEL, /Trained model +tm_/);
      await works("runs-train", MODEL, /^train_[0-9a-f]{24} +succeeded/m);
      await works("alerts", {}, /No model is published/);
      await works("pipeline", { ...MODEL, ...WINDOW }, /^gate /m);
      await works("pipeline-gated", { ...MODEL, ...WINDOW, MOMENTUM_MIN: "0", MOMENTUM_COLUMN: "ret_5" }, /^gate /m);
    },
    LONG,
  );

  it("says what is missing, and fails", async () => {
    const { code, stderr } = await make("build");
    expect(code).toBe(2);
    expect(stderr).toContain('"sigma build" needs MODEL');
  });
});

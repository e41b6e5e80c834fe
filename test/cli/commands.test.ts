import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flat, runHere, startLauncher, temporaryHome } from "./support.ts";

const place = temporaryHome();
const env = { SIGMA_HOME: place.home };
afterAll(() => place.remove());

/** A command's document. @throws what it wrote when it failed */
async function documentOf<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await runHere([...args, "--json"], env);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

const MODEL = "simflat_eq_swing_daily";

/** A few small trees on six years. Raw scores trade; calibrated ones of a series without an edge do not. */
const CREATE = ["--ticker", "SIMFLAT", "--template", "swing_eq_daily", "--provider", "simulated", "--seed", "7"];
const QUICK = ["learner.calibration=none", "learner.params.trees=15", "window.start=2012-01-03", "window.end=2018-01-01"];
const QUICK_MODEL = [...CREATE, ...QUICK.flatMap((setting) => ["--set", setting])];

interface Row {
  readonly row_id: string;
  readonly gate: { readonly status: string; readonly reasons: readonly object[] };
  readonly stamps: { readonly simulated: boolean };
}

/** One simulated model without an edge, the whole way through the commands. */
describe("sigma on a simulated model", () => {
  beforeAll(async () => {
    await documentOf("models", "create", ...QUICK_MODEL);
    await documentOf("build", MODEL);
    await documentOf("backtest", MODEL, "--thresholds", "0,0.1", "--tag", "first");
    await documentOf("sweep", MODEL, "--axes", "thresholds=0,0.05,0.1;hold_bars=3,5");
  });

  it("creates the same model again without changing it, and shows where each value comes from", async () => {
    expect(await documentOf("models", "create", ...QUICK_MODEL)).toMatchObject({ model_id: MODEL, created: false });
    const { stdout } = await runHere(["models", "show", MODEL], env);
    expect(stdout).toMatch(/label\.horizon +5/);
    expect(stdout).toMatch(/data\.seed +7/);
  });

  it("says which marks the numbers carry, and why the gate refuses them", async () => {
    const { stdout } = await runHere(["leaderboard", "--model", MODEL], env);
    expect(stdout).toContain("SIMULATED");
    expect(stdout).toContain("Why not PASS:");
    expect(stdout).toMatch(/Return \(%\)/);
  });

  it("answers a limit and a sweep's rows, all of them judged and marked", async () => {
    const { rows } = await documentOf<{ rows: Row[] }>("leaderboard", "--limit", "3");
    expect(rows).toHaveLength(3);
    expect(rows.every(({ stamps, gate }) => stamps.simulated && gate.status !== "PASS")).toBe(true);
  });

  it("writes the leaderboard as CSV", async () => {
    const file = join(place.folder, "rows.csv");
    const { rows } = await documentOf<{ rows: number }>("leaderboard", "--csv", file);
    const lines = readFileSync(file, "utf8").trimEnd().split("\r\n");
    expect(lines).toHaveLength(rows + 1);
    expect(lines[0]).toMatch(/^row_id,pack_id,model_id/);
  });

  it("refuses to train what the gate refuses, and trains it as research", async () => {
    const { rows } = await documentOf<{ rows: Row[] }>("leaderboard", "--limit", "1");
    const refused = await runHere(["train", MODEL, "--rows", rows[0]!.row_id], env);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("Code GATE_FAILED");

    const trained = await documentOf<{ trained_models: { trained_model_id: string; proven: boolean; stamps: string[] }[] }>(
      "train",
      MODEL,
      "--rows",
      rows[0]!.row_id,
      "--research",
    );
    const model = trained.trained_models[0]!;
    expect(model).toMatchObject({ proven: false });
    expect(model.stamps).toEqual(expect.arrayContaining(["UNPROVEN", "SIMULATED"]));

    const published = await runHere(["publish", model.trained_model_id, "--reason", "to look at it"], env);
    expect(published.stdout).toContain("Marks: SIMULATED, UNPROVEN");
    expect(published.stdout).toMatch(/Status +published \(paper\)/);

    const scored = await runHere(["signals", "run", "--as-of", "2015-06-30T21:00:00Z", "--id", model.trained_model_id], env);
    expect(scored.stdout).toContain("REPLAY");
    expect(scored.stdout).toMatch(/Why (BUY|SELL|HOLD) \(simflat_eq_swing_daily\):/);

    const { signals } = await documentOf<{ signals: { signal_id: string }[] }>(
      ...["signals", "run", "--as-of", "2015-06-30T21:00:00Z", "--id", model.trained_model_id],
    );
    const shown = await runHere(["signals", "show", signals[0]!.signal_id], env);
    expect(shown.stdout).toMatch(/What moved the model/);
    expect((await runHere(["signals", "show", "sig_none"], env)).stderr).toContain("Code NOT_FOUND");

    const out = join(place.folder, "other runtimes");
    const text = await documentOf<{ files: { path: string; size: number }[] }>(
      ...["models", "export", model.trained_model_id, "--format", "lightgbm", "--out", out],
    );
    expect(text.files.map(({ path }) => path)).toEqual([
      `${model.trained_model_id}.lightgbm.txt`,
      `${model.trained_model_id}.calibration.json`,
    ]);
    expect(readFileSync(join(out, text.files[0]!.path), "utf8").startsWith("tree\nversion=v4\n")).toBe(true);
    const onnx = await runHere(["models", "export", model.trained_model_id, "--format", "onnx", "--out", out], env);
    expect(onnx.stdout).toContain(`${model.trained_model_id}.onnx`);
    expect(readFileSync(join(out, `${model.trained_model_id}.onnx`)).length).toBeGreaterThan(1000);
    expect((await runHere(["models", "export", model.trained_model_id, "--format", "pmml", "--out", out], env)).code).toBe(2);

    const file = join(place.folder, "signals.csv");
    await documentOf("signals", "export", "--out", file);
    const [header, row] = readFileSync(file, "utf8").split("\r\n");
    expect(header).toBe("ts,model_id,risk_profile,ticker,side,entry_ref_px,fill_px,slippage,status,rr,pnl,tag");
    expect(row).toMatch(/^2015-06-30T20:00:00.000Z,simflat_eq_swing_daily,balanced,SIMFLAT,(BUY|SELL|HOLD),/);

    const paused = await documentOf<{ trained_model: { status: string } }>("pause", model.trained_model_id);
    const resumed = await documentOf<{ trained_model: { status: string } }>("publish", model.trained_model_id, "--resume");
    expect([paused.trained_model.status, resumed.trained_model.status]).toEqual(["paused", "published"]);
    const discarded = await runHere(["discard", model.trained_model_id], env);
    expect(discarded.stderr).toContain("Code CONFLICT");
    expect(await documentOf("retire", model.trained_model_id)).toMatchObject({ trained_model: { status: "retired" } });
  });

  it("imports a model that LightGBM trained, and says what is wrong with one that it cannot take", async () => {
    const fixture = join(import.meta.dirname, "..", "fixtures", "lightgbm", "binary-nan.txt");
    const { stdout } = await runHere(["models", "import", fixture], env);
    expect(stdout).toMatch(/Reads +4 features: alpha, beta, gamma, delta/);
    expect(stdout).toContain("Nobody knows which rows it was trained on");
    const again = await documentOf<{ model_sha256: string; trees: number; objective: string }>("models", "import", fixture);
    expect(again).toMatchObject({ model_sha256: expect.stringMatching(/^[0-9a-f]{64}$/), trees: 3, objective: "binary" });
    expect(stdout).toContain(`--set learner.model_sha256=${again.model_sha256}`);
    const broken = join(place.folder, "broken.txt");
    writeFileSync(broken, readFileSync(fixture, "utf8").replace(/leaf_value=\S+/, "leaf_value=nan"));
    const refused = await runHere(["models", "import", broken], env);
    expect(flat(refused.stderr)).toContain('as "leaf_value" (line "21"), found "nan"');
    expect((await runHere(["models", "import", join(place.folder, "nowhere.txt")], env)).code).toBe(2);
  });

  it("backtests over combinatorial paths, and says what such a result cannot do", async () => {
    const args = ["backtest", MODEL, "--split-kind", "cpcv", "--groups", "4", "--test-groups", "2"];
    const { stdout } = await runHere(args, env);
    expect(stdout).toContain("TRAINED ON LATER ROWS TOO");
    expect(stdout).toMatch(/on path [123] of 3, the one with the median residual Sharpe ratio:/);
    expect(stdout).toMatch(/Over 3 paths +Sharpe -?\d+\.\d\d to -?\d+\.\d\d, median -?\d+\.\d\d, \d+ % below 0/);
    expect(stdout).toContain("capped_trains_on_later_rows: MARGINAL at most, whatever else holds");
    const found = await documentOf<{ gate: { status: string }; paths: { paths: number }; warnings: string[] }>(...args);
    expect(found.gate.status).not.toBe("PASS");
    expect(found).toMatchObject({ paths: { paths: 3 }, warnings: expect.arrayContaining(["trains_on_later_rows"]) });
    const { stderr } = await runHere(["backtest", MODEL, "--hour-thresholds", "10=0.6"], env);
    expect(flat(stderr)).toContain("Hours do not apply to daily bars");
  });

  it("writes a backtest's report as a page, as Markdown and as JSON, and says which runs have none", async () => {
    const { run_id } = await documentOf<{ run_id: string }>("backtest", MODEL, "--robustness", "none");
    const write = async (form: string) => {
      const file = join(place.folder, `sheet.${form}`);
      const { path, size } = await documentOf<{ path: string; size: number }>("report", run_id, "--form", form, "--out", file);
      const text = readFileSync(path, "utf8");
      expect(Buffer.byteLength(text)).toBe(size);
      return text;
    };
    expect(await write("html")).toMatch(/^<!doctype html>/);
    expect(await write("markdown")).toContain("## Gate: ");
    expect(JSON.parse(await write("json"))).toMatchObject({ kind: "backtest", robustness: null });
    const { rows } = await documentOf<{ rows: { run_id: string }[] }>("runs", "list", "--machine", "build");
    const { stderr } = await runHere(["report", rows[0]!.run_id], env);
    expect(flat(stderr)).toContain('has no report in the form "html"');
  });

  it("exports the classic layout", async () => {
    const out = join(place.folder, "taken away");
    const { files } = await documentOf<{ files: { path: string }[] }>("export", MODEL, "--out", out);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        `matrices/${MODEL}/training_matrix_built.csv`,
        `matrices/${MODEL}/training_matrix_built.parquet`,
        `backtest_plots/${MODEL}/report.json`,
        `backtest_plots/${MODEL}/report.md`,
        `backtest_plots/${MODEL}/tear-sheet.html`,
        `backtest_plots/${MODEL}/cum_returns.svg`,
      ]),
    );
    const csv = readFileSync(join(out, "matrices", MODEL, "training_matrix_built.csv"), "utf8").split("\n");
    expect(csv[0]).toMatch(/^ts,bar_start,session_date,/);
    expect(csv[0]).toMatch(/,y,ret_fwd,t1,label_unit$/);
    // The last row knows its question but no answer from the future.
    expect(csv.at(-2)).toMatch(/,,,,[^,]+$/);
    expect(existsSync(join(out, "backtest_plots", MODEL, "folds.svg"))).toBe(true);
  });

  it("verifies a sweep in an empty home, with the trials that came before it", async () => {
    const { rows } = await documentOf<{ rows: { run_id: string }[] }>("runs", "list", "--machine", "sweep");
    const found = await documentOf<{ verdict: string; repeated_before: string[]; results: { what: string; equal: boolean }[] }>(
      "verify",
      rows[0]!.run_id,
    );
    expect(found.verdict).toBe("identical");
    expect(found.repeated_before).toHaveLength(1);
    expect(found.results).toEqual([expect.objectContaining({ what: "sweep report", equal: true })]);
  });

  it("refuses to verify what computes nothing", async () => {
    const { rows } = await documentOf<{ rows: { run_id: string }[] }>("runs", "list", "--machine", "build");
    expect((await runHere(["verify", rows[0]!.run_id.replace(/.$/, "_")], env)).stderr).toContain("Code NOT_FOUND");
  });

  it("keeps the simulated workspace apart", async () => {
    expect(await documentOf("leaderboard", "--workspace", "simulated")).toEqual({ rows: [] });
    const wrong = await runHere(["leaderboard", "--workspace", "simulation"], env);
    expect(wrong).toMatchObject({ code: 2 });
    expect(flat(wrong.stderr)).toContain('found "simulation"');
  });

  it("starts each tick once, under its scheduled time", async () => {
    const first = await documentOf<{ ticks: { run_id: string; status: string }[] }>("schedule", "--once");
    expect(first.ticks.map(({ run_id }) => run_id.split("_")[0]).sort()).toEqual(["rebuild", "signals", "volatility"]);
    expect(first.ticks.every(({ run_id, status }) => /_\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/.test(run_id) && status === "succeeded")).toBe(true);
  });

  it("returns the run id with --no-wait, and the run ends in a process of its own", async () => {
    const { run_id, pid } = await documentOf<{ run_id: string; pid: number }>("backtest", MODEL, "--thresholds", "0.2", "--no-wait");
    expect(pid).toBeGreaterThan(0);
    await expect
      .poll(async () => (await documentOf<{ status: string }>("runs", "show", run_id)).status, { timeout: 25_000, interval: 300 })
      .toBe("succeeded");
  });
});

describe("Ctrl-C on a waiting command", () => {
  it("cancels the run, says how to go on, and the run goes on from its finished steps", async () => {
    const home = { SIGMA_HOME: join(place.folder, "interrupted") };
    // Trees of full number, so that the run is still at work when the signal comes.
    expect((await runHere(["models", "create", ...CREATE], home)).code).toBe(0);
    expect((await runHere(["build", MODEL], home)).code).toBe(0);

    const { child, written, ended, said } = startLauncher(["backtest", MODEL], home);
    await said(/FitFold/);
    // One press reaches the process twice: from the terminal and from the launcher.
    child.kill("SIGINT");
    child.kill("SIGINT");
    expect(await ended).toBe(1);
    const { stderr } = written;
    expect(stderr).toMatch(/Asking backtest_[0-9a-f]{24} to stop/);
    const runId = /sigma runs resume (backtest_[0-9a-f]{24})/.exec(flat(stderr))![1]!;

    const shown = await runHere(["runs", "show", runId, "--json"], home);
    expect(JSON.parse(shown.stdout)).toMatchObject({ status: "canceled", error: { code: "RUN_CANCELED" } });
    const resumed = await runHere(["runs", "resume", runId, "--json"], home);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ run_id: runId, status: "succeeded", attempt: 2 });
  });
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProblemError } from "#client/problem.ts";
import { readSweepConfig } from "../../cli/sweep-config.ts";
import { flat, runHere, temporaryHome } from "./support.ts";

const place = temporaryHome();
const env = { SIGMA_HOME: place.home };
afterAll(() => place.remove());

const MODEL = "simflat_eq_swing_daily";
const CREATE = ["models", "create", "--ticker", "SIMFLAT", "--template", "swing_eq_daily", "--provider", "simulated", "--seed", "7"];
const QUICK = ["learner.calibration=none", "learner.params.trees=10", "window.start=2013-01-02", "window.end=2016-01-04"];
const file = join(place.folder, "a sweep.yaml");

beforeAll(async () => {
  await runHere([...CREATE, ...QUICK.flatMap((setting) => ["--set", setting])], env);
  await runHere(["build", MODEL], env);
});

const written = async (...args: string[]): Promise<string> => {
  const { code, stderr } = await runHere(["sweep-config", MODEL, "--out", file, "--force", ...args], env);
  expect([code, stderr]).toEqual([0, ""]);
  return readFileSync(file, "utf8");
};

async function refusal(text: string): Promise<string> {
  writeFileSync(file, text);
  const { code, stderr } = await runHere(["sweep", "--config", file, "--estimate"], env);
  expect(code).toBe(1);
  return flat(stderr);
}

describe("sigma sweep-config", () => {
  it("writes what sigma sweep would try, to be edited: read back it is the same number of variants", async () => {
    const text = await written();
    expect(text).toMatch(/^# A sweep of simflat_eq_swing_daily: 27 variants/);
    expect(text).toContain("  thresholds: [0, 0.1, 0.25]\n");
    expect(text).toContain("  hold_bars: [3, 5, 10]\n");
    expect(text).toContain("# stop_loss: [0.02, 0.05] # Fractions of the entry price");
    const [simple, same] = await Promise.all([
      runHere(["sweep", MODEL, "--estimate", "--json"], env),
      runHere(["sweep", "--config", file, "--estimate", "--json"], env),
    ]);
    expect(JSON.parse(simple.stdout)).toMatchObject({ variants: 27 });
    expect(JSON.parse(same.stdout)).toMatchObject({ variants: 27 });
  });

  it("every axis that it offers as a comment is one: uncommented, the file is valid", async () => {
    const text = (await written()).replaceAll(/^ {2}# ([a-z_]+: [[\]])/gm, "  $1");
    writeFileSync(file, text);
    const { request } = await readSweepConfig(file);
    expect(Object.keys(request["axes"] as object).sort()).toEqual([
      "entry_type",
      "filters",
      "hold_bars",
      "momentum_min",
      "position_size",
      "slippage",
      "stop_loss",
      "take_profit",
      "thresholds",
      "time_stop",
      "top_pct",
    ]);
  });

  it("does not replace what may have been edited", async () => {
    await written();
    const { code, stderr } = await runHere(["sweep-config", MODEL, "--out", file], env);
    expect(code).toBe(1);
    expect(flat(stderr)).toContain("is there already, and it may hold what you changed");
  });

  it("builds the matrix over the file's window, then sweeps it", async () => {
    await written("--start", "2013-06-03", "--end", "2015-06-01");
    const edited = readFileSync(file, "utf8")
      .replace("[0, 0.1, 0.25]", "[0]")
      .replace("[0.15, 0.35, 1]", "[1]")
      .replace("[3, 5, 10]", "[5]");
    writeFileSync(file, edited);
    const { code, stdout, stderr } = await runHere(["sweep", "--config", file, "--json"], env);
    expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ model_id: MODEL, variants: 1 });
    expect(stderr).toMatch(/BuildMatrix: matrix built: [45]\d\d rows/);
  }, 120_000);
});

describe("sigma sweep --config", () => {
  it("points at the line and the path of what is wrong in the file", async () => {
    const text = await written();
    expect(await refusal(text.replace("thresholds: [0, 0.1, 0.25]", "thresholds: [0, high]"))).toMatch(
      /axes\.thresholds\.1.*First at line 1\d, column \d+/,
    );
    expect(await refusal(text.replace("min_trades: 20", "min_trade: 20"))).toMatch(/min_trade.*did you mean "min_trades"/);
    expect(await refusal(text.replace("axes:", "axes"))).toMatch(/line 1\d/);
  });

  it("finds the line also of what only the API can know", async () => {
    const text = (await written()).replace("hold_bars: [3, 5, 10]", "dte_target: [0]");
    const line = text.split("\n").findIndex((each) => each.includes("dte_target")) + 1;
    expect(await refusal(text)).toContain(`(a sweep.yaml, line ${line})`);
  });

  it("refuses options that the file says itself, and a file that is not there", async () => {
    await written();
    const [besides, missing, neither] = await Promise.all([
      runHere(["sweep", "--config", file, "--splits", "5"], env),
      runHere(["sweep", "--config", join(place.folder, "none.yaml")], env),
      runHere(["sweep"], env),
    ]);
    expect([besides.code, missing.code, neither.code]).toEqual([2, 2, 2]);
    expect(flat(besides.stderr)).toContain("--config says everything itself; found --splits besides");
    expect(flat(missing.stderr)).toContain('"sigma sweep-config MODEL" writes one');
    expect(flat(neither.stderr)).toContain("needs MODEL, or --config");
  });

  it("leaves problems alone that name no field", async () => {
    await written();
    const { located } = await readSweepConfig(file);
    const plain = new ProblemError({ type: "about:blank", title: "t", status: 404, code: "NOT_FOUND" });
    expect(located(plain)).toBe(plain);
    const other = new Error("other");
    expect(located(other)).toBe(other);
  });
});

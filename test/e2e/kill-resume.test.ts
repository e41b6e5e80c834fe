import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { canonicalJson, type Json } from "#lib/core/canonical-json.ts";
import { createRng, type Rng } from "#lib/core/rng.ts";
import { REQUIRED_MAJOR } from "../../cli/runtime.mjs";
import { drive, sigma, startDriver } from "./driver-process.ts";
import { artifactsOf, copyHome, createScratch, type HomeRecord, recordsOf, recordsOfRun } from "./home.ts";

const MOMENTS = 20;
/** More moments are drawn in a phase that none has met: how long a phase lasts is the machine's affair. */
const MOST_MOMENTS = 32;
const PHASES = ["plan", "fits", "evaluations", "collect"] as const;
type Phase = (typeof PHASES)[number];

const scratch = createScratch();
const built = join(scratch.path, "built");

/** What an undisturbed sweep leaves behind. */
let reference: { readonly home: string; readonly runId: string; readonly rows: string; readonly sweep: string; readonly planMs: number };

beforeAll(async () => {
  await drive(built, "build");
  const home = copyHome(built, join(scratch.path, "undisturbed"));
  const { lines } = await drive(home, "sweep");
  const records = recordsOf(home);
  reference = {
    home,
    runId: lines.find(({ run_id }) => run_id !== undefined)!.run_id!,
    rows: rowsOf(records),
    sweep: sweepOf(records),
    planMs: lines.find(({ step }) => step === "PlanSweep")!.ms! - lines[0]!.ms!,
  };
}, 120_000);

afterAll(() => scratch.remove());

const rowsOf = (records: readonly HomeRecord[]): string =>
  canonicalJson(records.filter(({ sk }) => sk.startsWith("row#")).map(({ pk, sk, body }) => ({ pk, sk, body: body as Json })));

const sweepOf = (records: readonly HomeRecord[]): string =>
  canonicalJson(records.filter(({ sk }) => sk.startsWith("sweep#")).map(({ pk, sk, body }) => ({ pk, sk, body: body as Json })));

/** How far a killed run had come, by its remembered steps. */
function phaseOf(records: readonly HomeRecord[], runId: string): Phase {
  const finished = (step: string): number => recordsOfRun(records, runId, `step#${step}#`).length;
  if (finished("PlanSweep") === 0) return "plan";
  if (finished("FitFold") < 5) return "fits";
  return finished("EvaluateVariants") < 27 ? "evaluations" : "collect";
}

const shares = (records: readonly HomeRecord[]): number[] =>
  recordsOfRun(records, reference.runId, "event#").map(({ body }) => Number(body["share"]));

const ascending = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value >= values[i - 1]!);

/** Remembered steps that the kill waits for, and how long it waits after them. */
interface Moment {
  readonly steps: number;
  readonly afterMs: number;
}

function drawMoment(phase: Phase, rng: Rng): Moment {
  if (phase === "plan") return { steps: 0, afterMs: rng.uniform() * reference.planMs };
  const [first, last] = { fits: [1, 5], evaluations: [6, 6 + 26], collect: [33, 33] }[phase] as [number, number];
  return { steps: first + rng.int(last - first + 1), afterMs: rng.uniform() * (phase === "collect" ? 80 : 20) };
}

async function killAt(home: string, { steps, afterMs }: Moment): Promise<void> {
  const driver = startDriver(home, "sweep");
  await driver.line(({ ready }) => ready === true);
  await untilSteps(home, steps, () => driver.child.exitCode === null);
  await pause(afterMs);
  driver.killGroup();
  await driver.ended;
}

describe("a sweep whose process group is killed", () => {
  it(`ends, resumed, as the undisturbed one, at each of ${MOMENTS} seeded moments`, { timeout: 300_000 }, async () => {
    const rng = createRng(20260102);
    const met: Phase[] = [];
    const expected = artifactsOf(reference.home);
    for (let moment = 0; moment < MOMENTS || (moment < MOST_MOMENTS && new Set(met).size < PHASES.length); moment += 1) {
      const wanted = moment < MOMENTS ? PHASES[moment % PHASES.length]! : PHASES.find((phase) => !met.includes(phase))!;
      const home = copyHome(built, join(scratch.path, `killed ${moment}`));
      await killAt(home, drawMoment(wanted, rng));

      const atKill = recordsOf(home);
      const filesAtKill = artifactsOf(home);
      const about = `moment ${moment}, ${wanted}`;
      for (const [key, { sha256 }] of filesAtKill) expect(sha256, `${about}: ${key}`).toBe(expected.get(key)?.sha256);
      if (recordsOfRun(atKill, reference.runId, "run").length === 0) {
        // Killed before the run was recorded: nobody was told of a run, so asking again is all there is.
        await drive(home, "sweep");
      } else {
        met.push(phaseOf(atKill, reference.runId));
        expect(await sigma(home, ["runs", "resume", reference.runId]), about).toMatchObject({ status: "succeeded" });
      }

      const after = recordsOf(home);
      expect(rowsOf(after), about).toBe(reference.rows);
      expect(sweepOf(after), about).toBe(reference.sweep);
      const filesAfter = artifactsOf(home);
      expect([...filesAfter.keys()], about).toEqual([...expected.keys()]);
      for (const [key, { sha256 }] of filesAfter) expect(sha256, `${about}: ${key}`).toBe(expected.get(key)!.sha256);
      for (const [key, { inode }] of filesAtKill) {
        // What the killed process had finished stands as it was; only a report whose step was not remembered is put anew.
        if (!key.endsWith("/sweep.json")) expect(filesAfter.get(key)!.inode, `${about}: ${key}`).toBe(inode);
      }
      const steps = recordsOfRun(after, reference.runId, "step#");
      expect(steps, about).toHaveLength(1 + 5 + 27 + 1);
      expect(new Set(steps.map(({ version }) => version)), about).toEqual(new Set([1]));
      const before = recordsOfRun(atKill, reference.runId, "event#");
      expect(recordsOfRun(after, reference.runId, "event#").slice(0, before.length), about).toEqual(before);
      expect(recordsOfRun(after, reference.runId, "event#"), about).toHaveLength(34);
      expect(ascending(shares(after)), about).toBe(true);
      expect(shares(after).at(-1), about).toBe(1);
      expect(recordsOfRun(after, reference.runId, "run")[0]!.body["status"], about).toBe("succeeded");
    }
    expect(new Set(met)).toEqual(new Set(PHASES));
  });
});

/** Waits until a run has at least so many remembered steps. */
async function untilSteps(home: string, steps: number, goOn: () => boolean): Promise<void> {
  const db = new DatabaseSync(join(home, "metadata.sqlite"), { readOnly: true });
  const count = db.prepare("SELECT count(*) AS n FROM state WHERE pk = ? AND sk >= 'step#' AND sk < 'step$'");
  while (goOn() && Number(count.get(`run#${reference.runId}`)!["n"]) < steps) await pause(2);
  db.close();
}

function expectLikeReference(home: string): void {
  const records = recordsOf(home);
  expect(rowsOf(records)).toBe(reference.rows);
  expect(sweepOf(records)).toBe(reference.sweep);
  const steps = recordsOfRun(records, reference.runId, "step#");
  expect(steps).toHaveLength(34);
  expect(new Set(steps.map(({ version }) => version))).toEqual(new Set([1]));
}

const runOf = (home: string): Record<string, unknown> => recordsOfRun(recordsOf(home), reference.runId, "run")[0]!.body;

/** Cancels a sweep once so many steps are done. A sweep that was over before the cancel came is tried again, a few times. */
async function cancelAt(steps: number) {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const home = copyHome(built, join(scratch.path, `canceled ${steps}, ${attempt}`));
    // The canceling process is there before the sweep is, so that it is quick enough.
    const canceling = startDriver(home, "cancel", `${reference.runId}@${steps}`);
    onTestFinished(() => canceling.killGroup());
    await canceling.line(({ ready }) => ready === true);
    const sweep = startDriver(home, "sweep", "", { env: { SIGMA_TEST_WORKERS: "2" } });
    // It has nothing to say when there was nothing left to cancel.
    const atCancel = await canceling.line((line) => line.steps !== undefined).catch(() => undefined);
    const { code } = await sweep.ended;
    if (code === 0) continue;
    expect(code).toBe(1);
    expect((await canceling.ended).code).toBe(0);
    return { home, atCancel: atCancel!.steps!, sweep };
  }
  throw new Error(`The sweep was over before each of five cancels at ${steps} steps.`);
}

describe("a sweep that is canceled from another process", () => {
  it.each([3, 12])("starts nothing afterwards, is canceled, and can be resumed (after %i steps)", { timeout: 120_000 }, async (steps) => {
    const { home, atCancel, sweep } = await cancelAt(steps);
    expect(sweep.lines.at(-1)).toMatchObject({ error: "RUN_CANCELED" });
    // Two workers: what they were at when the cancel came is finished, and what they had just handed over is recorded; nothing else.
    expect(recordsOfRun(recordsOf(home), reference.runId, "step#").length - atCancel).toBeLessThanOrEqual(4);
    expect(runOf(home)).toMatchObject({ status: "canceled", error: { code: "RUN_CANCELED" } });
    await drive(home, "resume", reference.runId);
    expect(runOf(home)).toMatchObject({ status: "succeeded", attempt: 2, error: null });
    expectLikeReference(home);
  });

  it("ends a run whose process is dead, without doing anything", { timeout: 120_000 }, async () => {
    const home = copyHome(built, join(scratch.path, "dead and canceled"));
    await killAt(home, { steps: 3, afterMs: 0 });
    expect((await drive(home, "status", reference.runId)).lines.at(-1)).toMatchObject({ run: "running", execution: "interrupted" });
    const before = recordsOfRun(recordsOf(home), reference.runId, "step#");
    await sigma(home, ["runs", "cancel", reference.runId]);
    expect(runOf(home)).toMatchObject({ status: "canceled" });
    expect(recordsOfRun(recordsOf(home), reference.runId, "step#")).toEqual(before);
    await drive(home, "resume", reference.runId);
    expectLikeReference(home);
  });
});

describe("a sweep that several processes resume", () => {
  it("is left to the process that works on it; the other one watches it end", { timeout: 120_000 }, async () => {
    const home = copyHome(built, join(scratch.path, "watched"));
    const sweep = startDriver(home, "sweep");
    await sweep.line(({ ready }) => ready === true);
    await untilSteps(home, 2, () => sweep.child.exitCode === null);
    const watcher = await drive(home, "resume", reference.runId);
    expect(watcher.lines.at(-1)).toMatchObject({ status: "succeeded" });
    expect(watcher.lines.filter(({ seq }) => seq !== undefined)).toHaveLength(34);
    expect((await sweep.ended).code).toBe(0);
    expect(runOf(home)["attempt"]).toBe(1);
    expectLikeReference(home);
  });

  it("is taken up by one of two, and by none once it has succeeded", { timeout: 120_000 }, async () => {
    const home = copyHome(built, join(scratch.path, "resumed twice"));
    await killAt(home, { steps: 8, afterMs: 0 });
    await Promise.all([drive(home, "resume", reference.runId), drive(home, "resume", reference.runId)]);
    expect(runOf(home)["attempt"]).toBe(2);
    expectLikeReference(home);
    const ended = recordsOf(home);
    await drive(home, "resume", reference.runId);
    expect(recordsOf(home)).toEqual(ended);
  });
});

/** The machine's own Node: npm puts the runtime that comes with the project in front of it. */
const hostNode =
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "" && !folder.includes("node_modules"))
    .map((folder) => join(folder, "node"))
    .find((path) => existsSync(path)) ?? "node";
const host = spawnSync(hostNode, ["--version"], { encoding: "utf8" }).stdout?.trim() ?? "";
const hostIsOlder = /^v\d+/.test(host) && Number(/\d+/.exec(host)![0]) < REQUIRED_MAJOR;

describe.skipIf(!hostIsOlder)(`a launcher under the host's Node ${hostIsOlder ? host : `(SKIPPED: "${host}" is no older Node)`}`, () => {
  it("takes its runtime with it when it is killed, and the run can be resumed", { timeout: 120_000 }, async () => {
    const home = copyHome(built, join(scratch.path, "launched"));
    const sweep = startDriver(home, "sweep", "", { node: hostNode });
    const { pid } = await sweep.line(({ ready }) => ready === true);
    await untilSteps(home, 1, () => sweep.child.exitCode === null);
    expect(pid).not.toBe(sweep.child.pid);
    sweep.child.kill("SIGKILL");
    const killed = performance.now();
    await vi.waitFor(() => expect(isAlive(pid!)).toBe(false), { timeout: 3000, interval: 20 });
    expect(performance.now() - killed).toBeLessThan(3000);
    expect(runOf(home)["status"]).toBe("running");
    expect(await sigma(home, ["runs", "resume", reference.runId], hostNode)).toMatchObject({ status: "succeeded", attempt: 2 });
    expectLikeReference(home);
  });
});

/** A process that has ended but whose parent has not asked for its end counts as gone. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, "utf8"));
}

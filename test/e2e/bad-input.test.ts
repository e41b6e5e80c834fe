import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createLocalApp } from "#infra/local/server.ts";
import { runCli } from "../../cli/run-cli.ts";
import { artifactsOf, recordsOf, scratchForTest } from "./home.ts";
import { dailyCsv, onlyRising, walk } from "./series.ts";
import { contentOf, type World, worldForTest } from "./world.ts";

const MODEL_ID = "qqq_eq_swing_daily";
const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/market-data/${name}.csv`, import.meta.url));

/** One command line of `sigma` in this process. */
async function sigma(home: string, ...argv: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(argv, {
    env: { ...process.env, SIGMA_HOME: home },
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    now: () => performance.now(),
  });
  return { code, out: out.join(""), err: err.join("") };
}

async function worldWith(bars: Parameters<typeof dailyCsv>[0]): Promise<World> {
  const world = await worldForTest(join(scratchForTest(), "home"));
  await world.importDaily("QQQ", dailyCsv(bars));
  await world.createModel({ model_id: MODEL_ID, ticker: "QQQ", data: { provider: "files", symbol: "QQQ" } });
  return world;
}

async function expectRefused(world: World, work: () => Promise<unknown>, refusal: object): Promise<void> {
  const before = contentOf(world.home);
  await expect(work()).rejects.toMatchObject(refusal);
  expect(contentOf(world.home)).toEqual(before);
}

describe("a model's configuration, edited by hand", () => {
  const edit = (world: World, from: RegExp, to: string): void => {
    const path = [...artifactsOf(world.home).keys()].find((key) => key.endsWith(`model_configs/${MODEL_ID}.yaml`))!;
    const file = join(world.home, "artifacts", path);
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(from);
    writeFileSync(file, text.replace(from, to));
  };

  it("is refused at build time for an unknown key, which is named with the nearest known one", async () => {
    const world = await worldWith(walk(600, 1));
    edit(world, /^learner:/m, "lerner:");
    await expectRefused(world, () => world.run("build", MODEL_ID), {
      code: "MODEL_INVALID",
      message: expect.stringMatching(/"lerner".*did you mean "learner"/s),
    });
  });

  it("is refused for an unknown key deep inside, and for a value of the wrong kind, with the path", async () => {
    const world = await worldWith(walk(600, 1));
    edit(world, /trees: 20/, "treees: 20");
    await expectRefused(world, () => world.run("build", MODEL_ID), {
      code: "MODEL_INVALID",
      message: expect.stringMatching(/treees.*trees/s),
    });
    edit(world, /treees: 20/, "trees: many");
    await expectRefused(world, () => world.run("build", MODEL_ID), {
      code: "MODEL_INVALID",
      message: expect.stringMatching(/learner\.params\.trees/),
    });
  });

  it("is refused when it is no YAML, with the line", async () => {
    const world = await worldWith(walk(600, 1));
    edit(world, /^learner:/m, "learner: [");
    await expectRefused(world, () => world.run("build", MODEL_ID), { code: "MODEL_INVALID", message: expect.stringMatching(/line \d+/) });
  });
});

describe("sigma data import", () => {
  it.each([
    ["ragged", /line 3, column "volume": expected "6" cells, found "5"/],
    ["not-a-number", /line 3, column "close": expected a number, found "abc"/],
    ["out-of-order", /line 3, column "date": out of order: "2024-07-01T13:30:00.000Z" comes after "2024-07-02/],
    ["duplicated", /line 3, column "date": duplicated bar: "2024-07-01T13:30:00.000Z" is also at line 2/],
    ["nan-price", /line 2, column "close": expected a number, found "NaN"/],
    ["negative-price", /line 3, column "low": expected a finite price above 0, found "-100"/],
    ["empty-price", /line 2, column "close": expected a number, found an empty cell/],
    ["header-only", /expected at least one bar, found none/],
    ["empty", /empty/i],
  ])("refuses %s.csv, says where, and writes nothing", async (name, message) => {
    const home = join(scratchForTest(), "home");
    await sigma(home, "packs", "list");
    const before = contentOf(home);
    const { code, out, err } = await sigma(home, "data", "import", "--file", fixture(name), "--symbol", "QQQ", "--cadence", "daily");
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err.replaceAll(/\s+/g, " ")).toMatch(message);
    expect(err).toMatch(/DATA_INVALID/);
    expect(contentOf(home)).toEqual(before);
  });

  it("refuses a file that is not there", async () => {
    const home = join(scratchForTest(), "home");
    const { code, err } = await sigma(home, "data", "import", "--file", join(home, "no such.csv"), "--symbol", "QQQ", "--cadence", "daily");
    expect(code).toBe(1);
    expect(err).toContain("no such.csv");
  });
});

describe("sigma data import --config", () => {
  const document = (name: string): string => fileURLToPath(new URL(`../fixtures/data-import/${name}.yaml`, import.meta.url));

  it.each<[string, string, RegExp]>([
    ["mapped-twice", "INVALID_PARAM", /columns\.close: the source's column "open" cannot be "open" and "close" at once.*line 7/],
    ["missing-column", "DATA_INVALID", /daily\.csv: expected a column for "close" \("clsoe"\), found .*Did you mean close=close\?/],
    [
      "factor-twice",
      "INVALID_PARAM",
      /actions: an adjustment factor and an actions file say the same thing twice; take one of them.*line 6/,
    ],
    ["factor-and-actions", "DATA_INVALID", /factor\.csv: the source has an adjustment factor, .* or the factor with columns\.factor: null/],
    [
      "adjusted-already",
      "DATA_INVALID",
      /a split of 7 on 2024-07-02, but .*these prices are adjusted already\. Bring raw prices, or leave the split out/,
    ],
    ["unknown-timezone", "INVALID_PARAM", /found "America\/NewYork"\. Did you mean "America\/New_York"\?/],
    ["wrong-label", "DATA_INVALID", /every line, column "ts": the bar label is "start", but in 2 of 2 sessions .*; set it to "end"/],
    ["half-past", "DATA_INVALID", /line 3, column "ts": .*hours that begin at half past are other bars: bring 15m or finer bars instead/],
    [
      "at-night",
      "DATA_INVALID",
      /line 2, column "ts": the session of a daily bar is not clear from a time at night .* write the date alone/,
    ],
    [
      "dates-by-end",
      "DATA_INVALID",
      /line 2, column "date": a date names its session and marks no end of a bar.*leave the bar label at start/,
    ],
    ["available-early", "DATA_INVALID", /line 2, column "date": expected the row to be available from "2024-07-01T20:00:00\.000Z" on/],
    ["chain-without-expiry", "DATA_INVALID", /found no column for "expiry"\. Map strike, expiry and right, or contract/],
    [
      "chain-crossed",
      "DATA_INVALID",
      /line 3, column "bid": expected a bid of at most the ask "2\.6", found "2\.7"; correct the row, or say crossed_quotes: unknown/,
    ],
    [
      "chain-negative-interest",
      "DATA_INVALID",
      /line 3, column "open_interest": expected 0 or more, or an empty cell for unknown; found "-70"/,
    ],
    ["chain-negative-strike", "DATA_INVALID", /line 3, column "strike": expected a strike above 0, found "-545"/],
    ["chain-unknown-right", "DATA_INVALID", /line 3, column "right": expected call or put \("C", "P"\), found "Q"/],
    ["chain-of-no-morning", "DATA_INVALID", /nobody said of which morning\. Say open_interest_of: session/],
    ["overlapping-members", "DATA_INVALID", /line 3: this stay of "AAPL" overlaps the one at line 2/],
    ["no-such-file", "INVALID_PARAM", /nothing\.csv": there is no such file/],
    ["no-match", "INVALID_PARAM", /no file matches it/],
    ["not-yaml", "INVALID_PARAM", /not readable YAML at line 3/],
    ["nowhere", "INVALID_PARAM", /nowhere\.yaml": there is no such file/],
  ])("refuses %s.yaml with %s, says where and what to do, and writes nothing", async (name, code, message) => {
    const home = join(scratchForTest(), "home");
    await sigma(home, "packs", "list");
    const before = contentOf(home);
    const answer = await sigma(home, "data", "import", "--config", document(name));
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err.replaceAll(/\s+/g, " ")).toMatch(message);
    expect(answer.err).toContain(`Code ${code}.`);
    expect(contentOf(home)).toEqual(before);
  });

  it("refuses a document of more than 64 KB before it reads it", async () => {
    const scratch = scratchForTest();
    const path = join(scratch, "long.yaml");
    writeFileSync(path, `kind: bars\n# ${"x".repeat(64 * 1024)}\n`);
    const { code, err } = await sigma(join(scratch, "home"), "data", "import", "--config", path);
    expect(code).toBe(1);
    expect(err).toMatch(/at most 65536 are read/);
  });
});

describe("a history that is too short", () => {
  it.each([
    ["backtest", 30],
    ["sweep", 30],
    ["sweep", 150],
  ] as const)("fails the plan of a %s over %i bars, with how many there are and how many are needed", async (machine, bars) => {
    const world = await worldWith(walk(bars, 2));
    await world.run("build", MODEL_ID, { force: true });
    await expectRefused(world, () => world.run(machine, MODEL_ID), {
      code: "HISTORY_TOO_SHORT",
      message: expect.stringMatching(
        /need about "\d+" bars before the holdout; the history has "\d+".*Use a longer window or fewer splits/s,
      ),
    });
  });
});

describe("a series that only rises", () => {
  it("fails the build as one class, and says so", async () => {
    const world = await worldWith(onlyRising(900));
    await expectRefused(world, () => world.run("build", MODEL_ID), {
      code: expect.stringMatching(/^(SINGLE_CLASS|QUALITY_FAILED)$/),
      message: expect.stringMatching(/SINGLE_CLASS|one class/),
    });
  });

  it("fails a single fold whose past holds one class no more than others: it says the base rate, and the report says so", async () => {
    // Rising for as long as the first fold trains, a random walk afterwards.
    const rising = onlyRising(900);
    const world = await worldWith([...rising, ...walk(900, 3, rising.at(-1)!.close)]);
    await world.run("build", MODEL_ID, { force: true });
    const { run_id } = await world.run("backtest", MODEL_ID);
    const events = recordsOf(world.home).filter(({ pk, sk }) => pk === `run#${run_id}` && sk.startsWith("event#"));
    const fits = events.map(({ body }) => String(body["message"])).filter((message) => message.startsWith("fold"));
    expect(fits.sort()).toEqual([
      expect.stringContaining("fold 1 fitted (single_class"),
      ...[2, 3, 4, 5].map((fold) => expect.stringContaining(`fold ${fold} fitted`)),
    ]);
    const report = [...artifactsOf(world.home).keys()].find((key) => key.endsWith("report.json"))!;
    expect(readFileSync(join(world.home, "artifacts", report), "utf8")).toContain("single_class");
  });
});

const STRANGE_IDS = ["../x", "..", "a/b", "a\\b", "a\0b", "%2e%2e%2fx", "ünïcode", "a b", "-x", "x".repeat(300), "__proto__"];

describe("ids", () => {
  it.each([
    ["model", ["models", "show", "nobody"]],
    ["pack", ["packs", "show", "nobody"]],
    ["run", ["runs", "show", "sweep_000000000000000000000000"]],
    ["run to resume", ["runs", "resume", "sweep_000000000000000000000000"]],
    ["run to cancel", ["runs", "cancel", "sweep_000000000000000000000000"]],
    ["trained model", ["publish", "tm_000000000000000000000000"]],
    ["row", ["train", MODEL_ID, "--rows", "0000000000000000-0000000000000000", "--pack", "swingsigma"]],
    ["built model", ["build", "nobody", "--pack", "swingsigma"]],
    ["matrix", ["sweep", "nobody", "--pack", "swingsigma"]],
  ])("that nobody has are not found, by the command line too: %s", async (_, argv) => {
    const home = join(scratchForTest(), "home");
    await sigma(home, "packs", "list");
    const before = contentOf(home);
    const { code, out, err } = await sigma(home, ...argv);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toMatch(/NOT_FOUND/);
    expect(contentOf(home)).toEqual(before);
  });

  it("that nobody has are not found: a sweep, and a row to train", { timeout: 60_000 }, async () => {
    const world = await worldWith(walk(1300, 6));
    const response = await createLocalApp(world.system).request("/v1/sweeps/swp_000000000000000000000000");
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, "NOT_FOUND"]);
    await world.run("build", MODEL_ID);
    await expectRefused(world, () => world.run("train", MODEL_ID, { rows: ["0000000000000000-0000000000000000"] }), {
      code: "NOT_FOUND",
      message: expect.stringContaining('"0000000000000000-0000000000000000"'),
    });
  });

  it.each(STRANGE_IDS)("that could become paths reach no storage, through no route: %j", async (id) => {
    const world = await worldForTest(join(scratchForTest(), "home"), 1);
    const app = createLocalApp(world.system);
    const before = contentOf(world.home);
    const part = encodeURIComponent(id);
    const gets = [
      `/v1/models/${part}?pack_id=swingsigma`,
      `/v1/packs/${part}`,
      `/v1/runs/${part}`,
      `/v1/matrices/${part}`,
      `/v1/trained_models/${part}`,
      `/v1/sweeps/${part}`,
      `/v1/signals/${part}`,
      `/v1/leaderboard?sweep_id=${part}`,
      `/v1/leaderboard?pack_id=${part}`,
    ];
    // A dot segment ends in the URL's parser: it asks for another route.
    for (const path of id === ".." ? [] : gets) {
      const response = await app.request(path);
      if (path.includes("leaderboard?") && response.status === 200) {
        expect(((await response.json()) as { rows: unknown[] }).rows, path).toEqual([]);
        continue;
      }
      expect([400, 404], path).toContain(response.status);
      const problem = (await response.json()) as { code: string };
      expect(["INVALID_PARAM", "NOT_FOUND", "ARTIFACT_NOT_FOUND"], `${path}: ${JSON.stringify(problem)}`).toContain(problem.code);
    }
    const posts: readonly [string, Record<string, unknown>][] = [
      ["/v1/build_matrix", { model_id: id, pack_id: "swingsigma" }],
      ["/v1/build_matrix", { model_id: "m", pack_id: id }],
      ["/v1/sweeps", { model_id: id, pack_id: "swingsigma" }],
      ["/v1/backtest", { model_id: id, pack_id: "swingsigma" }],
      ["/v1/train", { model_id: "m", pack_id: "swingsigma", rows: [id] }],
      ["/v1/models", { pack_id: "swingsigma", template_id: "swing_eq_daily", model_id: id, ticker: "QQQ" }],
      ["/v1/models", { pack_id: "swingsigma", template_id: "swing_eq_daily", ticker: id }],
      [`/v1/trained_models/${part}/publish`, {}],
      ["/v1/signals/run", { trained_model_id: id }],
    ];
    for (const [path, body] of posts) {
      const response = await app.request(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const problem = (await response.json()) as { code?: string };
      expect([400, 404, 422], `${path} ${JSON.stringify(body)}: ${JSON.stringify(problem)}`).toContain(response.status);
    }
    expect(contentOf(world.home)).toEqual(before);
  });

  it("are checked by the handlers themselves, whoever calls them", async () => {
    const world = await worldForTest(join(scratchForTest(), "home"), 1);
    const { STEP_NAMES, loadHandler } = await import("#infra/local/handlers.ts");
    const before = contentOf(world.home);
    for (const name of STEP_NAMES.filter((step) => step !== "record-failure")) {
      const handler = (await loadHandler(name))(world.system.ports);
      for (const id of STRANGE_IDS) {
        const key = { plan_key: id, training_key: id, batch: id, row: id, fold: 0, trained_model_id: id, tick: id };
        const input = { run_id: `sweep_${"0".repeat(24)}`, owner: id, pack_id: id, model_id: id, request: {}, ...key };
        await expect(handler(input), `${name} ${id}`).rejects.toMatchObject({ code: "INVALID_PARAM" });
      }
    }
    expect(contentOf(world.home)).toEqual(before);
  });
});

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { artifactsOf, recordsOf, scratchForTest } from "./home.ts";
import { type DailyBar, dailyCsv, walk } from "./series.ts";
import { type World, worldForTest } from "./world.ts";

const BARS = 1500;
/** The last 15 % of the window. */
const HOLDOUT_START = 1275;
const MODEL_ID = "qqq_eq_swing_daily";

async function swept(bars: readonly DailyBar[]): Promise<World> {
  const world = await worldForTest(join(scratchForTest(), "home"));
  await world.importDaily("QQQ", dailyCsv(bars));
  await world.createModel({
    model_id: MODEL_ID,
    ticker: "QQQ",
    data: { provider: "files", symbol: "QQQ" },
    learner: { calibration: "sigmoid", params: { trees: 20 } },
  });
  await world.run("build", MODEL_ID, { force: true });
  await world.run("sweep", MODEL_ID);
  return world;
}

/** What the sweep found, without the names that cover the whole window's data. */
const found = ({ home }: World) =>
  recordsOf(home)
    .filter(({ sk }) => sk.startsWith("row#"))
    .map(({ body }) => {
      const { variant_id, params, metrics, significance, gate, score, q_value, plateau, equity } = body;
      return { variant_id, params, metrics, significance, gate, score, q_value, plateau, equity };
    })
    .sort((a, b) => (String(a.variant_id) < String(b.variant_id) ? -1 : 1));

const filesLike = ({ home }: World, pattern: RegExp): string[] =>
  [...artifactsOf(home)].flatMap(([key, { sha256 }]) => (pattern.test(key) ? [sha256] : [])).sort();

describe("the holdout", () => {
  it("is read by no fit, calibration, threshold or judgement of a sweep: other prices in it change nothing", {
    timeout: 180_000,
  }, async () => {
    const series = walk(BARS, 11);
    const development = series.slice(0, HOLDOUT_START);
    // A crash in place of a walk: anything that looked at it would move.
    const crash = walk(BARS - HOLDOUT_START, 12, development.at(-1)!.close / 4);
    const one = await swept(series);
    const other = await swept([...development, ...crash]);
    expect(found(one)).toHaveLength(27);
    expect(found(other)).toEqual(found(one));
    expect(filesLike(one, /predictions\/.*\.bin$/)).toHaveLength(5);
    expect(filesLike(other, /predictions\/.*\.bin$/)).toEqual(filesLike(one, /predictions\/.*\.bin$/));
    expect(filesLike(other, /matrix\.parquet$/)).not.toEqual(filesLike(one, /matrix\.parquet$/));
  });

  it("is where it is said to be: a price just before it does change the sweep", { timeout: 180_000 }, async () => {
    const series = walk(BARS, 11);
    const last = series[HOLDOUT_START - 1]!;
    const changed = series.with(HOLDOUT_START - 1, { ...last, close: last.close * 0.97, low: Math.min(last.low, last.close * 0.96) });
    const [one, other] = [await swept(series), await swept(changed)];
    expect(found(other)).not.toEqual(found(one));
  });
});

import { type Verification, verifyRun } from "../../cli/verify-run.ts";
import { type Done, defineExperiment, type Section } from "../experiment.ts";
import { table } from "../markdown.ts";
import { randomWalk } from "../noise/series.ts";
import { csvOf, inNewWorld, OWNER, type World } from "./world.ts";

type Repeated = { readonly what: string; readonly verdict: string; readonly digests: number };
type Named = { readonly changed: string; readonly verdict: string; readonly named: readonly string[]; readonly expected: string };
type RepeatResult = { readonly repeated: readonly Repeated[]; readonly named: readonly Named[] };

const SYMBOL = "WALK";
const MODEL_ID = "walk_eq_swing_daily";
const MACHINES = ["build", "backtest", "sweep", "train"] as const;
/** Which close is changed, by how much: the last digit of one number of the file. */
const CHANGED_ROW = 700;

const modelWith = (trees: number) =>
  ({
    template_id: "swing_eq_daily",
    model_id: MODEL_ID,
    ticker: SYMBOL,
    data: { provider: "files", symbol: SYMBOL },
    learner: { calibration: "none", params: { trees, max_depth: 2 } },
  }) as const;

export const repeat = defineExperiment<RepeatResult>({
  name: "repeat",
  title: "Reproducibility: the same again from the data, and what is not the same is named",
  jobs: () => [{ experiment: "repeat", group: "verify", seed: 1 }],
  run: ({ seed }) => inNewWorld((world) => repeatAll(world, csvOf(randomWalk(900_000 + seed, 5, 0).bars))),
  section: repeatSection,
});

async function repeatAll(world: World, csv: string): Promise<RepeatResult> {
  await world.importDaily(SYMBOL, csv);
  await world.putModel(modelWith(20));
  const runs = new Map<string, string>();
  runs.set("build", (await world.run("build", MODEL_ID)).run_id);
  runs.set("backtest", (await world.run("backtest", MODEL_ID)).run_id);
  const sweep = await world.run("sweep", MODEL_ID, { mode: "simple" });
  runs.set("sweep", sweep.run_id);
  const { best_rows } = (sweep.outputs as { readonly sweep: { readonly best_rows: readonly string[] } }).sweep;
  runs.set("train", (await world.run("train", MODEL_ID, { rows: [...best_rows], research: true })).run_id);
  const verify = (machine: string): Promise<Verification> => verifyRun(world.system, OWNER, runs.get(machine)!, () => undefined);

  const repeated: Repeated[] = [];
  for (const machine of MACHINES) {
    const { verdict, results } = await verify(machine);
    repeated.push({ what: machine, verdict, digests: results.length });
  }
  const named: Named[] = [];
  const expecting = async (changed: string, machine: string, expected: string): Promise<void> => {
    const found = await verify(machine);
    named.push({ changed, verdict: found.verdict, named: found.changed.map(({ what }) => what), expected });
  };
  await world.putModel(modelWith(21));
  await expecting("one character of the model's configuration: 20 trees become 21", "sweep", "config.learner.params.trees");
  await world.putModel(modelWith(20));
  await world.importDaily(SYMBOL, withOtherDigit(csv));
  await expecting("one character of the data: the last digit of one close", "build", `matrix.data.bars ${SYMBOL} daily.fingerprint`);
  return { repeated, named };
}

/** The file with another last digit in one row's close, still inside the bar's range. */
function withOtherDigit(csv: string): string {
  const lines = csv.split("\n");
  const cells = lines[CHANGED_ROW]!.split(",");
  const [low, close] = [Number(cells[3]), Number(cells[4])];
  cells[4] = (close - 0.01 >= low ? close - 0.01 : close + 0.01).toFixed(2);
  lines[CHANGED_ROW] = cells.join(",");
  return lines.join("\n");
}

function repeatSection(done: readonly Done<RepeatResult>[]): Section {
  const repeated = done.flatMap(({ result }) => result.repeated);
  const named = done.flatMap(({ result }) => result.named);
  const identical = repeated.filter(({ verdict }) => verdict === "identical");
  const found = named.filter(({ verdict, named: places, expected }) => verdict === "different" && places.includes(expected));
  return {
    claims: [
      {
        says: "`sigma verify` does build, backtest, sweep and training again in an empty store, from the data, and finds the same content",
        found: `${identical.length} of ${repeated.length}`,
        holds: identical.length === repeated.length && repeated.length === MACHINES.length,
      },
      {
        says: "One changed character of data or configuration is found and named",
        found: `${found.length} of ${named.length}`,
        holds: found.length === named.length && named.length > 0,
      },
    ],
    text: [
      table(
        ["Run", "Repetition", "Digests compared"],
        repeated.map(({ what, verdict, digests }) => [what, verdict, String(digests)]),
      ),
      "",
      table(
        ["Changed", "Repetition", "Named"],
        named.map(({ changed, verdict, named: places }) => [changed, verdict, places.map((place) => `\`${place}\``).join(", ")]),
      ),
    ].join("\n"),
  };
}

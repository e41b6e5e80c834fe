import type { Json } from "#lib/core/canonical-json.ts";
import { type Done, defineExperiment, type Job, type Section } from "../experiment.ts";
import { table } from "../markdown.ts";
import { type Answer, attempt } from "./attempt.ts";
import { DATA_SETS, type HonestResult } from "./honest.ts";
import { PLANTS } from "./plants.ts";

type LeakResult = { readonly answer: Answer } | { readonly honest: HonestResult };

const QUICK_DATA = "sample";
const job = (group: string, seed: number): Job => ({ experiment: "leaks", group, seed });

export const leaks = defineExperiment<LeakResult & { readonly [key: string]: Json }>({
  name: "leaks",
  title: "Planted leaks: what looks ahead is stopped and named",
  jobs: (scale) => [
    ...PLANTS.map((_, i) => job("plant", i + 1)),
    ...Object.keys(DATA_SETS)
      .filter((name) => scale === "full" || name === QUICK_DATA)
      .map((name) => job(name, 1)),
  ],
  async run({ group, seed }) {
    if (group === "plant") return { answer: await attempt(PLANTS[seed - 1]!.grow) };
    return { honest: await DATA_SETS[group]!.run() };
  },
  section: (done) => leaksSection(done),
});

function leaksSection(done: readonly Done<LeakResult>[]): Section {
  const plants = done.flatMap(({ job: { seed }, result }) =>
    "answer" in result ? [{ plant: PLANTS[seed - 1]!, answer: result.answer }] : [],
  );
  const isCaught = ({ plant, answer }: (typeof plants)[number]): boolean =>
    answer.code === plant.code && plant.names.every((name) => answer.says.includes(name));
  const caught = plants.filter(isCaught);
  const sets = done.flatMap(({ job: { group }, result }) =>
    "honest" in result ? [{ title: DATA_SETS[group]!.title, honest: result.honest }] : [],
  );
  const tested = sets.flatMap(({ honest }) => (honest === null ? [] : [honest]));
  const alarms = tested.reduce((sum, { accused }) => sum + accused.length, 0);
  return {
    claims: [
      {
        says: "Every planted leak is stopped by the blocking checks of a normal build or fit, and named",
        found: `${caught.length} of ${plants.length}`,
        holds: caught.length === plants.length,
      },
      {
        says: "The leak test accuses no honest indicator of the registry",
        found: `${alarms} false alarms on ${tested.length} data sets`,
        holds: alarms === 0,
      },
    ],
    text: [
      "Each plant enters where something foreign could: a column, a label, a fold, or data. The checks are those of every build and every fit; nothing here helps them.",
      "",
      table(
        ["Planted", "Through", "Stopped with", "It says"],
        plants.map(({ plant, answer }) => [
          plant.name,
          plant.through,
          answer.code === null ? "**nothing**" : `\`${answer.code}\``,
          shortened(answer.says),
        ]),
      ),
      "",
      "Every indicator of the registry that the data are enough for, at its defaults, through the same leak test. (Those that compare the members of a universe are tested elsewhere.)",
      "",
      table(
        ["Data", "Bars", "Indicators", "Columns", "Values compared", "False alarms"],
        sets.map(({ title, honest }) =>
          honest === null
            ? [title, "not here", "", "", "", ""]
            : [
                title,
                honest.bars.toLocaleString("en-US"),
                String(honest.indicators),
                String(honest.columns),
                honest.valuesCompared.toLocaleString("en-US"),
                honest.accused.length === 0 ? "0" : honest.accused.join(", "),
              ],
        ),
      ),
    ].join("\n"),
  };
}

const LONGEST = 220;
const shortened = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/ \S*$/, "")} ...`);

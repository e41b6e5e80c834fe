import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { trustVersion } from "./code-digest.ts";
import { trustDocument } from "./document.ts";
import type { Job, Scale } from "./experiment.ts";
import { EXPERIMENTS, experimentNamed } from "./experiments.ts";
import { runJobs } from "./pool.ts";
import { createProgress } from "./progress.ts";
import { openResultStore } from "./result-store.ts";

const USAGE = `npm run trust -- [--quick] [--only NAME]... [--threads N] [--store FOLDER] [--dry]
  --quick         a few seeds of everything; writes nothing
  --only NAME     one experiment, repeatable: ${EXPERIMENTS.map(({ name }) => name).join(", ")}; writes nothing
  --threads N     threads that work at once; all cores when absent
  --store FOLDER  where finished jobs are kept; .trust when absent
  --dry           do not write docs/trust.md`;

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    threads: { type: "string", default: String(availableParallelism()) },
    store: { type: "string", default: join(root, ".trust") },
    dry: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(USAGE);
else await demonstrate();

async function demonstrate(): Promise<void> {
  const scale: Scale = values.quick ? "quick" : "full";
  const experiments = values.only?.map(experimentNamed) ?? EXPERIMENTS;
  const version = await trustVersion();
  const store = openResultStore(values.store, version);
  const jobs = experiments.flatMap((experiment) => experiment.jobs(scale));
  const open = jobs.filter((job) => store.find(job) === undefined);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  if (open.length < jobs.length) say(`${jobs.length - open.length} of ${jobs.length} jobs are done already.`);
  const progress = createProgress(open.length, say, () => performance.now());
  await runJobs(open, Math.max(1, Number(values.threads)), (job: Job, result) => {
    store.add(job, result);
    progress.step(`${job.experiment} ${job.group}`);
  });

  const sections = experiments.map((experiment) => ({
    title: experiment.title,
    section: experiment.section(
      jobs.filter((job) => job.experiment === experiment.name).map((job) => ({ job, result: store.find(job)! })),
      scale,
    ),
  }));
  const text = trustDocument(version, scale, sections);
  const isWhole = scale === "full" && values.only === undefined;
  if (isWhole && !values.dry) {
    writeFileSync(join(root, "docs", "trust.md"), text);
    say("Written to docs/trust.md.");
  } else console.log(text);
  const broken = sections.flatMap(({ section }) => section.claims.filter(({ holds }) => !holds));
  for (const { says, found } of broken) say(`Does not hold: ${says}. Found: ${found}.`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

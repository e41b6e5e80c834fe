import { loadWorkloads } from "./load-workloads.ts";

/** Child of the runner: repeats one workload in a process of its own and prints each repetition's figures as a line of JSON. */
const [name, repeat] = process.argv.slice(2);
const workload = (await loadWorkloads()).find((candidate) => candidate.name === name);
if (!workload) throw new Error(`There is no workload "${name}".`);
for (let i = 0; i < Number(repeat); i++) {
  const figures = await workload.run();
  // JSON has no NaN: null stands for it on the way to the runner.
  process.stdout.write(
    `${JSON.stringify(figures.map((figure) => ({ ...figure, value: Number.isNaN(figure.value) ? null : figure.value })))}\n`,
  );
}

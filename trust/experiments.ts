import { control } from "./control/experiment.ts";
import type { AnyExperiment } from "./experiment.ts";
import { leaks } from "./leaks/experiment.ts";
import { noise } from "./noise/experiment.ts";
import { poorData } from "./poor-data/experiment.ts";
import { power } from "./power/experiment.ts";
import { repeat } from "./repeat/experiment.ts";

/** In the order of the document. */
export const EXPERIMENTS: readonly AnyExperiment[] = [noise, power, control, leaks, repeat, poorData];

export function experimentNamed(name: string): AnyExperiment {
  const found = EXPERIMENTS.find((experiment) => experiment.name === name);
  if (!found) throw new TypeError(`There is no experiment "${name}"; there are ${EXPERIMENTS.map((each) => each.name).join(", ")}.`);
  return found;
}

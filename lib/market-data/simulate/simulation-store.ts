import { canonicalJson } from "../../core/canonical-json.ts";
import { realWorkspaceOf } from "../../core/workspace.ts";
import { parseOr } from "../../errors/parse.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import { readJsonArtifact } from "../imported-series.ts";
import { dataPrefix } from "../series-keys.ts";
import { SIMULATION_NAME } from "./market/symbols.ts";
import { type Simulation, SimulationSchema } from "./simulation.schema.ts";

/**
 * Registers a simulation under its name. It is seen in both of the owner's workspaces, the real one and the SIMULATED one.
 *
 * @param replace - whether another simulation of this name may go; models that use it then see other data
 * @throws CONFLICT when the name is taken by another simulation
 * @throws INVALID_PARAM when owner or name cannot be part of a key
 */
export async function saveSimulation(
  store: ArtifactStore,
  owner: string,
  simulation: Simulation,
  replace: boolean,
): Promise<"created" | "replaced" | "unchanged"> {
  const key = keyOf(owner, simulation.name);
  const bytes = new TextEncoder().encode(canonicalJson(simulation));
  const { created } = await store.put(key, bytes, "absent");
  if (created) return "created";
  const present = await store.get(key);
  if (new TextDecoder().decode(present.bytes) === new TextDecoder().decode(bytes)) return "unchanged";
  if (!replace) {
    throw new SigmaError(
      "CONFLICT",
      `There is another simulation named "${simulation.name}". Choose another name, or replace it with --force: models that use it will see other data.`,
      { name: simulation.name },
    );
  }
  await store.put(key, bytes, { etag: present.etag });
  return "replaced";
}

/**
 * @returns undefined when the owner has no simulation of this name
 * @throws ARTIFACT_CORRUPT when what is stored is no simulation
 */
export async function readSimulation(store: ArtifactStore, owner: string, name: string): Promise<Simulation | undefined> {
  const found = await readJsonArtifact(store, keyOf(owner, name));
  return found && parseOr("ARTIFACT_CORRUPT", SimulationSchema, found.document, `The simulation "${name}"`);
}

/** An owner's simulations, by name. */
export async function listSimulations(store: ArtifactStore, owner: string): Promise<Simulation[]> {
  const found: Simulation[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ArtifactStore["list"]>> = await store.list(prefixOf(owner), {
      limit: 1000,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const key of page.keys) {
      const name = /([^/]+)\.json$/.exec(key)?.[1];
      const simulation = name === undefined ? undefined : await readSimulation(store, owner, name);
      if (simulation) found.push(simulation);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

const prefixOf = (owner: string): string => dataPrefix(realWorkspaceOf(owner), "simulations");

function keyOf(owner: string, name: string): string {
  if (SIMULATION_NAME.test(name)) return `${prefixOf(owner)}${name}.json`;
  const issue = `must match ${SIMULATION_NAME.source}`;
  throw new SigmaError(
    "INVALID_PARAM",
    `The name of a simulation ${issue}; found ${JSON.stringify(name.slice(0, 80))}.`,
    { field: "name" },
    { fieldErrors: [{ path: "name", issue }] },
  );
}

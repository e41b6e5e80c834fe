import { describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { type Simulation, SimulationSchema } from "#lib/market-data/simulate/simulation.schema.ts";
import { simulationStatement } from "#lib/market-data/simulate/simulation-statement.ts";
import { listSimulations, readSimulation, saveSimulation } from "#lib/market-data/simulate/simulation-store.ts";

const simulation = (name: string, edge: object = {}): Simulation =>
  SimulationSchema.parse({ schema_version: 1, name, spec: { kind: "edge", edge } });

describe("saveSimulation", () => {
  it("creates, leaves an equal one, and replaces another one only when told to", async () => {
    const store = createMemoryArtifactStore();
    expect(await saveSimulation(store, "local", simulation("A"), false)).toBe("created");
    expect(await saveSimulation(store, "local", simulation("A"), false)).toBe("unchanged");
    await expect(saveSimulation(store, "local", simulation("A", { seed: 2 }), false)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("models that use it will see other data"),
    });
    expect(await saveSimulation(store, "local", simulation("A", { seed: 2 }), true)).toBe("replaced");
    expect((await readSimulation(store, "local", "A"))?.spec).toMatchObject({ edge: { seed: 2, annual_sharpe: 1 } });
  });

  it("keeps owners apart and the two workspaces of one together", async () => {
    const store = createMemoryArtifactStore();
    await saveSimulation(store, "ann-simulated", simulation("A"), false);
    await saveSimulation(store, "ann", simulation("B"), false);
    await saveSimulation(store, "bob", simulation("C"), false);
    expect((await listSimulations(store, "ann")).map(({ name }) => name)).toEqual(["A", "B"]);
    expect((await listSimulations(store, "bob-simulated")).map(({ name }) => name)).toEqual(["C"]);
    expect(await readSimulation(store, "bob", "A")).toBeUndefined();
  });

  it("refuses what could not be part of a key, and damaged documents", async () => {
    const store = createMemoryArtifactStore();
    await expect(readSimulation(store, "../x", "A")).rejects.toMatchObject({ code: "INVALID_PARAM" });
    await expect(readSimulation(store, "ann", "../A")).rejects.toMatchObject({
      code: "INVALID_PARAM",
      message: expect.stringContaining("must match"),
    });
    await store.put("owners/ann/data/simulations/A.json", new TextEncoder().encode("{"), "any");
    await expect(readSimulation(store, "ann", "A")).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    await store.put("owners/ann/data/simulations/A.json", new TextEncoder().encode('{"schema_version":2}'), "any");
    await expect(readSimulation(store, "ann", "A")).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    expect(() => simulation("lower")).toThrowError(/a letter first/);
  });
});

describe("simulationStatement", () => {
  it("says what is planted, and refuses what cannot be simulated", () => {
    expect(simulationStatement(simulation("A", { annual_sharpe: 1.5 }))).toContain("a Sharpe of 1.50 a year");
    expect(() => simulationStatement(simulation("A", { annual_sharpe: 9, feature: "reversal", half_life: 50 }))).toThrowError(
      /must be at most/,
    );
    const market = (spec: object): Simulation =>
      SimulationSchema.parse({ schema_version: 1, name: "M", spec: { kind: "market", market: spec } });
    expect(simulationStatement(market({ first_date: "2024-01-02", annual_drift: 0.05, flow: { impact: 0.1 } }))).toMatch(
      /a drift of 5 % a year; .* with a correlation of 0\.1,/,
    );
    expect(() => simulationStatement(market({ first_date: "2024-06-03", last_date: "2024-05-01" }))).toThrowError(/at least two sessions/);
  });
});

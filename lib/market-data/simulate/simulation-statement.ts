import { edgeTheoryOf } from "./edge/edge-theory.ts";
import { edgeStatementOf, plantEdge } from "./edge/plant-edge.ts";
import { createMarketWorld } from "./market/world.ts";
import { marketStatementOf } from "./simulated-market.ts";
import type { Simulation } from "./simulation.schema.ts";

/**
 * What is known of a simulation because it was put there.
 *
 * @throws INVALID_PARAM when it cannot be simulated: a Sharpe ratio out of reach, dates outside the calendar
 */
export function simulationStatement({ name, spec }: Simulation): string {
  if (spec.kind === "edge") {
    plantEdge(`SIM:${name}`, spec.edge);
    return edgeStatementOf(spec.edge, edgeTheoryOf(spec.edge));
  }
  createMarketWorld(name, spec.market).market();
  return marketStatementOf(spec.market);
}

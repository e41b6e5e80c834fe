import * as z from "zod";
import { EdgeSchema } from "./edge/edge.schema.ts";
import { MarketSchema } from "./market/market.schema.ts";
import { SIMULATION_NAME } from "./market/symbols.ts";

/** A simulation under a name of its owner's: the symbol `SIM:NAME`. */
export const SimulationSchema = z.strictObject({
  schema_version: z.literal(1),
  name: z.string().regex(SIMULATION_NAME, 'must be 1 to 20 characters of "A-Z", "0-9", "_" and "-", a letter first'),
  spec: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("edge"), edge: EdgeSchema }).describe("A series with an edge of a stated Sharpe ratio"),
    z.strictObject({ kind: z.literal("market"), market: MarketSchema }).describe("A market with stocks, volatility indices and options"),
  ]),
});
export type Simulation = z.infer<typeof SimulationSchema>;

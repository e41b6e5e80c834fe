import * as z from "zod";
import { CADENCES } from "#lib/core/bars.ts";
import { DATA_KINDS } from "#lib/ports/market-data.ts";

/** What a model reads, in the words in which `GET /data` says who has it. */
export const DataNeedsSchema = z.strictObject({
  cadence: z.enum(CADENCES),
  real_opens: z
    .boolean()
    .describe("Label or indicators use the open: series whose opens are copies of closes, such as an index, fail the build"),
  data: z
    .array(z.strictObject({ what: z.string(), any_of: z.array(z.enum(DATA_KINDS)) }))
    .describe("Of the model's own symbol; each by one of the kinds of GET /data"),
  others: z
    .array(z.strictObject({ symbol: z.string(), cadence: z.enum(CADENCES) }))
    .describe("Further symbols that indicators name; data.others says who has them and under which symbol"),
  universe: z.boolean().describe("Reads the members of a universe together"),
  history_sessions: z.int().describe("Sessions of chains before the first row"),
});
export type DataNeeds = z.output<typeof DataNeedsSchema>;

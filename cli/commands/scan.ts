import type { Scan } from "#lib/scan/scan.schema.ts";
import { command } from "../command.ts";
import { UsageError } from "../failure.ts";
import { scanText } from "../scan-text.ts";
import { wholeNumber } from "../values.ts";

export const scan = command({
  name: "scan",
  description: "The members of a universe in the order of a scanner's rule, as of their last closed bar",
  routes: ["POST /scan"],
  args: {
    pack: { type: "positional", required: true, description: "The pack that has the scanner" },
    set: { type: "positional", required: true, description: "Its indicator set with a scan rule, such as breakout" },
    universe: { type: "string", required: true, valueHint: "name", description: "A universe that you imported" },
    provider: { type: "string", valueHint: "files", description: "Who has the members' bars (default: files)" },
    other: {
      type: "string",
      valueHint: "SPY=files:VOO",
      description: "Where a symbol that the set names is found; may be given several times",
    },
    seed: { type: "string", valueHint: "7", description: "Simulated series only: which world" },
    cadence: { type: "string", valueHint: "daily", description: "Bar size (default: daily)" },
    "as-of": { type: "string", valueHint: "YYYY-MM-DD", description: "Scan as of this date's close (default: now)" },
    limit: { type: "string", valueHint: "50", description: "Ranked symbols to show, 1 to 500" },
  },
  repeatable: ["other"],
  examples: [
    "sigma scan swingsigma breakout --universe big_tech",
    "sigma scan swingsigma rel_strength --universe sim20 --provider simulated --other SPY=simulated:SIMMKT",
  ],
  async run({ session, args, all }) {
    const others = all("other");
    const found = await (await session.api()).post<Scan>("/scan", {
      pack_id: args.pack,
      set: args.set,
      universe: args.universe,
      ...(args.provider === undefined ? {} : { provider: args.provider }),
      ...(others.length === 0 ? {} : { others: Object.fromEntries(others.map(otherOf)) }),
      ...(args.seed === undefined ? {} : { seed: wholeNumber("seed", args.seed, 0, Number.MAX_SAFE_INTEGER) }),
      ...(args.cadence === undefined ? {} : { cadence: args.cadence }),
      ...(args["as-of"] === undefined ? {} : { as_of: args["as-of"] }),
      ...(args.limit === undefined ? {} : { limit: wholeNumber("limit", args.limit, 1, 500) }),
    });
    return { document: found, text: scanText(found, session.paint, session.width) };
  },
});

/** `SPY=files:VOO`: the name that the set uses, the provider, and the symbol there. */
function otherOf(text: string): [string, { provider: string; symbol: string }] {
  const [, name, provider, symbol] = /^([^=]+)=([a-z]+):(.+)$/.exec(text) ?? [];
  if (name === undefined || provider === undefined || symbol === undefined)
    throw new UsageError(`--other takes NAME=provider:SYMBOL such as SPY=files:VOO; found "${text}".`);
  return [name, { provider, symbol }];
}

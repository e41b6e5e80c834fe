import { indicatorNamed } from "#lib/indicators/catalog.ts";
import { resolveIndicator } from "#lib/indicators/resolve.ts";
import { matrixNeeds } from "#lib/matrix/matrix-spec.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import type { DataNeeds } from "./data-needs.schema.ts";

const CADENCE_WORDS = { "1m": "1-minute", "5m": "5-minute", "15m": "15-minute", hourly: "Hourly", daily: "Daily" } as const;

/** What a model's matrix reads, and what trading options on it reads beside that. */
export function dataNeedsOf({ config, indicatorEntries }: Pick<ResolvedModel, "config" | "indicatorEntries">): DataNeeds {
  const { cadence, label, instrument } = config;
  const needs = matrixNeeds(config, indicatorEntries, config.data.symbol);
  const readsOpens = indicatorEntries.some((entry) => indicatorNamed(resolveIndicator(entry).name).inputs.includes("open"));
  const real_opens = label.entry === "next_open" || label.kind === "close_to_open" || readsOpens;
  const data: DataNeeds["data"] = [
    {
      what: `${CADENCE_WORDS[cadence]} bars${real_opens ? " with real opens" : ""}`,
      any_of: real_opens ? ["bars"] : ["bars", "index"],
    },
  ];
  if (needs.chains || instrument === "options") data.push({ what: "Option chains", any_of: ["option_chains"] });
  if (needs.flow && needs.signedFlow) data.push({ what: "Option trades and quotes", any_of: ["option_tape"] });
  else if (needs.flow) data.push({ what: "Same-day option flow", any_of: ["flow_cells", "option_bars"] });
  if (needs.tape) data.push({ what: "Trades and quotes of the symbol", any_of: ["underlying_tape"] });
  return {
    cadence,
    real_opens,
    data,
    others: needs.others.map(({ symbol, cadence: of }) => ({ symbol, cadence: of })),
    universe: needs.universe,
    history_sessions: needs.historySessions,
  };
}

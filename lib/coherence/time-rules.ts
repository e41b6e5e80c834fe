import { INDICATORS } from "../indicators/catalog.ts";
import type { CATEGORIES, IndicatorDefinition } from "../indicators/define-indicator.ts";
import type { Finding } from "../packs/finding.ts";
import type { Pack } from "../packs/pack.schema.ts";
import type { PackContent } from "../packs/resolved-pack.ts";
import { FITTING_DATA, SUGGESTED_HORIZONS, TAGGED_HORIZONS, type Timeframe } from "../packs/time-fit.ts";
import { objection } from "./rules.ts";

/** Categories that are computed on completed sessions or on snapshots, whatever the model's bars are. */
const BESIDE_BARS: ReadonlySet<(typeof CATEGORIES)[number]> = new Set([
  "daily",
  "calendar",
  "regime",
  "options_volatility",
  "options_flow",
  "options_structure",
]);

const frameOf = (cadence: Pack["cadences"][number]): Timeframe => (cadence === "daily" ? "daily" : "minute");

/** Data that an item of the menu is computed on: what the indicator insists on, else what the menu states. */
export function timeframesOf({ name, timeframe }: Pack["indicators"][number], { cadences }: Pick<Pack, "cadences">): readonly Timeframe[] {
  const own = INDICATORS.get(name)?.timeframe ?? "any";
  if (own !== "any") return [own];
  return timeframe === "bar" ? [...new Set(cadences.map(frameOf))] : [timeframe];
}

export function timeAlignment({ pack }: PackContent): Finding[] {
  return [...dataFitHorizon(pack), ...cadencesFitHorizon(pack), ...barsFineEnough(pack), ...horizonsFit(pack), ...statedAsComputed(pack)];
}

function dataFitHorizon(pack: Pack): Finding[] {
  const { time_horizon: horizon } = pack.vibe;
  return pack.indicators.flatMap((item) => {
    // Of the model's own bars the cadences speak.
    if (item.timeframe === "bar" && INDICATORS.get(item.name)?.timeframe === "any") return [];
    const odd = timeframesOf(item, pack).find((frame) => !FITTING_DATA[horizon].includes(frame));
    if (odd === undefined) return [];
    const reason = `"${item.name}" is computed on ${odd} data, and the pack decides over ${horizon}.`;
    return [objection("timeframe_horizon_mismatch", `indicators.${item.name}`, reason)];
  });
}

function cadencesFitHorizon({ cadences, vibe: { time_horizon: horizon } }: Pack): Finding[] {
  return cadences
    .filter((cadence) => !FITTING_DATA[horizon].includes(frameOf(cadence)))
    .map((cadence) => objection("cadence_horizon_mismatch", "cadences", `Bars of ${cadence} do not fit decisions over ${horizon}.`));
}

function barsFineEnough({ cadences, indicators }: Pack): Finding[] {
  if (cadences.some((cadence) => cadence !== "daily")) return [];
  return indicators
    .filter(({ name }) => INDICATORS.get(name)?.timeframe === "minute")
    .map(({ name }) =>
      objection(
        "indicator_needs_finer_bars",
        `indicators.${name}`,
        `"${name}" looks inside the session, and the pack has daily bars only.`,
      ),
    );
}

function horizonsFit({ horizons, vibe, tags }: Pack): Finding[] {
  const fits = (suggested: readonly string[]): boolean => horizons.some((horizon) => suggested.includes(horizon));
  const byVibe = SUGGESTED_HORIZONS[vibe.time_horizon];
  const byTag = TAGGED_HORIZONS[tags.timeframe];
  const has = `the pack's models are ${horizons.join(", ")}`;
  return [
    ...(fits(byVibe)
      ? []
      : [
          objection(
            "horizons_unlike_vibe",
            "horizons",
            `Decisions over ${vibe.time_horizon} suggest models of ${byVibe.join(", ")}; ${has}.`,
          ),
        ]),
    ...(fits(byTag)
      ? []
      : [
          objection(
            "timeframe_tag_unlike_horizons",
            "tags.timeframe",
            `The tag "${tags.timeframe}" suggests models of ${byTag.join(", ")}; ${has}.`,
          ),
        ]),
  ];
}

function statedAsComputed({ indicators, cadences }: Pack): Finding[] {
  return indicators.flatMap(({ name, timeframe }) => {
    const definition = INDICATORS.get(name);
    if (definition === undefined || timeframe === "bar") return [];
    const computed = computedOn(definition, cadences);
    if (computed.includes(timeframe)) return [];
    const reason = `The menu states ${timeframe} data for "${name}", which is computed on ${computed.join(" or ")} data here.`;
    return [objection("timeframe_not_computed", `indicators.${name}`, reason)];
  });
}

function computedOn({ category, timeframe }: IndicatorDefinition, cadences: Pack["cadences"]): readonly Timeframe[] {
  if (timeframe !== "any") return [timeframe];
  const frames = cadences.map(frameOf);
  return [...new Set(BESIDE_BARS.has(category) ? [...frames, "daily" as const] : frames)];
}

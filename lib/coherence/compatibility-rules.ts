import { INDICATORS } from "../indicators/catalog.ts";
import type { Finding } from "../packs/finding.ts";
import type { Pack } from "../packs/pack.schema.ts";
import type { PackContent } from "../packs/resolved-pack.ts";
import { effectiveTags } from "../packs/tags.ts";
import { objection } from "./rules.ts";
import { timeframesOf } from "./time-rules.ts";
import { isCryptoMeasure, isFundamentalMeasure } from "./unavailable-measures.ts";

interface Tagged {
  readonly who: string;
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What the asset tags need among the supported instruments; all of a list; an empty list = there is none. */
const INSTRUMENTS_OF: Readonly<Record<string, readonly Pack["default_instrument"][]>> = {
  equities: ["stocks"],
  options: ["options"],
  multi_asset: ["stocks", "options"],
  futures: [],
};

/** The data that tags promise are in the menu, and some provider has them. */
export function compatibility(content: PackContent): Finding[] {
  const { pack } = content;
  const tagged: readonly Tagged[] = [
    { who: "The pack", path: "tags", tags: pack.tags },
    ...[...content.strategies].map(([name, { tags }]) => ({
      who: `Strategy "${name}"`,
      path: `strategies.${name}.tags`,
      tags: effectiveTags(pack.tags, tags).byCategory,
    })),
  ];
  // What a strategy inherits is the pack's to answer for.
  const own = (category: string): readonly Tagged[] =>
    tagged.filter(({ path, tags }) => path === "tags" || tags[category] !== pack.tags[category as keyof Pack["tags"]]);
  return [
    ...own("timeframe").flatMap((each) => intradayData(each, pack)),
    ...optionData(pack),
    ...own("style").flatMap(fundamentals),
    ...own("asset").flatMap((each) => assets(each, pack)),
    ...measures(pack),
  ];
}

function intradayData({ who, path, tags }: Tagged, pack: Pack): Finding[] {
  if (tags["timeframe"] !== "intraday") return [];
  const frames = pack.indicators.map((item) => ({ name: item.name, frames: timeframesOf(item, pack) }));
  const isFine = frames.some((item) => item.frames.some((frame) => frame === "tick" || frame === "minute"));
  const slow = frames.filter((item) => item.frames.some((frame) => frame === "weekly" || frame === "monthly"));
  const says = `${who} is tagged "intraday"`;
  return [
    ...(isFine
      ? []
      : [
          objection(
            "intraday_without_fine_data",
            `${path}.timeframe`,
            `${says}, and nothing in the menu is computed on tick or minute data.`,
          ),
        ]),
    ...slow.map(({ name }) =>
      objection("intraday_with_slow_data", `indicators.${name}`, `${says}, and the menu states weekly or monthly data for "${name}".`),
    ),
  ];
}

function optionData({ indicators, supported_instruments, tags }: Pack): Finding[] {
  if (!supported_instruments.includes("options") && tags.asset !== "options") return [];
  if (indicators.some(({ name }) => INDICATORS.get(name)?.category.startsWith("options_"))) return [];
  return [
    objection(
      "options_without_option_indicators",
      "indicators",
      "The pack trades options, and its menu has no indicator of implied volatility, greeks, option flow or open interest.",
    ),
  ];
}

function fundamentals({ who, path, tags }: Tagged): Finding[] {
  if (tags["style"] !== "fundamental") return [];
  return [objection("fundamentals_unavailable", `${path}.style`, `${who} is of fundamental style, and no provider offers fundamentals.`)];
}

function assets({ who, path, tags }: Tagged, { supported_instruments }: Pack): Finding[] {
  const asset = tags["asset"]!;
  if (asset === "crypto") return [objection("crypto_unavailable", `${path}.asset`, `${who} trades crypto, and no provider offers crypto.`)];
  const wanted = INSTRUMENTS_OF[asset]!;
  const missing = wanted.filter((instrument) => !supported_instruments.includes(instrument));
  if (wanted.length > 0 && missing.length === 0) return [];
  const reason =
    wanted.length === 0
      ? `${who} is tagged "${asset}", which no instrument trades.`
      : `${who} is tagged "${asset}", and the pack does not support ${missing.join(", ")}.`;
  return [objection("asset_without_instrument", `${path}.asset`, reason)];
}

function measures({ indicators }: Pack): Finding[] {
  return indicators.flatMap(({ name }) => {
    if (isFundamentalMeasure(name))
      return [objection("fundamentals_unavailable", `indicators.${name}`, `"${name}" needs fundamentals, which no provider offers.`)];
    if (isCryptoMeasure(name))
      return [objection("crypto_unavailable", `indicators.${name}`, `"${name}" is a measure of crypto alone, which no provider offers.`)];
    return [];
  });
}

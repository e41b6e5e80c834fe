import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useRows } from "../../data/ask.ts";
import { Chip, Chips } from "../../ui/chip.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import { conditionInWords, entryInWords, spoken, titled, typed } from "../../words/packs.ts";
import { PAGE } from "../../words/places.ts";
import { FactList } from "./fact-list.tsx";
import styles from "./pack.module.css";
import type { PackDetail } from "./pack-standing.ts";

const route = getRouteApi("/packs/$packId");

const SIDES: Readonly<Record<string, string>> = { long: "long only", short: "short only", both: "long and short" };

/** When a pack's models may trade: each strategy with its rule, its side and its tags. */
export function StrategiesTab({ detail }: { readonly detail: PackDetail }) {
  const { strategy: wanted } = route.useSearch();
  const query = useRows("GET /packs/{pack_id}/strategies", { params: { pack_id: detail.pack_id }, query: { limit: 200 } });
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (query.data !== undefined) place.current?.scrollIntoView({ block: "nearest" });
  }, [query.data]);
  return (
    <Panel
      title="Strategies"
      note="A rule never proposes a trade: it drops what the learner proposes in other conditions, in backtests and live alike."
    >
      <Loaded query={query} title="The strategies could not be read" skeleton={<SkeletonBlock />}>
        {(rows) => (
          <ul className={styles.entries}>
            {rows.map(({ name, version, description, entry, exit, side, indicators, tags, ...strategy }) => (
              <li key={name} ref={name === wanted ? place : undefined} aria-current={name === wanted || undefined}>
                <div className={styles.entryHead}>
                  <h3>{titled(name)}</h3>
                  <code>{name}</code>
                  <span className={styles.soft}>version {version}</span>
                  {strategy.default && <Chip tone="accent">Default</Chip>}
                </div>
                <p className={styles.text}>{description}</p>
                <FactList
                  facts={[
                    [
                      "Trades only while",
                      "all" in entry ? entry.all.map(conditionInWords).join(" and ") : entry.any.map(conditionInWords).join(" or "),
                    ],
                    ["Side", SIDES[side] ?? side],
                    [
                      "Leaves",
                      exit.kind === "brackets"
                        ? "at the policy's stop, target or time stop, else when the label ends"
                        : "when the label ends",
                    ],
                    ["Reads", indicators.map(entryInWords).join("; ")],
                  ]}
                />
                <Chips>
                  {tagsInForce(detail.pack.tags, tags).map(({ tag, own }) => (
                    <PlaceLink
                      key={tag}
                      to={PAGE.packs}
                      search={{ q: typed(tag) }}
                      className={own ? styles.ownTag! : styles.word!}
                      title={own ? "Of this strategy" : "Inherited from the pack"}
                    >
                      {spoken(tag)}
                    </PlaceLink>
                  ))}
                </Chips>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

/** The pack's tags, replaced category by category by those of the strategy, then what only strategies have. */
function tagsInForce(pack: Readonly<Record<string, string>>, own: Readonly<Record<string, string | readonly string[] | undefined>>) {
  const inherited = Object.entries(pack).map(([category, value]) => ({
    tag: (own[category] as string | undefined) ?? value,
    own: category in own,
  }));
  const added = Object.entries(own).filter(([category]) => !(category in pack));
  return [...inherited, ...added.flatMap(([, value]) => [value ?? []].flat().map((tag) => ({ tag, own: true })))];
}

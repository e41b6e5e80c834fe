import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useDeferredValue } from "react";
import { useAsk, useRows } from "../../data/ask.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Grid, PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { EmptyState, ErrorState, Loaded } from "../../ui/states.tsx";
import { plural } from "../../words/format.ts";
import { typed } from "../../words/packs.ts";
import { PAGE } from "../../words/places.ts";
import { DraftList } from "./draft-list.tsx";
import { FoundStrategies, type FoundStrategy } from "./found-strategies.tsx";
import { PackCard } from "./pack-card.tsx";
import type { PackRow } from "./pack-standing.ts";
import styles from "./packs.module.css";
import { TagFilter } from "./tag-filter.tsx";
import { packHasTags, readTagSearch, type TagSearch } from "./tag-words.ts";

const route = getRouteApi("/packs");

/** All packs, the built-in ones and those of one's own, and the way to the right one by tags. */
export function PacksPage() {
  const { q = "" } = route.useSearch();
  const navigate = useNavigate({ from: "/packs" });
  const packs = useRows("GET /packs", { query: { limit: 200 } });
  const search = readTagSearch(useDeferredValue(q));
  const asked = search.tags.length + search.words.length > 0;
  const strategies = useRows("GET /strategies", { query: { tags: search.tags.join(","), limit: 200 } }, { enabled: asked });
  const setText = (text: string): void => void navigate({ search: text === "" ? {} : { q: text }, replace: true });
  const addTag = (tag: string): void => {
    const { tags, words } = readTagSearch(q);
    const next = tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag];
    setText([...words, ...next].map(typed).join(" "));
  };

  return (
    <>
      <PageHeader
        title="Packs"
        lead="A pack is a trading personality: what it looks at, when it may trade, and the limits that its models must hold. Take one as it is, or build your own."
        actions={
          <PlaceLink to={PAGE.newPack} className={buttonClass("primary")}>
            Build a pack
          </PlaceLink>
        }
      />
      <TagFilter text={q} onChange={setText} />
      <Loaded query={packs} title="The packs could not be read" skeleton={<SkeletonBlock />}>
        {(rows) =>
          asked ? (
            <Loaded query={strategies} title="The strategies could not be read" skeleton={<SkeletonBlock />}>
              {(found) => <Found packs={rows} strategies={found} search={search} onTag={addTag} onClear={() => setText("")} />}
            </Loaded>
          ) : (
            <Found packs={rows} strategies={[]} search={search} onTag={addTag} onClear={() => setText("")} />
          )
        }
      </Loaded>
    </>
  );
}

interface FoundProps {
  readonly packs: readonly PackRow[];
  /** That have the tags of the search. */
  readonly strategies: readonly FoundStrategy[];
  readonly search: TagSearch;
  readonly onTag: (tag: string) => void;
  readonly onClear: () => void;
}

const holds = (texts: readonly string[], words: readonly string[]): boolean => {
  const all = texts.join("\n").toLowerCase().replaceAll("-", "_");
  return words.every((word) => all.includes(word));
};

function Found({ packs, strategies, search, onTag, onClear }: FoundProps) {
  const asked = search.tags.length + search.words.length > 0;
  const byWords = strategies.filter(({ pack_id, strategy }) => holds([pack_id, strategy], search.words));
  const shown = packs.flatMap((pack) => {
    const named = holds([pack.pack_id, pack.name, pack.description], search.words);
    const tagged = packHasTags(pack.tags, search.tags);
    const mine = (named ? strategies : byWords).filter(({ pack_id }) => pack_id === pack.pack_id);
    if (!(named && tagged) && mine.length === 0) return [];
    return [{ pack, foundBy: asked && !(named && tagged) ? mine.map(({ strategy }) => strategy) : [] }];
  });
  const cards = (builtIn: boolean): ReactNode[] =>
    shown
      .filter(({ pack }) => pack.built_in === builtIn)
      .map((each) => <PackCard key={each.pack.pack_id} {...each} wanted={search.tags} onTag={onTag} />);
  const own = cards(false);
  const builtIn = cards(true);
  return (
    <Grid>
      {asked && shown.length === 0 && <NothingFound search={search} onClear={onClear} />}
      {asked && byWords.length > 0 && (
        <Panel title="Strategies" note={`${plural(byWords.length, "strategy", "strategies")} with these tags`}>
          <FoundStrategies rows={byWords} />
        </Panel>
      )}
      <DraftList packs={packs} />
      {own.length > 0 && (
        <section className={styles.section}>
          <h2>Your own</h2>
          <div className={styles.cards}>{own}</div>
        </section>
      )}
      {builtIn.length > 0 && (
        <section className={styles.section}>
          <h2>Built in</h2>
          <div className={styles.cards}>{builtIn}</div>
        </section>
      )}
    </Grid>
  );
}

/** Words that no tag, name or description has are put to the API, which knows the nearest tag. */
function NothingFound({ search, onClear }: { readonly search: TagSearch; readonly onClear: () => void }) {
  const unknown = search.words.length > 0;
  const asked = useAsk("GET /strategies", { query: { tags: [...search.tags, ...search.words].join(",") } }, { enabled: unknown });
  return (
    <section className={styles.section}>
      {unknown && asked.error !== null ? (
        <ErrorState error={asked.error} title="Nothing has these words" />
      ) : (
        <EmptyState
          title="No pack or strategy has all of these tags"
          action={
            <button type="button" className={buttonClass()} onClick={onClear}>
              Clear the search
            </button>
          }
        >
          Take a tag away, or build a pack that has them.
        </EmptyState>
      )}
    </section>
  );
}

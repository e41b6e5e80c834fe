import { useRows } from "../../data/ask.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { PAGE } from "../../words/places.ts";
import type { PackRow } from "./pack-standing.ts";
import styles from "./packs.module.css";

/** Packs in the making, to go on with. */
export function DraftList({ packs }: { readonly packs: readonly PackRow[] }) {
  const drafts = useRows("GET /pack_drafts", { query: { limit: 200 } });
  if (drafts.data === undefined || drafts.data.length === 0) return null;
  return (
    <Panel title="In the builder" note="kept by the server: leave and come back as you like">
      <ul className={styles.drafts}>
        {drafts.data.map(({ pack_id, name, updated_at }) => (
          <li key={pack_id}>
            <span>
              <strong>{name}</strong> <code>{pack_id}</code>
            </span>
            <span className={styles.soft}>
              {packs.some((pack) => pack.pack_id === pack_id) ? "written, changed" : "changed"} <Moment at={updated_at} ago />
            </span>
            <PlaceLink to={PAGE.newPack} search={{ draft: pack_id }} className={buttonClass("plain", true)}>
              Go on
            </PlaceLink>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

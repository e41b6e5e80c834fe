import { buttonClass } from "../../ui/button.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { formatNumber } from "../../words/format.ts";
import { spoken, spokenList, titled, vibeInWords } from "../../words/packs.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import type { PackRow } from "./pack-standing.ts";
import styles from "./packs.module.css";
import { StandingChips } from "./standing-chips.tsx";

export interface PackCardProps {
  readonly pack: PackRow;
  /** Strategies by which it was found, where its own tags do not say it. */
  readonly foundBy: readonly string[];
  readonly wanted: readonly string[];
  readonly onTag: (tag: string) => void;
}

/** A pack in short: who it is, what it trades, and where it stands. */
export function PackCard({ pack, foundBy, wanted, onTag }: PackCardProps) {
  const { pack_id, name, version, description, vibe, tags, supported_instruments, cadences, horizons } = pack;
  return (
    <article className={styles.card} aria-label={name}>
      <div className={styles.cardHead}>
        <h3>
          <PlaceLink to={PLACE_OF.pack(pack_id)}>{name}</PlaceLink>
        </h3>
        <span className={styles.version}>{version}</span>
        <StandingChips pack={pack} />
      </div>
      <p className={styles.description}>{description}</p>
      <dl className={styles.facts}>
        <dt>Vibe</dt>
        <dd>{vibeInWords(vibe)}</dd>
        <dt>Trades</dt>
        <dd>
          {spokenList(supported_instruments)}; {spokenList(horizons)}, on {spokenList(cadences)} bars
        </dd>
        <dt>Risk</dt>
        <dd>
          up to {formatNumber(vibe.risk_appetite.max_drawdown, "share").replace(".0%", "%")} drawdown, {vibe.risk_appetite.concentration}{" "}
          concentration, gross exposure up to {formatNumber(vibe.risk_appetite.leverage, "ratio").replace(/\.?0+$/, "")}× capital
        </dd>
      </dl>
      <ul className={styles.tags} aria-label="Tags">
        {tags.map((tag) => (
          <li key={tag}>
            <button
              type="button"
              className={styles.tag}
              aria-pressed={wanted.includes(tag)}
              title={`Find packs and strategies that are ${spoken(tag)}`}
              onClick={() => onTag(tag)}
            >
              {spoken(tag)}
            </button>
          </li>
        ))}
      </ul>
      {foundBy.length > 0 && (
        <p className={styles.foundBy}>
          Found by its {foundBy.length === 1 ? "strategy" : "strategies"} {foundBy.map(titled).join(", ")}.
        </p>
      )}
      <div className={styles.cardActions}>
        <PlaceLink to={PLACE_OF.pack(pack_id)} className={buttonClass("plain", true)}>
          Open
        </PlaceLink>
        {!pack.is_draft && (
          <PlaceLink to={PAGE.createModel} search={{ pack: pack_id }} className={buttonClass("plain", true)}>
            Create model
          </PlaceLink>
        )}
      </div>
    </article>
  );
}

import { Chip } from "../../ui/chip.tsx";
import { Identifier } from "../../ui/identifier.tsx";
import { Grid, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { Explained } from "../../ui/tooltip.tsx";
import { formatNumber } from "../../words/format.ts";
import { labelInWords, spoken, spokenList, TAG_CATEGORIES, titled, typed } from "../../words/packs.ts";
import { PAGE } from "../../words/places.ts";
import { FactList } from "./fact-list.tsx";
import styles from "./pack.module.css";
import type { PackDetail } from "./pack-standing.ts";
import { Readme } from "./readme.tsx";

/** Who a pack is: what it says of itself, its personality, its tags and its rhythm. */
export function OverviewTab({ detail }: { readonly detail: PackDetail }) {
  const { pack, readme, risk_disclaimer, pack_sha } = detail;
  const { risk_appetite, decision_style, market_preference, execution_character, time_horizon } = pack.vibe;
  return (
    <Grid>
      <Panel title="What it is" span={8}>
        {readme === null ? <p className={styles.text}>{pack.description}</p> : <Readme text={readme} />}
        <p className={styles.disclaimer}>
          <strong>Risk.</strong> {risk_disclaimer}
        </p>
      </Panel>
      <div className={styles.side}>
        <Panel title="Vibe">
          <FactList
            facts={[
              ["Thinks in", time_horizon],
              ["Decides by", `${decision_style.kind}, ${spoken(decision_style.patience)}`],
              ["Likes", `${market_preference.regime}, ${market_preference.liquidity} markets, ${market_preference.bias} bias`],
              ["Trades with", `${execution_character.orders} orders`],
              ["Enters", spoken(execution_character.entry)],
              ["Leaves", execution_character.exit === "binary" ? "all at once" : "gradually"],
              [
                <Explained
                  key="drawdown"
                  title="Drawdown it bears"
                  unit="% of peak equity"
                  says="The largest fall from a peak that this personality tolerates."
                >
                  Drawdown it bears
                </Explained>,
                formatNumber(risk_appetite.max_drawdown, "share"),
              ],
              [
                <Explained
                  key="leverage"
                  title="Leverage"
                  unit="multiple of capital"
                  says="The largest gross exposure, long and short together."
                >
                  Leverage
                </Explained>,
                formatNumber(risk_appetite.leverage, "multiple"),
              ],
              ["Concentration", risk_appetite.concentration],
              ["Stops", risk_appetite.stop_tightness],
            ]}
          />
        </Panel>
        <Panel title="Tags">
          <FactList
            facts={Object.entries(pack.tags).map(([category, value]) => [
              <Explained key={category} title={TAG_CATEGORIES[category]?.name ?? category} says={TAG_CATEGORIES[category]?.says ?? ""}>
                {TAG_CATEGORIES[category]?.name ?? category}
              </Explained>,
              <PlaceLink key={value} to={PAGE.packs} search={{ q: typed(value) }}>
                {spoken(value)}
              </PlaceLink>,
            ])}
          />
        </Panel>
        <Panel title="What it works on">
          <FactList
            facts={[
              ["Instruments", spokenList(pack.supported_instruments)],
              ["Trades first", spoken(pack.default_instrument)],
              ["Horizons", spokenList(pack.horizons)],
              ["Bars", spokenList(pack.cadences)],
              [
                <Explained
                  key="interval"
                  title="Looks"
                  says="How often live models look. When no bar has closed since the last look, nothing is written."
                >
                  Looks
                </Explained>,
                titled(pack.signal_interval),
              ],
              ["Predicts", pack.label === undefined ? "what its templates say" : labelInWords(pack.label)],
              ["Policy", pack.policy],
              ["Version", <Chip key="version">{pack.version}</Chip>],
              [
                <Explained
                  key="sha"
                  title="Identity"
                  says="Digest of every document of this version. Lineages of models and results name it."
                >
                  Identity
                </Explained>,
                <Identifier key={pack_sha} id={pack_sha} most={16} />,
              ],
            ]}
          />
        </Panel>
      </div>
    </Grid>
  );
}

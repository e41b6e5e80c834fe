import type { RowOf } from "../../data/ask.ts";
import { useRows } from "../../data/ask.ts";
import { buttonClass } from "../../ui/button.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Grid, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { labelInWords, spoken } from "../../words/packs.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { FactList } from "./fact-list.tsx";
import styles from "./pack.module.css";
import type { PackDetail } from "./pack-standing.ts";

/** Starting points for models, and the models that there are. */
export function TemplatesTab({ detail }: { readonly detail: PackDetail }) {
  const { pack_id, is_draft } = detail;
  const templates = useRows("GET /packs/{pack_id}/templates", { params: { pack_id }, query: { limit: 200 } });
  return (
    <Grid>
      <Panel
        title="Templates"
        note={is_draft ? "Models can be made once the pack has passed its check and was activated." : "Starting points for models"}
      >
        <Loaded query={templates} title="The templates could not be read" skeleton={<SkeletonBlock />}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title="No templates">Models of this pack are made from scratch: Create model asks for everything.</EmptyState>
            ) : (
              <ul className={styles.templates}>
                {rows.map(({ name, title, description, model, policy }) => (
                  <li key={name}>
                    <h3>{title}</h3>
                    <code>{name}</code>
                    <p className={styles.text}>{description}</p>
                    <FactList
                      facts={[
                        ["Predicts", labelInWords(model.label)],
                        [
                          "Trades",
                          `${spoken(model.instrument ?? detail.pack.default_instrument)}, ${model.horizon}, on ${model.cadence} bars`,
                        ],
                        ["Computes", `set ${model.indicator_set}`],
                        ["Strategy", model.strategy === null ? "none: every proposal of the learner" : spoken(model.strategy)],
                        ["Policy", policy],
                        ["Learner", String(model.learner["algo"])],
                      ]}
                    />
                    {!is_draft && (
                      <PlaceLink to={PAGE.createModel} search={{ pack: pack_id, template: name }} className={buttonClass("plain", true)}>
                        Create model
                      </PlaceLink>
                    )}
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Panel>
      <Panel title="Models" note="those that come with the pack, and your own">
        <Models detail={detail} />
      </Panel>
    </Grid>
  );
}

type ModelRow = RowOf<"GET /packs/{pack_id}/models">;

const MATRICES: Readonly<Record<string, string>> = { current: "up to date", stale: "stale", none: "not built", unknown: "unknown" };

const MODEL_COLUMNS: readonly Column<ModelRow>[] = [
  {
    id: "model_id",
    header: "Model",
    width: 300,
    phone: "head",
    value: ({ model_id }) => model_id,
    cell: ({ pack_id, model_id }) => <PlaceLink to={PLACE_OF.model(pack_id, model_id)}>{model_id}</PlaceLink>,
  },
  { id: "ticker", header: "Ticker", width: 110, value: ({ ticker }) => ticker, phone: "beside" },
  {
    id: "origin",
    header: "Origin",
    width: 140,
    value: ({ created_at }) => (created_at === null ? "comes with the pack" : "your own"),
    phone: "line",
  },
  { id: "template_id", header: "Template", width: 200, value: ({ template_id }) => template_id, phone: "none" },
  {
    id: "matrix",
    header: "Matrix",
    width: 110,
    value: ({ matrix }) => (matrix === null ? null : (MATRICES[matrix] ?? matrix)),
    phone: "line",
  },
];

function Models({ detail: { pack_id, is_draft } }: { readonly detail: PackDetail }) {
  const query = useRows("GET /packs/{pack_id}/models", { params: { pack_id }, query: { limit: 200 } });
  return (
    <Loaded query={query} title="The models could not be read" skeleton={<SkeletonBlock />}>
      {(rows) => (
        <DataTable
          caption="models"
          columns={MODEL_COLUMNS}
          rows={rows}
          rowKey={({ model_id }) => model_id}
          csvName={`${pack_id}-models`}
          {...(rows.length === 0
            ? {
                empty: (
                  <EmptyState title="No models yet">
                    {is_draft
                      ? "The pack is a draft: it must pass its check first."
                      : "Take a template above, or create a model from scratch."}
                  </EmptyState>
                ),
              }
            : {})}
        />
      )}
    </Loaded>
  );
}

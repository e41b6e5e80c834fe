import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useId, useMemo } from "react";
import { useAsk } from "../../data/ask.ts";
import { buttonClass } from "../../ui/button.tsx";
import field from "../../ui/form/field.module.css";
import { FieldFrame } from "../../ui/form/field.tsx";
import { PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { PAGE } from "../../words/places.ts";
import { SweepEditor } from "./sweep-editor.tsx";

/** Which model is swept, and how. The model stands in the address. */
export function NewSweepPage() {
  const { pack, model } = getRouteApi("/sweeps/new").useSearch();
  const navigate = useNavigate({ from: "/sweeps/new" });
  const id = useId();
  const models = useAsk("GET /models", { query: { limit: 200 } });
  const chosen = pack !== undefined && model !== undefined ? { pack_id: pack, model_id: model } : undefined;
  const detail = useAsk(
    "GET /models/{model_id}",
    { params: { model_id: model ?? "" }, query: { pack_id: pack ?? "" } },
    { enabled: chosen !== undefined },
  );
  // Those whose matrix is built come first: they can be swept at once.
  const sorted = useMemo(
    () =>
      (models.data?.rows ?? []).toSorted(
        (a, b) => Number(b.matrix === "current") - Number(a.matrix === "current") || a.model_id.localeCompare(b.model_id),
      ),
    [models.data],
  );
  return (
    <>
      <PageHeader
        title="New sweep"
        trail={<PlaceLink to={PAGE.sweeps}>Sweeps</PlaceLink>}
        lead="Try one model under many execution settings. Its forecasts are fitted once and shared by all variants; each variant counts as a trial."
      />
      <Panel>
        <Loaded query={models} title="The models could not be read">
          {({ rows }) =>
            rows.length === 0 ? (
              <EmptyState
                title="No model yet"
                action={
                  <PlaceLink to={PAGE.createModel} className={buttonClass("primary")}>
                    Create a model
                  </PlaceLink>
                }
              >
                A sweep needs a model with a built matrix.
              </EmptyState>
            ) : (
              <FieldFrame id={id} label="Model" hint="A sweep reads the matrix that was built last." error={undefined}>
                <select
                  id={id}
                  aria-describedby={`${id}-hint`}
                  className={field.input}
                  value={chosen === undefined ? "" : `${pack} ${model}`}
                  onChange={(event) => {
                    const [nextPack, nextModel] = event.target.value.split(" ");
                    void navigate({ search: { pack: nextPack, model: nextModel } as never, replace: true });
                  }}
                >
                  <option value="" disabled>
                    Choose
                  </option>
                  {sorted.map(({ pack_id, model_id, matrix }) => (
                    <option key={`${pack_id} ${model_id}`} value={`${pack_id} ${model_id}`}>
                      {model_id} ({pack_id}
                      {matrix === "current" ? "" : matrix === "stale" ? ", matrix is stale" : ", no matrix yet"})
                    </option>
                  ))}
                </select>
              </FieldFrame>
            )
          }
        </Loaded>
      </Panel>
      {chosen !== undefined && (
        <Loaded query={detail} title="The model could not be read">
          {(found) => <SweepEditor key={`${found.pack_id} ${found.model_id}`} model={found} />}
        </Loaded>
      )}
    </>
  );
}

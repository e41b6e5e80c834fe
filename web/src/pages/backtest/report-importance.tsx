import { useState } from "react";
import { useAsk, useRows } from "../../data/ask.ts";
import { Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { ImportancePanel } from "../../ui/results/importance-panel.tsx";
import type { ResultRow } from "../../ui/results/result-row.ts";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import { PLACE_OF } from "../../words/places.ts";
import styles from "./backtest.module.css";
import { trainedOf } from "./trained-of.ts";

/** What the forecasts listen to. A backtest keeps forecasts, not the models that made them; the card of a trained model knows. */
export function ReportImportance({ row }: { readonly row: ResultRow | null | undefined }) {
  const trained = useRows("GET /trained_models", { query: { limit: 200 } });
  if (row === undefined)
    return (
      <Panel title="Importance">
        <SkeletonBlock />
      </Panel>
    );
  if (row === null)
    return <None>This backtest was not kept on the leaderboard, so nothing can be trained of it, and its fold models are not kept.</None>;
  return (
    <Loaded query={trained} title="The trained models could not be read">
      {(models) => {
        const found = trainedOf(row, models);
        return found === undefined ? (
          <None>
            A backtest keeps the forecasts of its fold models, not the models. Train this result, and the card of the trained model says
            which features it listens to, by gain and by contribution; it is shown here then.
          </None>
        ) : (
          <OfTrained id={found.model.trained_model_id} isOwn={found.isOwn} />
        );
      }}
    </Loaded>
  );
}

const None = ({ children }: { readonly children: string }) => (
  <Panel title="Importance" note="not known">
    <p className={styles.soft}>{children}</p>
  </Panel>
);

function OfTrained({ id, isOwn }: { readonly id: string; readonly isOwn: boolean }) {
  const card = useAsk("GET /model_card", { query: { trained_model_id: id } });
  const [by, setBy] = useState<"shap" | "gain">();
  return (
    <Loaded query={card} title="The model card could not be read">
      {(found) => (
        <ImportancePanel
          card={found}
          by={by}
          onBy={setBy}
          of={
            <>
              of the <PlaceLink to={PLACE_OF.trained(id)}>model trained</PlaceLink> of{" "}
              {isOwn ? "this result" : "another result of the same data and definition"}
            </>
          }
        />
      )}
    </Loaded>
  );
}

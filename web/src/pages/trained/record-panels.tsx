import type { AnswerOf } from "../../data/ask.ts";
import { Facts } from "../../ui/facts.tsx";
import { Identifier } from "../../ui/identifier.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { LINEAGE_NAMES } from "../../words/lineage.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { LIFECYCLE_NAMES } from "../../words/runs.ts";
import styles from "./trained.module.css";

type Model = AnswerOf<"GET /trained_models/{trained_model_id}">;

const nameOf = (status: string): string => LIFECYCLE_NAMES[status] ?? status;

/** Who changed what, when and why, newest first. */
export function TrailPanel({ model }: { readonly model: Model }) {
  const { transitions, created_at, override } = model;
  return (
    <Panel title="Audit trail" note="Every change of its status, with who, when and why">
      <ol className={styles.trail}>
        {transitions.toReversed().map(({ at, from, to, by, reason }) => (
          <li key={`${at} ${to}`} className={styles.step}>
            <Moment at={at} />
            <span>
              {nameOf(from)} → {nameOf(to)} by {by}
            </span>
            {reason !== "" && <q>{reason}</q>}
          </li>
        ))}
        <li className={styles.step}>
          <Moment at={created_at} />
          <span>{override === null ? "Trained" : `Trained against the gate's verdict, by decision of ${override.by}`}</span>
          {override !== null && <q>{override.reason}</q>}
        </li>
      </ol>
    </Panel>
  );
}

/** What it was made of, by content: the same parts give the same model again. */
export function LineagePanel({ model }: { readonly model: Model }) {
  const { pack_id, model_id, row_id, trained_model_id, lineage } = model;
  return (
    <Panel title="Lineage" note="By content: the same parts give the same model again">
      <Facts
        facts={[
          { name: "Trained model", value: <Identifier id={trained_model_id} most={20} /> },
          { name: "Model", value: <PlaceLink to={PLACE_OF.model(pack_id, model_id)}>{model_id}</PlaceLink> },
          { name: "Pack", value: <PlaceLink to={PLACE_OF.pack(pack_id)}>{pack_id}</PlaceLink> },
          {
            name: "Result",
            value:
              row_id === null ? (
                "none: a baseline"
              ) : (
                <>
                  <Identifier id={row_id} most={20} />{" "}
                  <PlaceLink to={PAGE.leaderboard} search={{ model: model_id }}>
                    leaderboard
                  </PlaceLink>
                </>
              ),
          },
          ...Object.entries(lineage).map(([name, sha]) => ({
            name: LINEAGE_NAMES[name] ?? name,
            value: <Identifier id={String(sha)} most={20} />,
          })),
        ]}
      />
    </Panel>
  );
}

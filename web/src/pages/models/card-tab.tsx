import type { ReactNode } from "react";
import { type AnswerOf, useAsk, useRows } from "../../data/ask.ts";
import { client } from "../../data/client.ts";
import { Button } from "../../ui/button.tsx";
import { Chip, Chips } from "../../ui/chip.tsx";
import { DataMarks } from "../../ui/data-mark.tsx";
import { Figure, Figures } from "../../ui/figure.tsx";
import { GateChip } from "../../ui/gate-chip.tsx";
import { Identifier } from "../../ui/identifier.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Grid, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { saveText } from "../../ui/save-file.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { sayFailure } from "../../ui/toast.tsx";
import { formatNumber, plural } from "../../words/format.ts";
import { limitChecks } from "../../words/gate.ts";
import { labelInWords } from "../../words/label.ts";
import { PLACE_OF } from "../../words/places.ts";
import { LIFECYCLE_NAMES } from "../../words/runs.ts";
import { variantInWords } from "../../words/variant.ts";
import { FilterSelect } from "./filter-select.tsx";
import type { ModelDetail, TaggedModel } from "./model-query.ts";
import { useModelSearch } from "./model-search.ts";
import styles from "./models.module.css";
import { holdoutVerdict } from "./outcome.ts";

type Card = AnswerOf<"GET /model_card">;

/** What the model claims and where it ends, and the cards of what was trained of it. */
export function CardTab({ tagged: { detail } }: { readonly tagged: TaggedModel }) {
  const { pack_id, model_id } = detail;
  const {
    search: { card },
    set,
  } = useModelSearch();
  const cards = useRows("GET /model_cards", { query: { pack_id, model_id, limit: 100 } });
  return (
    <Grid>
      <Panel title="Hypothesis" span={6}>
        <Hypothesis detail={detail} />
      </Panel>
      <Panel title="Limits" span={6} note={`risk profile ${detail.config.risk_profile}`}>
        <Limits detail={detail} />
      </Panel>
      <Loaded query={cards} title="The cards could not be read">
        {(rows) => {
          const shown = rows.find(({ trained_model_id }) => trained_model_id === card) ?? rows[0];
          if (shown === undefined)
            return (
              <Panel title="Model card">
                <EmptyState
                  title="Nothing was trained yet"
                  action={
                    <PlaceLink to={PLACE_OF.model(pack_id, model_id)} search={{ tab: "composer" }}>
                      Open the Composer
                    </PlaceLink>
                  }
                >
                  Every trained model gets a card: data, label, evaluation, holdout, importance, assumptions and risks.
                </EmptyState>
              </Panel>
            );
          return (
            <CardOf
              key={shown.trained_model_id}
              trainedModelId={shown.trained_model_id}
              chooser={
                rows.length > 1 && (
                  <FilterSelect
                    label="Trained model"
                    all="The first one"
                    value={card}
                    options={rows.map(({ trained_model_id, status }) => ({
                      value: trained_model_id,
                      label: `${trained_model_id.slice(0, 11)}… ${LIFECYCLE_NAMES[status] ?? status}`,
                    }))}
                    onChange={(next) => set({ card: next })}
                  />
                )
              }
            />
          );
        }}
      </Loaded>
    </Grid>
  );
}

function Hypothesis({ detail: { config, columns, indicators, strategy, tags } }: { readonly detail: ModelDetail }) {
  return (
    <>
      <p>{labelInWords(config.label)}</p>
      <dl className={styles.facts}>
        <dt>Forecast from</dt>
        <dd>
          {plural(columns.length, "feature")} of {plural(indicators.length, "indicator")}
        </dd>
        <dt>Learner</dt>
        <dd>
          {String(config.learner.algo)}, calibration {config.learner.calibration}, seed {config.learner.seed}
        </dd>
        <dt>Strategy</dt>
        <dd>
          {strategy === null
            ? "every candidate trade of the learner"
            : `${String(strategy["name"])}: ${String(strategy["description"] ?? "")}`}
        </dd>
        <dt>Data</dt>
        <dd>
          {config.data.symbol} from {config.data.provider}, {config.cadence} bars, {config.window.start ?? "the first session"} to{" "}
          {config.window.end ?? "the last session"}
        </dd>
      </dl>
      <Chips>
        {tags.map((tag) => (
          <Chip key={tag}>{tag.replaceAll("_", " ")}</Chip>
        ))}
      </Chips>
    </>
  );
}

function Limits({ detail: { limits, warnings, policy } }: { readonly detail: ModelDetail }) {
  const risk = policy["risk"] as Readonly<Record<string, number>>;
  return (
    <>
      <dl className={styles.facts}>
        {limitChecks({}, {}, limits as Parameters<typeof limitChecks>[2]).map(({ key, name, asked }) => [
          <dt key={`${key} name`}>{name}</dt>,
          <dd key={key}>{asked}</dd>,
        ])}
        <dt>Live stop</dt>
        <dd>trading ends at a drawdown of {formatNumber(risk["max_drawdown"], "share")}</dd>
      </dl>
      {warnings.length > 0 && (
        <ul className={styles.findings}>
          {warnings.map(({ code, path, reason, remedy }) => (
            <li key={`${code} ${path}`}>
              {reason}
              <p>{remedy}</p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function CardOf({ trainedModelId, chooser }: { readonly trainedModelId: string; readonly chooser: ReactNode }) {
  const query = useAsk("GET /model_card", { query: { trained_model_id: trainedModelId } });
  const download = async (): Promise<void> => {
    try {
      const response = await client.respond("GET /model_card", { query: { trained_model_id: trainedModelId } }, "text/markdown");
      saveText(`${trainedModelId}.md`, await response.text(), "text/markdown");
    } catch (error) {
      sayFailure("The card could not be downloaded", error as Error);
    }
  };
  return (
    <>
      <Panel
        title="Model card"
        note={<PlaceLink to={PLACE_OF.trained(trainedModelId)}>{trainedModelId}</PlaceLink>}
        actions={
          <>
            {chooser}
            <Button small onClick={() => void download()}>
              Markdown
            </Button>
          </>
        }
      >
        <Loaded query={query} title="The card could not be read">
          {(card) => <Evaluation card={card} />}
        </Loaded>
      </Panel>
      {query.data !== undefined && (
        <>
          <Panel title="Assumptions" span={6}>
            <ul className={styles.lines}>
              {query.data.assumptions.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </Panel>
          <Panel title="Risks" span={6}>
            <ul className={styles.lines}>
              {query.data.risks.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </Panel>
          <Panel title="Lineage" note="everything that decided the numbers">
            <Lineage lineage={query.data.lineage} />
          </Panel>
        </>
      )}
    </>
  );
}

/** Digests by what they are of. */
export function Lineage({ lineage }: { readonly lineage: Readonly<Record<string, string>> }) {
  return (
    <dl className={styles.facts}>
      {Object.entries(lineage).map(([name, sha]) => [
        <dt key={`${name}-name`}>{name.replace(/_sha$/, "").replaceAll("_", " ")}</dt>,
        <dd key={name}>
          <Identifier id={sha} most={28} />
        </dd>,
      ])}
    </dl>
  );
}

function Evaluation({ card }: { readonly card: Card }) {
  const { gate, backtest, holdout, data, training, stamps, execution, research, override } = card;
  return (
    <>
      <div className={styles.tagline}>
        <GateChip status={gate.status} reasons={gate.reasons} />
        <DataMarks stamps={stamps} />
      </div>
      <p className={styles.says}>
        {data.symbol}, {data.cadence}, {data.first_session} to {data.last_session}, {plural(data.rows, "row")} from {data.provider}; traded{" "}
        {variantInWords(execution.variant.params)}. Judged on {plural(training.judged_rows, "row")} until{" "}
        <Moment at={training.judged_until} /> (about {formatNumber(training.effective_rows, "count")} independent), refitted on{" "}
        {formatNumber(training.refit_rows, "count")}. {data.statement}
      </p>
      {research && <p className={styles.says}>It was trained for research, whatever the gate says: it is unproven for good.</p>}
      {override !== null && (
        <p className={styles.says}>
          {override.by} decided against the gate: “{override.reason}”
        </p>
      )}
      <Figures>
        <Figure of="holdout.backtest_sharpe" value={holdout.backtest_sharpe} />
        <Figure of="holdout.sharpe" value={holdout.sharpe} />
        <Figure of="holdout.probability_this_low" value={holdout.probability_this_low} />
        <Figure of="holdout.total_return" value={holdout.total_return} />
        <Figure of="holdout.max_drawdown_pct" value={holdout.max_drawdown_pct} />
        <Figure of="dsr" value={backtest?.dsr} />
        <Figure of="pbo" value={backtest?.pbo} />
        <Figure of="trials" value={backtest?.trials} />
      </Figures>
      <p className={styles.says}>{holdoutVerdict(holdout).says}</p>
    </>
  );
}

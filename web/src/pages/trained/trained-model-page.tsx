import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type AnswerOf, useAsk } from "../../data/ask.ts";
import { StatusChip } from "../../ui/chip.tsx";
import { DataMarks } from "../../ui/data-mark.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Numeral } from "../../ui/figure.tsx";
import { GateChip, GateReasons } from "../../ui/gate-chip.tsx";
import { Grid, PageHeader, Panel, Stack } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { ImportancePanel } from "../../ui/results/importance-panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { ErrorState, Loaded } from "../../ui/states.tsx";
import { formatDate, formatNumber } from "../../words/format.ts";
import { VERDICTS } from "../../words/gate.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { LIFECYCLE_NAMES, stepInWords } from "../../words/runs.ts";
import { variantInWords } from "../../words/variant.ts";
import { ExportPanel } from "./export-panel.tsx";
import { HoldoutPanel, LuckFigures } from "./holdout-panel.tsx";
import { LifecycleActions } from "./lifecycle-actions.tsx";
import { LineagePanel, TrailPanel } from "./record-panels.tsx";
import { ReliabilityPanel } from "./reliability-panel.tsx";
import styles from "./trained.module.css";

type Model = AnswerOf<"GET /trained_models/{trained_model_id}">;
type Card = AnswerOf<"GET /model_card">;

const route = getRouteApi("/trained/$trainedModelId");

const LEADS: Readonly<Record<string, string>> = {
  trained: "Trained and judged, but not in use. Publish it to paper to get its signals, or discard it.",
  published: "On paper: scored after each close, its decisions are written to the signals. Nothing is sent to a broker.",
  paused: "Paused: it is not scored until it is resumed.",
  retired: "Retired for good: it gives no signal any more.",
  discarded: "Discarded for good: it can never be published.",
};

/** One trained model: how it was judged, what it listens to, whether its probabilities hold, and what is done with it. */
export function TrainedModelPage() {
  const { trainedModelId } = route.useParams();
  const { by } = route.useSearch();
  const navigate = useNavigate({ from: "/trained/$trainedModelId" });
  const model = useAsk("GET /trained_models/{trained_model_id}", { params: { trained_model_id: trainedModelId } });
  const card = useAsk("GET /model_card", { query: { trained_model_id: trainedModelId } });
  const trail = <PlaceLink to={PAGE.trained}>Trained models</PlaceLink>;
  if (model.data === undefined)
    return (
      <>
        <PageHeader title="Trained model" trail={trail} />
        <Loaded query={model} title="The trained model could not be read" skeleton={<SkeletonBlock />}>
          {() => null}
        </Loaded>
      </>
    );
  const { model_id, status, stamps, gate_status, gate_reasons } = model.data;
  return (
    <>
      <PageHeader
        title={model_id}
        trail={trail}
        marks={
          <>
            <StatusChip status={status} name={LIFECYCLE_NAMES[status] ?? status} />
            <GateChip status={gate_status} reasons={gate_reasons} />
            <DataMarks stamps={stamps} />
          </>
        }
        lead={LEADS[status]}
        actions={
          <>
            <PlaceLink to={PAGE.signals} search={{ tab: "log", model: model_id }}>
              Its signals
            </PlaceLink>
            <LifecycleActions model={model.data} />
          </>
        }
      />
      <Loaded query={model}>
        {(data) => (
          <Grid>
            <Stack span={7}>
              <HoldoutPanel model={data} />
              {card.data === undefined ? (
                <Panel title="Model card">
                  {card.error === null ? (
                    <SkeletonBlock />
                  ) : (
                    <ErrorState error={card.error} title="The model card could not be read" onRetry={() => void card.refetch()} />
                  )}
                </Panel>
              ) : (
                <>
                  <ReliabilityPanel model={data} card={card.data} />
                  <TradePanel model={data} card={card.data} />
                  <RiskPanel card={card.data} />
                </>
              )}
              <TrailPanel model={data} />
            </Stack>
            <Stack span={5}>
              <GatePanel model={data} />
              {card.data !== undefined && (
                <ImportancePanel
                  card={card.data}
                  by={by}
                  onBy={(next) => void navigate({ search: (before) => ({ ...before, by: next }) as never, replace: true })}
                />
              )}
              <ExportPanel model={data} />
              <LineagePanel model={data} />
            </Stack>
          </Grid>
        )}
      </Loaded>
    </>
  );
}

/** What the gate said when it was trained. */
function GatePanel({ model }: { readonly model: Model }) {
  const { gate_status, gate_reasons, proven, research, override } = model;
  return (
    <Panel title="Gate at training" actions={<GateChip status={gate_status} reasons={gate_reasons} />}>
      <p className={styles.verdict}>
        {VERDICTS[gate_status].means}
        {research && " It was trained as research, to learn from."}
        {override !== null && ` ${override.by} decided against the verdict: ${override.reason}`}
        {proven ? "" : " It is unproven and stays on paper."}
      </p>
      {gate_reasons.length > 0 && <GateReasons reasons={gate_reasons} />}
      <LuckFigures model={model} />
    </Panel>
  );
}

/** What is traded, on what, by which recipe. */
function TradePanel({ model, card }: { readonly model: Model; readonly card: Card }) {
  const { data, execution, learner, label, training, features } = card;
  return (
    <Panel title="What it is">
      <Facts
        facts={[
          { name: "Data", value: `${data.symbol}, ${data.cadence}, ${data.provider}, ${data.first_session} to ${data.last_session}` },
          ...(data.statement === null ? [] : [{ name: "Simulation", value: data.statement }]),
          {
            name: "Predicts",
            value: `${stepInWords(label.kind)}${"horizon" in label ? ` over ${formatNumber(label.horizon, "count")} bars` : ""}, from the ${label.entry === "next_open" ? "next open" : "close of the decision"}`,
          },
          {
            name: "Trades",
            value: `${DIRECTIONS[execution.direction] ?? stepInWords(execution.direction)}: ${variantInWords(execution.variant.params)}`,
          },
          { name: "Risk profile", value: card.risk_profile },
          { name: "Learner", value: `${String(learner.algo)}, ${formatNumber(features.length, "count")} features, seed ${learner.seed}` },
          {
            name: "Base rates",
            value: Object.entries(card.base_rates).map(([side, rate], place) => (
              <span key={side}>
                {place > 0 && ", "}
                {SIDES[side] ?? side} <Numeral of="signal.base_rate" value={rate} />
              </span>
            )),
          },
          {
            name: "Judged model",
            value: `${formatNumber(training.judged_rows, "count")} rows until ${formatDate(training.judged_until)}, about ${formatNumber(training.effective_rows, "count")} of them independent`,
          },
          {
            name: "Refit",
            value: `${formatNumber(training.refit_rows, "count")} rows until ${formatDate(training.refit_until)}; signals are scored with it`,
          },
          { name: "Definition", value: <PlaceLink to={PLACE_OF.model(model.pack_id, model.model_id)}>{model.model_id}</PlaceLink> },
        ]}
      />
    </Panel>
  );
}

const DIRECTIONS: Readonly<Record<string, string>> = { long_short: "Long and short", long_only: "Long only", short_only: "Short only" };
const SIDES: Readonly<Record<string, string>> = { "1": "up", "-1": "down", "0": "flat" };

/** What was assumed, and what can go wrong. */
function RiskPanel({ card }: { readonly card: Card }) {
  return (
    <Panel title="Risks and assumptions">
      <ul className={styles.list}>
        {[...card.risks, ...card.assumptions].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Panel>
  );
}

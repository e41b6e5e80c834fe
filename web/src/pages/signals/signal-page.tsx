import { getRouteApi } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useState } from "react";
import { ShapWaterfall } from "../../charts/shap-waterfall.tsx";
import { type AnswerOf, useAsk } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { CodeView } from "../../ui/code-view.tsx";
import { DataMarks } from "../../ui/data-mark.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Figure, Figures, Numeral, TermName } from "../../ui/figure.tsx";
import { GateChip } from "../../ui/gate-chip.tsx";
import { Identifier } from "../../ui/identifier.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Grid, PageHeader, Panel, Stack } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { saveText } from "../../ui/save-file.ts";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { contractInWords } from "../../words/contract.ts";
import { formatMoment, formatNumber } from "../../words/format.ts";
import { LINEAGE_NAMES } from "../../words/lineage.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { LIFECYCLE_NAMES } from "../../words/runs.ts";
import { MARGIN_UNITS, marksOfSignal, ORDER_STATUS_NAMES, sideInWords, WHY_UNEXPLAINED } from "../../words/signals.ts";
import { SideChip } from "./signal-cells.tsx";
import styles from "./signals.module.css";

type Signal = AnswerOf<"GET /signals/{signal_id}">;

const route = getRouteApi("/signals/$signalId");

const inputValue = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 5 });

/** Of a standard contract; premiums are quoted a share. */
const SHARES_PER_CONTRACT = 100;

/** One decision: what to do, why, what moved the model, and the record as it was written. */
export function SignalPage() {
  const { signalId } = route.useParams();
  const query = useAsk("GET /signals/{signal_id}", { params: { signal_id: signalId } });
  const trail = (
    <PlaceLink to={PAGE.signals} search={{ tab: "log" }}>
      Signals
    </PlaceLink>
  );
  if (query.data === undefined)
    return (
      <>
        <PageHeader title="Signal" trail={trail} />
        <Loaded query={query} title="The signal could not be read" skeleton={<SkeletonBlock />}>
          {() => null}
        </Loaded>
      </>
    );
  const signal = query.data;
  return (
    <>
      <PageHeader
        title={`${sideInWords(signal)} ${signal.ticker}`}
        trail={trail}
        marks={
          <>
            <SideChip {...signal} />
            <GateChip status={signal.gate_status} reasons={[]} />
            <DataMarks stamps={marksOfSignal(signal)} />
          </>
        }
        lead={leadOf(signal)}
        actions={<PlaceLink to={PLACE_OF.trained(signal.trained_model_id)}>{signal.model_id}</PlaceLink>}
      />
      <Grid>
        <Stack span={5}>
          <OrderPanel signal={signal} />
          <ProbabilityPanel signal={signal} />
          <OriginPanel signal={signal} />
        </Stack>
        <Stack span={7}>
          <Panel title="Why">
            <ol className={styles.reasons}>
              {signal.reasons.map(({ code, text }) => (
                <li key={code}>{text}</li>
              ))}
            </ol>
          </Panel>
          <ExplanationPanel signal={signal} />
          <InputsPanel signal={signal} />
        </Stack>
        <RecordPanel signal={signal} />
      </Grid>
    </>
  );
}

function leadOf(signal: Signal): string {
  const { model_id, timestamp, replay } = signal;
  const when = `${model_id} decided at the bar that ended ${formatMoment(timestamp)}`;
  return replay
    ? `${when}. This is a replay of a past moment: it shows what the model would have said, and nobody can act on it.`
    : `${when}.`;
}

/** What to do: the order with its brackets and size. */
function OrderPanel({ signal }: { readonly signal: Signal }) {
  const { quantity, order_type, price, entry_price, stop_loss, take_profit, exit_by, valid_until, urgency, option, status, closes } =
    signal;
  if (order_type === null)
    return (
      <Panel title="Order" note={ORDER_STATUS_NAMES[status]}>
        <p className={styles.soft}>HOLD opens and closes nothing.</p>
      </Panel>
    );
  return (
    <Panel title="Order" note={`${ORDER_STATUS_NAMES[status]}, paper`}>
      {closes ? (
        <p className={styles.soft}>Ends at the market what is open of the other side, and opens nothing.</p>
      ) : (
        <Figures>
          <Figure of="signal.quantity" label={option === null ? "Shares" : "Contracts bought"} value={quantity} />
          <Figure of="signal.entry_price" value={entry_price} {...(option === null ? {} : { label: "Underlying" })} />
          {price !== null && <Figure of="signal.price" value={price} />}
          {option === null && quantity !== null && entry_price !== null && <Figure of="signal.notional" value={quantity * entry_price} />}
          <Figure of="signal.stop_loss" value={stop_loss} why="The policy sets no stop" />
          <Figure of="signal.take_profit" value={take_profit} why="The policy sets no target" />
        </Figures>
      )}
      <Facts
        facts={[
          { name: "Order", value: `${order_type}, ${urgency === "immediate" ? "at once" : "at the next open"}` },
          ...(option === null
            ? []
            : [
                {
                  name: "Contract",
                  value: (
                    <>
                      {contractInWords(option.contract)} <Identifier id={option.contract} most={24} />
                    </>
                  ),
                },
                ...(quantity === null || price === null
                  ? []
                  : [
                      { name: "Premium", value: `at most ${formatNumber(quantity * price * SHARES_PER_CONTRACT, "dollars")}, before fees` },
                    ]),
                {
                  name: "Quote",
                  value: (
                    <>
                      bid {formatNumber(option.bid, "price")}, ask {formatNumber(option.ask, "price")}, <TermName of="signal.delta" />{" "}
                      <Numeral of="signal.delta" value={option.delta} />, <TermName of="signal.iv" />{" "}
                      <Numeral of="signal.iv" value={option.iv} />
                    </>
                  ),
                },
                {
                  name: "Liquidity",
                  value: `${formatNumber(option.volume, "count")} traded so far, ${formatNumber(option.open_interest, "count")} open in the morning`,
                },
              ]),
          { name: "Can be acted on until", value: <Moment at={valid_until} /> },
          ...(closes ? [] : [{ name: "Ends at the latest", value: <Moment at={exit_by} /> }]),
          {
            name: "Outcome",
            value: status === "pending" ? "Not recorded: fills of paper orders are not kept yet" : ORDER_STATUS_NAMES[status],
          },
        ]}
      />
    </Panel>
  );
}

/** What moved the model, exactly. */
function ExplanationPanel({ signal }: { readonly signal: Signal }) {
  const { explanation, unexplained } = signal;
  return (
    <Panel
      title="What moved the model"
      {...(explanation === null
        ? {}
        : { note: `Towards ${explanation.side}, in ${MARGIN_UNITS[explanation.margin_of]}, before calibration` })}
    >
      {explanation === null ? (
        <p className={styles.soft}>
          {unexplained === null ? "The signal was written before there were explanations." : WHY_UNEXPLAINED[unexplained]}
        </p>
      ) : (
        <>
          <ShapWaterfall label={`What moved the model towards ${explanation.side}`} explanation={explanation} />
          <p className={styles.soft}>
            Exact Shapley values: from what the model expects before it knows anything, each feature adds its share, and together they are
            the margin. They say what the model used, not what causes the market to move.
          </p>
        </>
      )}
    </Panel>
  );
}

/** The calibrated probabilities against base rates, and the value against its threshold. */
function ProbabilityPanel({ signal }: { readonly signal: Signal }) {
  const { probabilities: p, thresholds, confidence } = signal;
  const { mode, threshold, side_value, top_pct, top_cut } = thresholds;
  const rows = [
    { name: "Up", value: p.up, base: p.base_up },
    { name: "Down", value: p.down, base: p.base_down },
    ...(p.flat === null ? [] : [{ name: "Flat", value: p.flat, base: Math.max(0, 1 - p.base_up - p.base_down) }]),
  ];
  return (
    <Panel title="Probability and threshold">
      <Figures>
        <Figure of="signal.confidence" value={confidence} />
        <Figure
          of="signal.side_value"
          label={mode === "edge" ? "Edge" : "Probability of the side"}
          value={side_value}
          why="No side may trade"
        />
        <Figure of="signal.threshold" value={threshold} why="No threshold is set" />
        {top_pct !== null && top_pct < 1 && (
          <Figure of="signal.top_cut" value={top_cut} why="Too few confidences are known" note={`top ${formatNumber(top_pct, "share")}`} />
        )}
      </Figures>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Outcome</th>
              <th scope="col">
                <TermName of="signal.probability" />
              </th>
              <th scope="col">
                <TermName of="signal.base_rate" />
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, value, base }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  <Numeral of="signal.probability" value={value} />
                </td>
                <td>
                  <Numeral of="signal.base_rate" value={base} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

interface Input {
  readonly feature: string;
  readonly value: number | null;
  readonly contribution: number;
  /** That the contributions speak for. */
  readonly side: string;
}

const sideOf = ({ contribution, side }: Input): string =>
  contribution === 0 ? "neither" : contribution > 0 === (side === "UP") ? "UP" : "DOWN";

const INPUTS: readonly Column<Input>[] = [
  { id: "feature", header: "Feature", value: ({ feature }) => feature, width: 220 },
  {
    id: "value",
    header: "Value",
    value: ({ value }) => value,
    cell: ({ value }) => (value === null ? "unknown" : inputValue.format(value).replace("-", "\u2212")),
    align: "right",
    width: 110,
  },
  {
    id: "contribution",
    header: "Contribution",
    value: ({ contribution }) => contribution,
    cell: ({ contribution }) => formatNumber(contribution, "score4"),
    align: "right",
    width: 110,
    phone: "none",
  },
  { id: "side", header: "Speaks for", value: sideOf, width: 100, phone: "beside" },
];

/** What the model knew, and when. */
function InputsPanel({ signal }: { readonly signal: Signal }) {
  const { explanation, timestamp, created_at } = signal;
  return (
    <Panel title="Inputs" note={`Known at ${formatMoment(timestamp)}, the end of the bar`}>
      {explanation === null ? (
        <p className={styles.soft}>Without an explanation the values of the features are not kept with the signal; its matrix has them.</p>
      ) : (
        <DataTable
          caption="features of the decision"
          columns={INPUTS}
          rows={explanation.contributions.map((each) => ({ ...each, side: explanation.side }))}
          rowKey={({ feature }) => feature}
          csvName={`inputs-${signal.signal_id}`}
        />
      )}
      <p className={styles.soft}>
        {explanation !== null &&
          explanation.rest.features > 0 &&
          `The ${formatNumber(explanation.rest.features, "count")} features that moved it least are left out. `}
        Every value is of bars that had ended by then. Written <Moment at={created_at} />.
      </p>
    </Panel>
  );
}

/** Which model said it, how that stands now, and what it was made of. */
function OriginPanel({ signal }: { readonly signal: Signal }) {
  const model = useAsk("GET /trained_models/{trained_model_id}", { params: { trained_model_id: signal.trained_model_id } });
  return (
    <Panel title="Gate and lineage">
      <Facts
        facts={[
          { name: "Model", value: <PlaceLink to={PLACE_OF.trained(signal.trained_model_id)}>{signal.model_id}</PlaceLink> },
          {
            name: "Gate",
            value: <GateChip status={signal.gate_status} reasons={model.data?.gate_reasons ?? []} />,
          },
          { name: "Stands now", value: model.data === undefined ? "–" : (LIFECYCLE_NAMES[model.data.status] ?? model.data.status) },
          { name: "Pack", value: <PlaceLink to={PLACE_OF.pack(signal.pack_id)}>{signal.pack_id}</PlaceLink> },
          { name: "Risk profile", value: signal.risk_profile },
          ...Object.entries(signal.lineage).map(([name, sha]) => ({
            name: LINEAGE_NAMES[name] ?? name,
            value: <Identifier id={String(sha)} most={20} />,
          })),
        ]}
      />
    </Panel>
  );
}

/** The signal as it was written, once; nothing changes it later but the state of its order. */
function RecordPanel({ signal }: { readonly signal: Signal }) {
  const [open, setOpen] = useState(false);
  const text = JSON.stringify(signal, null, 2);
  return (
    <Panel
      title="Audit record"
      note="Written once, when the decision was taken"
      actions={
        <>
          <Button small aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Hide" : "Show"}
          </Button>
          <Button small icon={Download} onClick={() => saveText(`${signal.signal_id}.json`, text, "application/json")}>
            JSON
          </Button>
        </>
      }
    >
      <Facts
        facts={[
          { name: "Signal", value: <Identifier id={signal.signal_id} /> },
          { name: "Decision", value: <Moment at={signal.timestamp} /> },
          { name: "Written", value: <Moment at={signal.created_at} /> },
          { name: "Owner", value: signal.owner },
        ]}
      />
      {open && <CodeView label={`${signal.signal_id}.json`} text={text} />}
    </Panel>
  );
}

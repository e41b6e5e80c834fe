import type { Signal } from "#lib/signals/signal.schema.ts";
import { decimal, minute, text } from "./format.ts";
import { renderFacts, renderTable } from "./table.ts";

const WHY_NOT: Readonly<Record<NonNullable<Signal["unexplained"]>, string>> = {
  learner_has_no_attributions: "The model's learner does not say what each feature adds.",
  no_skill: "Calibration found no skill, so the probability is the base rate, whatever the features say.",
  one_sided: "The model saw no training row of one side, so nothing weighs one against the other.",
};

/** A signal for a person: what to do, why, and what moved the model. */
export function signalText(signal: Signal, marks: string, width?: number): string {
  const { probabilities, thresholds } = signal;
  const facts = renderFacts([
    ["Signal", `${signal.signal}${signal.closes ? " to close" : ""} ${signal.ticker} (${signal.signal_id})`],
    ["Time (UTC)", minute(signal.timestamp)],
    ["Model", `${signal.model_id} (${signal.trained_model_id}), gate ${signal.gate_status}`],
    ["Marks", text(marks)],
    ["Confidence", decimal(signal.confidence, 4)],
    ["Probabilities", probabilityText(probabilities)],
    ["Threshold", `${thresholds.mode} ${decimal(thresholds.threshold, 4)}, value ${decimal(thresholds.side_value, 4)}`],
    ["Order", orderText(signal)],
    ["Stop / target", `${decimal(signal.stop_loss)} / ${decimal(signal.take_profit)}`],
    ["Exit by (UTC)", signal.exit_by === null ? "n/a" : minute(signal.exit_by)],
  ]);
  return [facts, "", "Why:", ...signal.reasons.map(({ text: reason }) => `  - ${reason}`), "", explanationText(signal, width)].join("\n");
}

function probabilityText({ up, down, flat, base_up, base_down }: Signal["probabilities"]): string {
  const rest = flat === null ? "" : `, flat ${decimal(flat, 4)}`;
  return `up ${decimal(up, 4)} (base ${decimal(base_up, 4)}), down ${decimal(down, 4)} (base ${decimal(base_down, 4)})${rest}`;
}

function orderText({ quantity, order_type, price, entry_price }: Signal): string {
  if (order_type === null) return "none";
  return `${quantity === null ? "all that is open" : `${decimal(quantity, 2)} shares`}, ${order_type}${price === null ? "" : ` ${decimal(price)}`}, reference ${decimal(entry_price)}`;
}

const UNITS = {
  log_odds: "log-odds",
  one_vs_rest: "log-odds, each against all else",
  probability: "probability",
  value: "predicted value",
} as const;

/** Contributions as a table that adds up, from the base value to the margin. */
function explanationText({ explanation, unexplained }: Signal, width?: number): string {
  if (explanation === null)
    return `What moved the model: n/a. ${unexplained === null ? "The signal was written before there were explanations." : WHY_NOT[unexplained]}`;
  const { side, margin_of, base_value, margin, probability, contributions, rest } = explanation;
  const rows: { readonly name: string; readonly value: string; readonly adds: number }[] = [
    { name: "(before any feature)", value: "", adds: base_value },
    ...contributions.map(({ feature, value, contribution }) => ({
      name: feature,
      value: value === null ? "unknown" : String(Number(value.toPrecision(5))),
      adds: contribution,
    })),
    ...(rest.features > 0 ? [{ name: `(${rest.features} other features)`, value: "", adds: rest.contribution }] : []),
    { name: "(margin)", value: "", adds: margin },
  ];
  const unit = UNITS[margin_of];
  const table = renderTable(
    [
      { header: "Feature", value: ({ name }) => name, shrinkTo: 20 },
      { header: "Value", align: "right", value: ({ value }) => value },
      { header: `For ${side} (${unit})`, align: "right", value: ({ adds }) => signed(adds) },
    ],
    rows,
    width,
  );
  const end =
    probability === null
      ? ""
      : `\nBefore calibration that is a probability of ${decimal(probability, 4)} for ${side} against the other side.`;
  return `What moved the model to ${side}, exactly (Shapley values; they add up):\n${table}${end}`;
}

/** Four significant digits and a sign, so that small returns show too. */
function signed(value: number): string {
  const shown = Math.abs(value) >= 0.001 || value === 0 ? value.toFixed(4) : value.toExponential(3);
  return value > 0 ? `+${shown}` : shown;
}

import { CONDITIONS, PACK_TAGS, STRATEGY_TAGS } from "#lib/packs/tags.schema.ts";

/** Words that people do not say as they are written. */
const SPOKEN: Readonly<Record<string, string>> = {
  long_short: "long/short",
  "0dte": "0DTE",
  "1m": "1-minute",
  "5m": "5-minute",
  "15m": "15-minute",
};

/** `long_only` as people say it: "long only". */
export const spoken = (word: string): string => SPOKEN[word] ?? word.replaceAll("_", " ");

/** A list as people say it: "daily, hourly". */
export const spokenList = (words: readonly string[]): string => words.map(spoken).join(", ");

/** `long_only` as people type it: "long-only". */
export const typed = (word: string): string => word.replaceAll("_", "-");

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `long_only` at the beginning of a line: "Long only". */
export const titled = (word: string): string => capital(spoken(word));

/** Every category of tags with its values, in the order in which tags are shown. */
export const TAG_VALUES: Readonly<Record<string, readonly string[]>> = { ...PACK_TAGS, ...STRATEGY_TAGS, conditions: CONDITIONS };

/** What each category of tags says. */
export const TAG_CATEGORIES: Readonly<Record<string, { readonly name: string; readonly says: string }>> = {
  risk: { name: "Risk", says: "How much may be lost on the way." },
  direction: { name: "Direction", says: "Whether it buys, sells short, or does both." },
  timeframe: { name: "Timeframe", says: "How long positions are held." },
  market: { name: "Market", says: "The market that it is made for." },
  asset: { name: "Asset", says: "What it trades." },
  style: { name: "Style", says: "What it reads." },
  experience: { name: "Experience", says: "Who it is for." },
  approach: { name: "Approach", says: "How a strategy makes its money." },
  win_rate: { name: "Win rate", says: "Many small gains, or few large ones." },
  frequency: { name: "Frequency", says: "How often a strategy trades." },
  capital: { name: "Capital", says: "The size of account that it suits." },
  conditions: { name: "Conditions", says: "When it is of use." },
};

interface Vibe {
  readonly time_horizon: string;
  readonly risk_appetite: {
    readonly max_drawdown: number;
    readonly concentration: string;
    readonly leverage: number;
    readonly stop_tightness: string;
  };
  readonly decision_style: { readonly kind: string; readonly patience: string };
  readonly market_preference: { readonly regime: string; readonly bias: string; readonly liquidity: string };
  readonly execution_character: { readonly orders: string; readonly entry: string; readonly exit: string };
}

/** A personality in one line: "Thinks in days, patient, reads the chart, likes trending liquid markets". */
export function vibeInWords({ time_horizon, decision_style, market_preference, execution_character }: Vibe): string {
  const reads =
    { technical: "reads the chart", event: "waits for events", flow: "follows the flow" }[decision_style.kind] ?? decision_style.kind;
  const patience = decision_style.patience === "patient" ? "patient" : "quick to act";
  const bias = market_preference.bias === "neutral" ? "" : `, leans ${market_preference.bias}`;
  return `Thinks in ${time_horizon}, ${patience}, ${reads}; ${market_preference.regime} ${market_preference.liquidity} markets${bias}; ${execution_character.orders} orders`;
}

const OPERATORS: Readonly<Record<string, string>> = { ">": ">", ">=": "≥", "<": "<", "<=": "≤", "==": "=", "!=": "≠" };

/** A condition as it is read: `adx_14 > 25`. */
export const conditionInWords = ({
  column,
  op,
  value,
}: {
  readonly column: string;
  readonly op: string;
  readonly value: number | string;
}): string => `${column} ${OPERATORS[op] ?? op} ${value}`;

/** Whether a row's indicator is written with a name and numbers only: `macd 12 26 9`, `bollinger_bands 20, num_std 2`. */
export function entryInWords({ name, ...parameters }: { readonly name: string; readonly [parameter: string]: unknown }): string {
  const given = Object.entries(parameters).map(([key, value]) => (key === "window" ? String(value) : `${key} ${String(value)}`));
  return given.length === 0 ? name : `${name} ${given.join(", ")}`;
}

/** The kinds of labels, by what they ask. */
const LABEL_QUESTIONS: Readonly<Record<string, string>> = {
  next_bar_direction: "Which way the next bar goes",
  forward_return: "Which way the price goes",
  close_to_open: "Which way the night goes, from close to open",
  headfake_reversal: "Whether the opening move is reversed into the close",
  pin_drift: "Whether the price drifts to the peak strike into the close",
  triple_barrier: "Which barrier the price touches first",
};

interface LabelView {
  readonly kind: string;
  readonly entry?: string;
  readonly horizon?: number;
  readonly unit?: string;
  readonly task?: string;
}

/** What models predict, in a sentence without a full stop. */
export function labelInWords(label: LabelView): string {
  const { kind, entry, horizon, unit = "bars", task } = label;
  const question = task === "regress" ? "How far the price goes" : (LABEL_QUESTIONS[kind] ?? spoken(kind));
  const span = horizon === undefined ? "" : ` over ${horizon} ${horizon === 1 ? unit.replace(/s$/, "") : unit}`;
  const from = entry === "decision_close" ? ", entered at the deciding close" : entry === "next_open" ? ", entered at the next open" : "";
  return `${question}${span}${from}`;
}

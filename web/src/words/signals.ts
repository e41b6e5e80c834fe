import type { Operations } from "#client/operations.ts";

type Signal = Operations["GET /signals/{signal_id}"]["answer"];

/** What a signal asks for, in a word or two. */
export const sideInWords = ({ signal, closes }: Pick<Signal, "signal" | "closes">): string => (closes ? `${signal} to close` : signal);

/** Everything that must be known of a signal before its side is believed. */
export const marksOfSignal = ({
  stamps,
  replay,
  proven,
}: Pick<Signal, "replay" | "proven"> & { readonly stamps: readonly string[] }): readonly string[] => [
  ...(replay ? ["replay"] : []),
  ...stamps,
  ...(proven ? [] : ["unproven"]),
];

/** Where the order of a signal stands. */
export const ORDER_STATUS_NAMES: Readonly<Record<Signal["status"], string>> = {
  pending: "Pending",
  filled: "Filled",
  canceled: "Canceled",
  expired: "Expired",
  error: "Error",
  none: "No order",
};

/** What a signal's margin is measured in. */
export const MARGIN_UNITS = {
  log_odds: "log-odds",
  one_vs_rest: "log-odds, each against all else",
  probability: "probability",
  value: "predicted value",
} as const satisfies Record<NonNullable<Signal["explanation"]>["margin_of"], string>;

/** Why a signal has no explanation. */
export const WHY_UNEXPLAINED: Readonly<Record<NonNullable<Signal["unexplained"]>, string>> = {
  learner_has_no_attributions: "The model's learner does not say what each feature adds.",
  no_skill: "Calibration found no skill, so the probability is the base rate, whatever the features say.",
  one_sided: "The model saw no training row of one side, so nothing weighs one against the other.",
};

/** Codes of reasons, as names for a count of them. */
export const REASON_NAMES: Readonly<Record<string, string>> = {
  below_threshold: "Below the threshold",
  below_top_share: "Below the top share",
  filtered: "Hour, gate or entry rule forbids it",
  side_not_allowed: "Side not traded",
  no_side: "No side more likely",
  not_asked: "No question at this bar",
  stale_data: "Stale data",
  missing_close: "No close",
  features_unknown: "Features unknown",
};

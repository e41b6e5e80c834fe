import type { Gate, GateReason } from "#lib/leaderboard/gate.schema.ts";
import { GATE_EXIT } from "./command.ts";
import { type Paint, paintStatus } from "./paint.ts";

const quantity = (value: GateReason["value"]): string => {
  if (value === null) return "n/a";
  if (typeof value !== "number") return `${value.map((part) => quantity(part)).join(" to ")}`;
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
};

/** Why a gate says what it says, one reason a line: `min_bets: metrics.bets is 12, limit 30`. */
export function gateReasons(gate: Pick<Gate, "reasons">): string[] {
  return gate.reasons.map(({ code, metric, value, limit }) => {
    if (code.startsWith("capped_")) return `${code}: MARGINAL at most, whatever else holds`;
    return limit === null
      ? `${code}: ${metric} is ${quantity(value)}`
      : `${code}: ${metric} is ${quantity(value)}, limit ${quantity(limit)}`;
  });
}

/** The verdict with its reasons below it. */
export function gateText(gate: Gate, paint: Paint): string {
  return [`Gate: ${paintStatus(paint, gate.status)}`, ...gateReasons(gate).map((reason) => `  - ${reason}`)].join("\n");
}

/** The exit code of a command that was asked to fail unless the gate passes. */
export const gateExit = (required: boolean | undefined, status: Gate["status"]): 0 | 3 =>
  required === true && status !== "PASS" ? GATE_EXIT : 0;

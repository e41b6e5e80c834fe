import type { Gate, GateReason } from "../../leaderboard/gate.schema.ts";
import type { Significance } from "../../metrics/significance.schema.ts";
import { decimal } from "./numbers.ts";

/** What the gate says of the headline, with everything tried before it. It is no part of the report: later trials change it. */
export interface Verdict {
  readonly rowId: string;
  readonly gate: Gate;
  readonly score: number | null;
  readonly significance: Significance;
}

const quantity = (value: GateReason["value"]): string => {
  if (value === null || typeof value === "number")
    return typeof value === "number" && Number.isInteger(value) ? String(value) : decimal(value, 3);
  return value.map((part) => quantity(part)).join(" to ");
};

/** Why the gate says what it says, a reason a line, in the words of its codes. */
export function reasonLines({ reasons }: Gate): string[] {
  return reasons.map(({ code, metric, value, limit }) => {
    if (code.startsWith("capped_")) return `${code}: MARGINAL at most, whatever else holds.`;
    const found = `${metric} is ${quantity(value)}`;
    return limit === null ? `${code}: ${found}.` : `${code}: ${found}, the gate asks for ${quantity(limit)}.`;
  });
}

/** The gate in a sentence. */
export function gateSentence({ status, reasons }: Gate): string {
  if (status === "ungated") return "No gate has judged it.";
  if (status === "PASS") return "Every limit of the gate holds.";
  const count = reasons.length === 1 ? "One reason" : `${reasons.length} reasons`;
  return status === "FAIL" ? `The gate refuses it. ${count}:` : `The gate holds it back. ${count}:`;
}

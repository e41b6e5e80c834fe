import { SigmaError } from "../errors/sigma-error.ts";
import type { Gate } from "../leaderboard/gate.schema.ts";

export interface Permission {
  readonly research: boolean;
  readonly override: { readonly by: string; readonly reason: string } | null;
}

/**
 * Whether a judged row may be trained: PASS always, MARGINAL and MARGINAL_SIG with a recorded override, FAIL as
 * research only.
 *
 * @throws GATE_FAILED with the reasons and what would allow it
 */
export function requireTrainable(rowId: string, gate: Gate, { research, override }: Permission): void {
  if (research || gate.status === "PASS" || gate.status === "ungated") return;
  const marginal = gate.status === "MARGINAL" || gate.status === "MARGINAL_SIG";
  if (marginal && override !== null) return;
  const why = gate.reasons.map(({ code, value, limit }) => `${code} (${shown(value)} against ${shown(limit)})`).join(", ");
  const remedy = marginal ? "Record an override (who decides, and why)" : "Train it as research, which leaves it UNPROVEN";
  throw new SigmaError("GATE_FAILED", `The gate judged "${rowId}" ${gate.status}: ${why}. ${remedy}, or choose another row.`, {
    row_id: rowId,
    status: gate.status,
    reasons: gate.reasons.map(({ code }) => code),
  });
}

const shown = (value: number | readonly number[] | null): string =>
  value === null ? "n/a" : typeof value === "number" ? String(Math.round(value * 1e4) / 1e4) : value.join(",");

import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { percent, table } from "./markdown.ts";

/** Limits of the deflated Sharpe ratio that the tables compare. */
const LIMITS = [0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 0.99] as const;

/** Largest deflated Sharpe ratio of the variants that miss no other limit than, maybe, its own: what `min_dsr` alone decides. Null = there is none. */
export function dsrOtherwise(rows: readonly LeaderboardRow[]): number | null {
  const ratios = rows.flatMap(({ gate, significance }) =>
    significance.dsr !== null && gate.reasons.every(({ code }) => code === "dsr_below_min") ? [significance.dsr] : [],
  );
  return ratios.length === 0 ? null : Math.max(...ratios);
}

/** Share of series with a variant that would PASS, by what `min_dsr` might be, everything else left as it is. */
export function dsrLimitTable(
  heads: readonly string[],
  groups: readonly { readonly names: readonly string[]; readonly ratios: readonly (number | null)[] }[],
): string {
  return table(
    [...heads, ...LIMITS.map((limit) => String(limit).replace(/^0/, ""))],
    groups.map(({ names, ratios }) => [
      ...names,
      ...LIMITS.map((limit) => percent(ratios.filter((ratio) => ratio !== null && ratio >= limit).length / ratios.length)),
    ]),
  );
}

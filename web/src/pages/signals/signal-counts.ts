import { hourEtOf } from "#lib/core/time.ts";
import type { RowOf } from "../../data/ask.ts";

type Row = RowOf<"GET /signals">;

/** Decisions by what they said. */
export interface SideCounts {
  readonly all: number;
  readonly BUY: number;
  readonly SELL: number;
  readonly HOLD: number;
}

export function countSides(rows: readonly Pick<Row, "signal">[]): SideCounts {
  const counts = { all: rows.length, BUY: 0, SELL: 0, HOLD: 0 };
  for (const { signal } of rows) counts[signal] += 1;
  return counts;
}

/** How many decisions each model took in each hour of New York's clock. */
export function countHours(
  rows: readonly Pick<Row, "model_id" | "timestamp">[],
): { readonly name: string; readonly hours: Record<string, number> }[] {
  const models = new Map<string, Record<string, number>>();
  for (const { model_id, timestamp } of rows) {
    const hours = models.get(model_id) ?? {};
    models.set(model_id, hours);
    const hour = String(hourEtOf(Date.parse(timestamp)));
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return [...models].map(([name, hours]) => ({ name, hours })).sort((a, b) => a.name.localeCompare(b.name));
}

/** Decisions in ten bins of confidence, the empty ones at both ends left out. */
export function confidenceBins(rows: readonly Pick<Row, "confidence">[]): { readonly name: string; readonly value: number }[] {
  const counts = new Array<number>(10).fill(0);
  for (const { confidence } of rows) counts[Math.min(9, Math.floor(confidence * 10 + 1e-9))]! += 1;
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  return counts.flatMap((value, bin) =>
    bin < first || bin > last || first < 0 ? [] : [{ name: `${(bin / 10).toFixed(1)}–${((bin + 1) / 10).toFixed(1)}`, value }],
  );
}

/** What held decisions back, by the code of the first reason of each HOLD; the most frequent first. */
export function holdReasons(rows: readonly Pick<Row, "signal" | "reasons">[]): { readonly code: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { signal, reasons } of rows) {
    const code = signal === "HOLD" ? reasons[0]?.code : undefined;
    if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}

/** What stands in the log of one trained model. */
export interface ModelCounts extends SideCounts {
  readonly actedShare: number | null;
  /** Of the decisions that were BUY or SELL. */
  readonly meanConfidence: number | null;
  readonly last: Row | undefined;
}

/** @param rows - newest first */
export function countModel(rows: readonly Row[]): ModelCounts {
  const sides = countSides(rows);
  const acted = rows.filter(({ signal }) => signal !== "HOLD");
  return {
    ...sides,
    actedShare: rows.length === 0 ? null : acted.length / rows.length,
    meanConfidence: acted.length === 0 ? null : acted.reduce((sum, { confidence }) => sum + confidence, 0) / acted.length,
    last: rows[0],
  };
}

import { parentPort } from "node:worker_threads";
import { createIndicatorInputs, type IndicatorInputs } from "../../indicators/inputs.ts";
import { computePlan } from "../../indicators/plan.ts";
import type { ResolvedIndicator } from "../../indicators/resolve.ts";

/** Inputs without what cannot cross to another thread. */
export type PlainInputs = Omit<IndicatorInputs, "shared">;

export interface ColumnJob {
  readonly id: number;
  readonly items: readonly ResolvedIndicator[];
  readonly inputs: PlainInputs;
  readonly foreign: readonly { readonly symbol: string; readonly inputs: PlainInputs; readonly availableAt: Float64Array }[];
}

export type ColumnResult = { readonly id: number; readonly columns: Float64Array[] } | { readonly id: number; readonly error: string };

const port = parentPort;
if (!port) throw new Error("column-worker.ts runs as a worker thread.");

port.on("message", ({ id, items, inputs, foreign }: ColumnJob) => {
  try {
    const others = new Map(
      foreign.map(({ symbol, inputs: own, availableAt }) => [symbol, { inputs: createIndicatorInputs(own), availableAt }]),
    );
    const columns = computePlan({ items, columns: [], warmupBars: 0 }, createIndicatorInputs(inputs), others);
    port.postMessage({ id, columns } satisfies ColumnResult, [...new Set(columns.map(({ buffer }) => buffer as ArrayBuffer))]);
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies ColumnResult);
  }
});

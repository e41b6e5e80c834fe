import { Worker } from "node:worker_threads";
import { indicatorNamed } from "../../indicators/catalog.ts";
import type { IndicatorInputs } from "../../indicators/inputs.ts";
import { computePlan, type ForeignInputs, type IndicatorPlan } from "../../indicators/plan.ts";
import type { ResolvedIndicator } from "../../indicators/resolve.ts";
import type { ComputeColumns } from "../../ports/compute-columns.ts";
import type { ColumnJob, ColumnResult, PlainInputs } from "./column-worker.ts";

/** Values below which handing work to another thread costs more than it saves. */
const LEAST_VALUES = 6_000_000;

/**
 * Threads from which the work is divided. Two together spend nearly half as much time again as one alone (arrays are copied, shared
 * series made twice, memory is new), so the slower one is done at most a fifth earlier, and later where the second core has other work.
 */
const LEAST_THREADS = 3;

/**
 * Computes plans on several threads when that pays, which takes three cores: the items are divided into as many runs of neighbours as there are threads,
 * of about equal numbers of columns, so that indicators of a kind, which share sub-expressions, stay together. One run is computed
 * here. A thread that dies hands its run back to this one.
 *
 * @param options.threads - threads to use, this one among them
 * @param options.leastValues - rows x columns from which the work is divided
 * @param options.leastThreads - threads from which it is
 */
export function createColumnWorkers(options: {
  readonly threads: number;
  readonly leastValues?: number;
  readonly leastThreads?: number;
}): ComputeColumns {
  const { threads, leastValues = LEAST_VALUES, leastThreads = LEAST_THREADS } = options;
  const workers: Worker[] = [];
  let nextId = 1;
  return async (plan, inputs, foreign) => {
    if (threads < Math.max(2, leastThreads) || plan.items.length < 2 || inputs.length * plan.columns.length < leastValues)
      return computePlan(plan, inputs, foreign);
    const runs = divide(plan, threads);
    while (workers.length < runs.length - 1) workers.push(startWorker());
    const plain = plainInputs(inputs);
    const others = [...foreign].map(([symbol, { inputs: own, availableAt }]) => ({ symbol, inputs: plainInputs(own), availableAt }));
    const elsewhere = runs.slice(1).map((run, i) =>
      ask(workers[i]!, { id: nextId++, items: run.map((position) => plan.items[position]!), inputs: plain, foreign: others }).catch(() => {
        // Whatever ended the thread, its work is done here; the next plan gets a new thread.
        workers[i] = startWorker();
        return computeRun(plan, run, inputs, foreign);
      }),
    );
    const own = computeRun(plan, runs[0]!, inputs, foreign);
    const results = [own, ...(await Promise.all(elsewhere))];
    return inOrder(plan, runs, results);
  };
}

function startWorker(): Worker {
  const worker = new Worker(new URL("./column-worker.ts", import.meta.url));
  worker.unref();
  return worker;
}

/** Positions of the plan's items, in runs of about equal numbers of columns; items of one category are neighbours. */
function divide({ items }: IndicatorPlan, runs: number): number[][] {
  const order = items.map((_, i) => i).sort((a, b) => compare(kindOf(items[a]!), kindOf(items[b]!)) || a - b);
  const weights = order.map((position) => columnsOf(items[position]!));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const divided = Array.from({ length: runs }, (): number[] => []);
  let passed = 0;
  order.forEach((position, i) => {
    const run = Math.min(runs - 1, Math.floor(((passed + weights[i]! / 2) * runs) / total));
    divided[run]!.push(position);
    passed += weights[i]!;
  });
  return divided.filter((run) => run.length > 0);
}

const kindOf = ({ name, column }: ResolvedIndicator): string => `${indicatorNamed(name).category}/${name}/${column}`;
const columnsOf = ({ name, params }: ResolvedIndicator): number => indicatorNamed(name).columns(params).length;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const computeRun = (
  plan: IndicatorPlan,
  run: readonly number[],
  inputs: IndicatorInputs,
  foreign: ReadonlyMap<string, ForeignInputs>,
): Float64Array[] => computePlan({ ...plan, items: run.map((position) => plan.items[position]!) }, inputs, foreign);

/** What may cross to another thread: everything but the memory of shared series. A view travels without the rest of its buffer. */
function plainInputs({ shared: _shared, ...inputs }: IndicatorInputs): PlainInputs {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, compact(value)])) as unknown as PlainInputs;
}

const compact = (value: unknown): unknown =>
  value instanceof Float64Array && value.byteLength < value.buffer.byteLength ? value.slice() : value;

function ask(worker: Worker, job: ColumnJob): Promise<Float64Array[]> {
  const done = Promise.withResolvers<Float64Array[]>();
  const onMessage = (result: ColumnResult): void => {
    if (result.id !== job.id) return;
    if ("columns" in result) done.resolve(result.columns);
    else done.reject(new Error(result.error));
  };
  const onEnd = (reason: unknown): void => done.reject(new Error(`The thread ended: ${String(reason)}.`));
  worker.on("message", onMessage).once("error", onEnd).once("exit", onEnd);
  worker.postMessage(job);
  return done.promise.finally(() => worker.off("message", onMessage).off("error", onEnd).off("exit", onEnd));
}

/** Columns of the runs in the order of the plan's items. */
function inOrder(plan: IndicatorPlan, runs: readonly (readonly number[])[], results: readonly (readonly Float64Array[])[]): Float64Array[] {
  const byItem: Float64Array[][] = plan.items.map(() => []);
  runs.forEach((run, r) => {
    let next = 0;
    for (const position of run) {
      const count = columnsOf(plan.items[position]!) * (plan.items[position]!.carryForward ? 2 : 1);
      byItem[position] = results[r]!.slice(next, next + count);
      next += count;
    }
  });
  return byItem.flat();
}

import type { Figure } from "./workload.ts";

/** How a workload reaches the API: inside its process, or over a socket. */
export type Requests = (method: "GET" | "POST", path: string, body?: object) => Promise<Response>;

interface Latencies {
  readonly label: string;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const REQUESTS = 400;
const MODELS = 100;

/** The requests that people and pages make most, `parallel` at a time. */
export async function latenciesOf(request: Requests, how: string, parallel: number): Promise<Latencies[]> {
  const tag = `${how.replaceAll(" ", "_")}_${process.pid}`;
  const model = (i: number) => ({
    pack_id: "swingsigma",
    model_id: `bench_${tag}_${i}`,
    template_id: "swing_eq_daily_close",
    ticker: "SPX",
  });
  return [
    await timed(`GET /leaderboard, 20 rows of 100,000, ${how}`, REQUESTS, parallel, () => request("GET", "/leaderboard?limit=20")),
    await timed(`GET /indicators, ${how}`, REQUESTS, parallel, () => request("GET", "/indicators")),
    await timed(`POST /models, ${how}`, MODELS, parallel, (i) => request("POST", "/models", model(i))),
  ];
}

/**
 * Times requests, `parallel` of them at any time, each until its last byte is there.
 *
 * @throws Error when an answer is not a success
 */
export async function timed(label: string, count: number, parallel: number, ask: (i: number) => Promise<Response>): Promise<Latencies> {
  const taken: number[] = [];
  let next = 0;
  const one = async (i: number): Promise<void> => {
    const from = performance.now();
    const response = await ask(i);
    const text = await response.text();
    if (!response.ok) throw new Error(`${label}: ${response.status} ${text.slice(0, 300)}`);
    taken.push(performance.now() - from);
  };
  // The first ones fill caches and compile; they are not counted.
  const warm = Math.ceil(count / 10);
  for (let i = 0; i < warm; i++) await one(count + i);
  taken.length = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (next < count) await one(next++);
    }),
  );
  return { label, perSecond: count / ((performance.now() - started) / 1000), ...quantiles(taken) };
}

/** Middle and 99th percentile by nearest rank. */
export function quantiles(taken: readonly number[]): { readonly p50Ms: number; readonly p99Ms: number } {
  const sorted = [...taken].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

export const figuresOf = ({ label, perSecond, p50Ms, p99Ms }: Latencies): Figure[] => [
  { label, value: perSecond, unit: "requests/s" },
  { label: `${label}: p50`, value: p50Ms, unit: "ms" },
  { label: `${label}: p99`, value: p99Ms, unit: "ms" },
];

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import { simulatedWorkspaceOf } from "#lib/core/workspace.ts";
import type { RunEvent } from "#lib/runs/run-record.schema.ts";
import type { Paint } from "../paint.ts";
import { type Journey, type JourneyRequest, takeJourney } from "./journey.ts";
import { type DemoResult, demoResult } from "./result.ts";
import { tellStory } from "./story.ts";

const OWNER = "local";

/** Real S&P 500 closes: entered at the close, because the file's early opens are copies of closes. */
const REAL: JourneyRequest = {
  owner: OWNER,
  research: true,
  model: {
    pack_id: "swingsigma",
    template_id: "swing_eq_daily_close",
    model_id: "spx_eq_swing_daily",
    ticker: "SPX",
    data: { provider: "sample", symbol: "SPX" },
    // Calibrated, this model finds no skill in any fold and does not trade; raw scores show what the gate is there for.
    learner: { calibration: "none" },
  },
};

/** A generated series with an edge that is known because it was put there; it lives in the SIMULATED workspace. */
const PLANTED: JourneyRequest = {
  owner: simulatedWorkspaceOf(OWNER),
  research: false,
  model: {
    pack_id: "swingsigma",
    template_id: "swing_eq_daily",
    model_id: "simedge_eq_swing_daily",
    ticker: "SIMEDGE",
    data: { provider: "simulated", symbol: "SIMEDGE", seed: 11 },
  },
};

export interface DemoOptions {
  readonly home: string;
  /** For people: the story of each half. */
  readonly say: (text: string) => void;
  /** One line a step, with the seconds since the start. */
  readonly progress: (text: string) => void;
  readonly paint: Paint;
  readonly width: number;
  /** Milliseconds of a monotonic clock, for the seconds in the result only. */
  readonly elapsed: () => number;
}

export interface DemoDocument {
  readonly real: DemoResult;
  readonly planted: DemoResult;
  readonly seconds: number;
}

/** Takes a real and a planted model the whole way, side by side, and writes their plots. */
export async function runDemo(options: DemoOptions): Promise<DemoDocument> {
  const { say, progress, elapsed } = options;
  const system = await createLocalSystem({ home: options.home, alerts: { deliver: async () => {} } });
  try {
    const real = await half(system, "1/2 Real: S&P 500, daily, 2000 to 2020", REAL, options);
    const planted = await half(system, "2/2 Planted: a simulated series with a known edge (SIMULATED)", PLANTED, options);
    say(difference(real, planted));
    const seconds = Math.round(elapsed()) / 1000;
    progress(`${seconds.toFixed(1)} s in all`);
    return { real: demoResult(real), planted: demoResult(planted), seconds };
  } finally {
    await system.close();
  }
}

async function half(system: LocalSystem, title: string, request: JourneyRequest, options: DemoOptions): Promise<Journey> {
  options.progress(title);
  const journey = await takeJourney(system, request, (stage, event) => options.progress(stepLine(stage, event, options.elapsed())));
  const plots = await writePlots(system, journey);
  options.say(`\n${tellStory(title, journey, plots, options.paint, options.width)}\n`);
  return journey;
}

function stepLine(stage: string, { step, done, expected, message }: RunEvent, elapsedMs: number): string {
  return `${(elapsedMs / 1000).toFixed(1).padStart(5)} s  ${stage.padEnd(8)} ${`${done}/${expected}`.padStart(6)}  ${step}: ${message}`;
}

/** Copies the report's SVG plots where a person finds them. */
async function writePlots({ home, ports }: LocalSystem, { modelId, backtest }: Journey): Promise<string[]> {
  const folder = join(home, "plots", modelId);
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  for (const key of backtest["plots"] as readonly string[]) {
    const path = join(folder, key.split("/").at(-1)!);
    await writeFile(path, (await ports.artifacts.get(key)).bytes);
    written.push(path);
  }
  return written;
}

function difference(real: Journey, planted: Journey): string {
  const loss = (journey: Journey): string =>
    `${Number(journey.backtest["log_loss"]).toFixed(4)} against ${Number(journey.backtest["prior_log_loss"]).toFixed(4)}`;
  return [
    "Why the two verdicts differ",
    `- Skill: log loss ${loss(real)} on the S&P 500, ${loss(planted)} on the planted series (base rates second).`,
    `- Significance: best deflated Sharpe ratio ${(real.sweep.dsr_best ?? Number.NaN).toFixed(2)} and ${(planted.sweep.dsr_best ?? Number.NaN).toFixed(2)}.`,
    `- Everything else is the same code: the same folds, costs, gate and state machines. One series has something to find.`,
  ].join("\n");
}

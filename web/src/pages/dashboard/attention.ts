import type { RowOf } from "../../data/ask.ts";
import { formatNumber, plural } from "../../words/format.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { MACHINE_NAMES } from "../../words/runs.ts";

/** Something that somebody should look at, and where. */
export interface Attention {
  readonly key: string;
  readonly title: string;
  readonly says: string;
  readonly to: string;
  readonly at: string | null;
}

type Run = Pick<RowOf<"GET /runs">, "run_id" | "machine" | "model_id" | "pack_id" | "status" | "created_at" | "ended_at" | "error">;
type Trained = Pick<RowOf<"GET /trained_models">, "trained_model_id" | "model_id" | "status" | "proven" | "holdout" | "gate_status">;

/** Failures older than this are history. */
const RECENT_MS = 7 * 86_400_000;

/**
 * What needs a look: runs that failed or broke off within a week and were not done since, and models that are live although the
 * holdout spoke against them.
 */
export function attentionOf(runs: readonly Run[], trained: readonly Trained[], now: number): Attention[] {
  const broken = runs.filter(
    (run) =>
      (run.status === "failed" || run.status === "interrupted") &&
      now - Date.parse(run.created_at) < RECENT_MS &&
      !runs.some((later) => isRepair(later, run)),
  );
  const vetoed = trained.filter(({ status, holdout }) => status === "published" && holdout?.vetoed === true);
  return [
    ...broken.map(
      (run): Attention => ({
        key: run.run_id,
        title: `${MACHINE_NAMES[run.machine]} ${run.status === "failed" ? "failed" : "was interrupted"}${run.model_id === null ? "" : `: ${run.model_id}`}`,
        says:
          run.status === "interrupted"
            ? "The server stopped while it ran. Resume it: finished steps are kept."
            : (run.error?.detail ?? "It left no reason."),
        to: PLACE_OF.run(run.run_id),
        at: run.ended_at ?? run.created_at,
      }),
    ),
    ...vetoed.map(
      ({ trained_model_id, model_id, holdout }): Attention => ({
        key: trained_model_id,
        title: `${model_id} is live against its holdout`,
        says: `Over ${plural(holdout!.sessions, "unseen session")} the residual Sharpe ratio was ${formatNumber(holdout!.sharpe, "ratio")}, where the backtest promised ${formatNumber(holdout!.backtest_sharpe, "ratio")}. Pause it unless it is there to learn from.`,
        to: PLACE_OF.trained(trained_model_id),
        at: null,
      }),
    ),
  ];
}

const isRepair = (later: Run, run: Run): boolean =>
  later.machine === run.machine &&
  later.model_id === run.model_id &&
  later.pack_id === run.pack_id &&
  later.status === "succeeded" &&
  later.created_at > run.created_at;

/** Where somebody stands on the way from nothing to a published model. */
export interface Step {
  readonly title: string;
  readonly says: string;
  readonly done: boolean;
  readonly to: string;
  readonly verb: string;
}

export interface Standing {
  readonly ownModels: readonly { readonly pack_id: string; readonly model_id: string }[];
  readonly hasResults: boolean;
  readonly hasTrained: boolean;
  readonly hasPublished: boolean;
}

/** The way to a first signal; the first step that is not done is the next one. */
export function firstSteps({ ownModels, hasResults, hasTrained, hasPublished }: Standing): Step[] {
  const model = ownModels[0];
  return [
    {
      title: "Create a model",
      says: "Sample data is there already: daily bars of the S&P 500 from 2000 to 2020, and simulated markets whose truth is known. Start from a template.",
      done: ownModels.length > 0 || hasResults,
      to: PAGE.createModel,
      verb: "Create a model",
    },
    {
      title: "Build and evaluate it",
      says: "The matrix is built and checked for leaks, then every variant is tested out of sample and judged by the gate.",
      done: hasResults,
      to: model === undefined ? PAGE.models : PLACE_OF.model(model.pack_id, model.model_id),
      verb: "Open the model",
    },
    {
      title: "Train a result",
      says: "Choose what the gate passed; training looks at the untouched end of the history once.",
      done: hasTrained,
      to: PAGE.leaderboard,
      verb: "Open the leaderboard",
    },
    {
      title: "Publish it to paper",
      says: "A published model is scored after each close and gives signals for paper trading.",
      done: hasPublished,
      to: PAGE.trained,
      verb: "Open trained models",
    },
  ];
}

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";
import { ProblemError } from "#client/problem.ts";
import { type AnswerOf, keyOf, useAct, useAsk } from "../../data/ask.ts";
import { client } from "../../data/client.ts";
import { Button } from "../../ui/button.tsx";
import { Figure, Figures } from "../../ui/figure.tsx";
import { RunProgress } from "../../ui/run-progress.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { Explained } from "../../ui/tooltip.tsx";
import { formatNumber, plural } from "../../words/format.ts";
import styles from "./sweeps.module.css";

type Model = AnswerOf<"GET /models/{model_id}">;
type Estimate = AnswerOf<"POST /sweeps/estimate">;

export interface EstimatePanelProps {
  /** The request; undefined while the form does not fit. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  /** What no field of the form stands for. */
  readonly objections: readonly string[];
  readonly model: Model;
  readonly starting: boolean;
}

const PAUSE_MS = 350;

/** A text that follows another one when it has rested for a while. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

/** What the sweep will take and cost, how good luck alone would look, and whether anything can pass; then the button that starts it. */
export function EstimatePanel({ body, objections, model, starting }: EstimatePanelProps) {
  const text = useRested(body === undefined ? "" : JSON.stringify(body));
  const wanted = useDeferredValue(text);
  const query = useQuery({
    queryKey: [...keyOf("POST /sweeps/estimate"), wanted],
    queryFn: ({ signal }) => client.call("POST /sweeps/estimate", { body: JSON.parse(wanted) as never, signal }),
    enabled: wanted !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  const lacksMatrix = model.matrix.status === "none";
  if (lacksMatrix) return <NoMatrix model={model} />;
  const estimate = query.data;
  return (
    <>
      {objections.map((issue) => (
        <p key={issue} className={styles.failure} role="alert">
          {issue}
        </p>
      ))}
      {body === undefined && <p className={styles.soft}>Mend what is marked above; the estimate follows.</p>}
      {query.error !== null && body !== undefined && (
        <ErrorState
          error={query.error}
          title={query.error instanceof ProblemError ? query.error.problem.title : "No estimate"}
          onRetry={() => void query.refetch()}
        />
      )}
      {body !== undefined && estimate === undefined && query.error === null && <Skeleton lines={5} />}
      {estimate !== undefined && query.error === null && <EstimateWords estimate={estimate} model={model} old={query.isPlaceholderData} />}
      <div className={styles.buttons}>
        <Button
          type="submit"
          kind="primary"
          busy={starting}
          disabled={body === undefined || (query.error !== null && estimate === undefined)}
        >
          {estimate === undefined || body === undefined ? "Start the sweep" : `Start ${plural(estimate.variants, "variant")}`}
        </Button>
      </div>
    </>
  );
}

function EstimateWords({ estimate, model, old }: { readonly estimate: Estimate; readonly model: Model; readonly old: boolean }) {
  const { variants, seconds, usd, luck_sharpe, trials_before, sessions, fits, fit_count, folds, compositions, infeasible } = estimate;
  return (
    <div className={old ? styles.old : undefined} aria-live="polite">
      <dl className={styles.estimate}>
        <div>
          <dt>Variants</dt>
          <dd>{formatNumber(variants, "count")}</dd>
          <dd className={styles.soft}>
            {trials_before === 0 ? "no trial before" : `after ${plural(trials_before, "trial")} before`}
            {compositions > 0 && `, ${plural(compositions, "composition")}`}
          </dd>
        </div>
        <div>
          <dt>
            <Explained
              title="Time"
              says={
                estimate.measured
                  ? "A short probe of this machine scales it; the real time is within a factor of two."
                  : "From fixed speeds of the place that runs it."
              }
            >
              Time
            </Explained>
          </dt>
          <dd>about {formatNumber(seconds, "seconds")}</dd>
          <dd className={styles.soft}>{fits ? `${plural(fit_count, "fit")} first` : `${plural(folds, "fold")} are fitted already`}</dd>
        </div>
        <div>
          <dt>
            <Explained title="Cost" unit="US dollars" says="List prices of the cloud without a free tier; nothing on this machine.">
              Cost
            </Explained>
          </dt>
          <dd>{formatNumber(usd, "dollars")}</dd>
          <dd className={styles.soft}>{usd === 0 ? "on this machine" : "list prices"}</dd>
        </div>
      </dl>
      <Figures>
        <Figure
          of="luck_sharpe"
          value={luck_sharpe}
          label="Best Sharpe under no skill"
          note={`over ${plural(sessions, "session")}`}
          large
        />
      </Figures>
      <p className={styles.after}>
        {luck_sharpe === null
          ? "There are too few sessions to say how good luck would look."
          : `Without any skill the best of all trials would still show a Sharpe ratio of about ${formatNumber(luck_sharpe, "ratio")}. What is to be believed has to be clearly better.`}
      </p>
      {infeasible !== null && (
        <p className={styles.warning} role="alert">
          No variant can pass: {infeasible.remedy} {model.model_id} may be swept all the same, to learn.
        </p>
      )}
    </div>
  );
}

/** The matrix is built from here, so that nobody has to look for it. */
function NoMatrix({ model }: { readonly model: Model }) {
  const build = useAct("POST /build_matrix", ["GET /runs"]);
  const queries = useQueryClient();
  const runId = build.data?.run_id;
  const run = useAsk("GET /runs/{run_id}", { params: { run_id: runId ?? "" } }, { enabled: runId !== undefined, everyMs: 2_000 });
  const built = run.data?.status === "succeeded";
  useEffect(() => {
    if (!built) return;
    void queries.invalidateQueries({ queryKey: keyOf("GET /models") });
    void queries.invalidateQueries({ queryKey: keyOf("GET /models/{model_id}") });
  }, [built, queries]);
  return (
    <>
      <p>This model has no matrix yet, so there is nothing to sweep and nothing to estimate from.</p>
      {build.data === undefined ? (
        <div className={styles.buttons}>
          <Button
            kind="primary"
            busy={build.isPending}
            onClick={() => build.mutate({ body: { pack_id: model.pack_id, model_id: model.model_id } as never })}
          >
            Build the matrix
          </Button>
        </div>
      ) : (
        <RunProgress runId={build.data.run_id} />
      )}
      {build.error && <ErrorState error={build.error} title="The matrix was not built" />}
    </>
  );
}

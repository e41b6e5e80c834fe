import { useAct } from "../../../data/ask.ts";
import { Button } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { ErrorState, Loaded } from "../../../ui/states.tsx";
import { CheckRequest } from "../check-request.tsx";
import { CheckResult } from "../check-result.tsx";
import { ReportView } from "../report-view.tsx";
import styles from "./builder.module.css";
import type { Draft } from "./steps.ts";
import { useReview } from "./use-review.ts";

export interface TestPanelProps {
  readonly draft: Draft;
  /** Whether the form says what the server has. */
  readonly isSaved: boolean;
  readonly onReviewed: () => void;
}

/** The test backtest: writes the pack as a draft and runs its default strategy over one year of data. */
export function TestPanel({ draft, isSaved, onReviewed }: TestPanelProps) {
  const review = useReview(draft.pack_id);
  const validate = useAct("POST /pack_drafts/{pack_id}/validate", [
    "GET /pack_drafts/{pack_id}",
    "GET /pack_drafts/{pack_id}/review",
    "GET /packs",
  ]);
  const check = review.data?.check ?? null;
  const running = check?.status === "running";
  const rejected = review.data?.report.status === "REJECTED" ? review.data.report : undefined;
  const refusal = running
    ? "It runs already."
    : !isSaved
      ? "Save the strategies first: the test runs on what is saved."
      : rejected && "Mend what the checks object to first.";
  return (
    <div className={styles.test}>
      <Panel
        title="Test on one year of data"
        note="A real backtest of the default strategy under the pack's own policy: it must make at least 10 trades, and its Sharpe ratio must be above −0.50."
      >
        <CheckRequest
          cadences={draft.instruments?.cadences.slice(0, 1) ?? []}
          templates={draft.compatible.templates ?? []}
          verb={check === null ? "Run the test" : "Run it again"}
          busy={validate.isPending}
          refusal={refusal}
          onRun={(body) => validate.mutate({ params: { pack_id: draft.pack_id }, body })}
        />
        {rejected !== undefined && <ReportView report={rejected} objectionsOnly />}
        {validate.error !== null && <ErrorState error={validate.error} title="The test was not started" />}
        {check !== null && (
          <Loaded query={review} title="The test could not be read">
            {({ is_validated }) => (
              <>
                {!is_validated && !running && (
                  <p className={styles.soft}>The draft has changed since this test. Run it again before you save the pack.</p>
                )}
                <CheckResult check={check} />
                {is_validated && check.status === "passed" && (
                  <div>
                    <Button kind="primary" onClick={onReviewed}>
                      Review the pack
                    </Button>
                  </div>
                )}
              </>
            )}
          </Loaded>
        )}
      </Panel>
    </div>
  );
}

import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { CodeView } from "../../../ui/code-view.tsx";
import { Grid, Panel } from "../../../ui/panel.tsx";
import { SkeletonBlock } from "../../../ui/skeleton.tsx";
import { EmptyState, Loaded } from "../../../ui/states.tsx";
import { plural } from "../../../words/format.ts";
import { CheckResult } from "../check-result.tsx";
import { ReportView } from "../report-view.tsx";
import styles from "./builder.module.css";
import type { Draft, Step } from "./steps.ts";
import { useReview } from "./use-review.ts";

export interface ReviewStepProps {
  readonly draft: Draft;
  readonly onGo: (step: Step) => void;
}

/** Step 5: everything that is known of the pack as the draft says it. */
export function ReviewStep({ draft, onGo }: ReviewStepProps) {
  const query = useReview(draft.pack_id);
  return (
    <Loaded query={query} title="The review could not be read" skeleton={<SkeletonBlock />}>
      {({ report, check, is_validated, can_save, documents }) => (
        <>
          <Grid>
            <Panel title="Validation report" span={7}>
              <ReportView report={report} />
            </Panel>
            <div className={styles.aside}>
              <Panel title="Test on one year of data">
                {check === null ? (
                  <EmptyState title="Not tested yet" action={<Button onClick={() => onGo("strategy")}>Go to the test</Button>}>
                    Run the test backtest in step 4.
                  </EmptyState>
                ) : (
                  <>
                    {!is_validated && <p className={styles.soft}>The draft has changed since this test: run it again in step 4.</p>}
                    <CheckResult check={check} />
                  </>
                )}
              </Panel>
              <Panel title="Documents" note={`${plural(Object.keys(documents).length, "file")} that the pack is made of`}>
                <Documents documents={documents} />
              </Panel>
            </div>
          </Grid>
          <div className={styles.foot}>
            <div className={styles.row}>
              <Button kind="primary" disabled={!can_save} onClick={() => onGo("save")}>
                Go on to save
              </Button>
              {!can_save && <span className={styles.soft}>It can be saved once it passed the test as it is now.</span>}
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}

function Documents({ documents }: { readonly documents: Readonly<Record<string, string>> }) {
  const paths = Object.keys(documents);
  const [path, setPath] = useState(paths[0]!);
  const shown = documents[path] === undefined ? paths[0]! : path;
  return (
    <>
      <select
        className={`${styles.control} ${styles.wide}`}
        aria-label="Document"
        value={shown}
        onChange={(event) => setPath(event.target.value)}
      >
        {paths.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
      <CodeView label={shown} text={documents[shown] ?? ""} />
    </>
  );
}

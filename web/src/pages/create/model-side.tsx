import { Button } from "../../ui/button.tsx";
import { Chip, Chips } from "../../ui/chip.tsx";
import { classes } from "../../ui/classes.ts";
import { SimulatedMark } from "../../ui/data-mark.tsx";
import { lacksOf, type Offer, othersFor } from "../../ui/model/data-fit.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { plural } from "../../words/format.ts";
import styles from "./create.module.css";
import { type DraftValues, STEP_NAMES, type Step, stepOfPath, type Template } from "./draft.ts";
import type { Judged, Verdict } from "./use-verdict.ts";

interface ModelSideProps {
  readonly values: DraftValues;
  readonly template: Template | undefined;
  readonly offers: readonly Offer[];
  readonly judged: Judged;
  readonly current: Step;
  readonly onOpen: (step: Step) => void;
}

/** The model as it would be: its name, what it reads and whether that is there, and what the rules say of it. */
export function ModelSide({ values, offers, judged: { verdict, isBehind, isComplete }, current, onOpen }: ModelSideProps) {
  const isSimulated = values.data.provider === "simulated";
  return (
    <aside className={styles.side} aria-label="The model so far">
      <div className={styles.sideHead}>
        <h2>Your model</h2>
        {isSimulated && <SimulatedMark />}
      </div>
      <div className={styles.name} aria-live="polite">
        {verdict === undefined && isBehind ? (
          <Skeleton lines={2} />
        ) : verdict?.model_id === undefined || verdict.model_id === null ? (
          <span className={styles.soft}>Its name follows from ticker, asset, horizon and bars.</span>
        ) : (
          <>
            <code>{verdict.model_id}</code>
            <Chip tone={verdict.is_free ? "plain" : "danger"}>{isBehind ? "Checking" : verdict.is_free ? "Free" : "Taken"}</Chip>
          </>
        )}
      </div>
      {verdict?.needs != null && <Reads needs={verdict.needs} values={values} offers={offers} />}
      {verdict?.model != null && (
        <dl className={classes(styles.facts, styles.wide)}>
          <dt>Columns</dt>
          <dd>{plural(verdict.model.columns.length, "computed column")}</dd>
          <dt>Risk profile</dt>
          <dd>{verdict.model.config.risk_profile}</dd>
          <dt>Learner</dt>
          <dd>{String(verdict.model.config.learner.algo)}</dd>
        </dl>
      )}
      <Findings verdict={verdict} isComplete={isComplete} current={current} onOpen={onOpen} />
    </aside>
  );
}

interface ReadsProps {
  readonly needs: NonNullable<Verdict["needs"]>;
  readonly values: DraftValues;
  readonly offers: readonly Offer[];
}

function Reads({ needs, values: { data }, offers }: ReadsProps) {
  const offer = offers.find(({ provider }) => provider === data.provider);
  const symbol = offer?.symbols?.find((each) => each.symbol === data.symbol);
  const lacks = offer === undefined || (offer.symbols !== null && symbol === undefined) ? [] : lacksOf(needs, offer, symbol);
  const { missing } = data.provider === undefined ? { missing: [] } : othersFor(needs, data.provider, offers);
  const absent = [...lacks, ...missing.filter((name) => data.others[name] === undefined).map((name) => `bars of ${name}`)];
  const said = [
    ...needs.data.map(({ what }) => what),
    ...needs.others.map(({ symbol: name }) => `${name}${data.others[name] === undefined ? "" : ` as ${data.others[name].symbol}`}`),
  ];
  return (
    <div className={styles.part}>
      <h3>Reads</h3>
      <Chips>
        {said.map((what) => (
          <Chip key={what} tone={lacks.includes(what) ? "danger" : "plain"}>
            {what}
          </Chip>
        ))}
      </Chips>
      {absent.length > 0 && (
        <p className={styles.warn}>
          {data.symbol ?? "This symbol"} of "{data.provider}" lacks: {absent.join(", ")}. Choose other data in Basics, or what reads less.
        </p>
      )}
    </div>
  );
}

function Findings({
  verdict,
  isComplete,
  current,
  onOpen,
}: { readonly verdict: Verdict | undefined; readonly isComplete: boolean } & Pick<ModelSideProps, "current" | "onOpen">) {
  if (verdict === undefined) return null;
  if (!isComplete)
    return (
      <div className={styles.part}>
        <h3>Coherence</h3>
        <p className={styles.warn}>A field is not right yet. The rules are asked again when it is.</p>
      </div>
    );
  if (verdict.findings.length === 0)
    return (
      <div className={styles.part}>
        <h3>Coherence</h3>
        <p className={styles.soft}>Every rule holds: this model can be made.</p>
      </div>
    );
  return (
    <div className={styles.part}>
      <h3>Coherence</h3>
      <ul className={styles.findings}>
        {verdict.findings.map(({ severity, code, path, reason, remedy }) => {
          const step = stepOfPath(path);
          return (
            <li key={`${code} ${path} ${reason}`} className={severity === "error" ? styles.error : styles.notice}>
              <span className={styles.severity}>{severity === "error" ? "Change" : "Note"}</span>
              <span>
                {reason} {remedy}{" "}
                {step !== current && (
                  <Button small kind="quiet" onClick={() => onOpen(step)}>
                    Go to {STEP_NAMES[step]}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

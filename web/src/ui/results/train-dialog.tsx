import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { TrainBodySchema } from "#functions/api/runs/train-body.schema.ts";
import { asking, useAct } from "../../data/ask.ts";
import type { CartRow } from "../../data/cart.ts";
import { plural } from "../../words/format.ts";
import { PLACE_OF } from "../../words/places.ts";
import { Button } from "../button.tsx";
import { Dialog } from "../dialog.tsx";
import { objectionsTo } from "../form/objections.ts";
import { GateChip } from "../gate-chip.tsx";
import { PlaceLink } from "../place-link.tsx";
import { ErrorState } from "../states.tsx";
import { say } from "../toast.tsx";
import { nameOfResult, nearDuplicates, type ResultRow } from "./result-row.ts";
import styles from "./results.module.css";
import { Choice } from "./train-choice.tsx";
import { MOST_TRAINED, trainingBody, trainingOrders } from "./training-orders.ts";

export interface TrainDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly rows: readonly CartRow[];
  /** What was begun: the rows may leave the cart. */
  readonly onStarted: (rowIds: readonly string[]) => void;
}

/** Says what training does, asks for what the gate wants said, and starts one run a model. */
export function TrainDialog({ open, onOpenChange, rows, onStarted }: TrainDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Train ${plural(rows.length, "row")}`}
      description="Each row becomes a trained model of its own, fitted as its backtest was, on the rows before the holdout."
      wide
    >
      {open && <TrainForm rows={rows} onClose={() => onOpenChange(false)} onStarted={onStarted} />}
    </Dialog>
  );
}

interface TrainFormProps {
  readonly rows: readonly CartRow[];
  readonly onClose: () => void;
  readonly onStarted: (rowIds: readonly string[]) => void;
}

function TrainForm({ rows, onClose, onStarted }: TrainFormProps) {
  const queries = useQueries({ queries: rows.map(({ row_id }) => asking("GET /leaderboard/{row_id}", { params: { row_id } })) });
  const [reason, setReason] = useState("");
  const [research, setResearch] = useState(false);
  const [started, setStarted] = useState<readonly { readonly runId: string; readonly modelId: string }[]>([]);
  const train = useAct("POST /train", ["GET /runs", "GET /trained_models"]);
  const failed = queries.find(({ error }) => error !== null);
  const found = queries.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const { orders, needsReason, needsResearch, tooMany } = trainingOrders(found);
  const alike = nearDuplicates(found);
  const asksReason = needsReason && !research;
  const bodies = orders.map((order) => trainingBody(order, { research, reason: asksReason ? reason : "" }));
  const reasonObjection = bodies
    .flatMap((body) => objectionsTo(TrainBodySchema, body))
    .find(({ path }) => path === "override_reason")?.issue;
  const reasonMissing = asksReason && (reason.trim() === "" || reasonObjection !== undefined);
  const blocked = found.length < rows.length || reasonMissing || (needsResearch && !research) || tooMany.length > 0;

  const start = async (): Promise<void> => {
    for (const body of bodies) {
      if (started.some(({ modelId }) => modelId === body.model_id)) continue;
      const { run_id } = await train.mutateAsync({ body });
      setStarted((before) => [...before, { runId: run_id, modelId: body.model_id }]);
      onStarted(body.rows);
    }
    say("Training started", "Its progress is below and among the runs.");
  };

  if (started.length > 0 && started.length === orders.length)
    return (
      <div className={styles.stack}>
        <p>Started. Each run may be left and found again.</p>
        <ul className={styles.list}>
          {started.map(({ runId, modelId }) => (
            <li key={runId}>
              <PlaceLink to={PLACE_OF.run(runId)}>Training of {modelId}</PlaceLink>
            </li>
          ))}
        </ul>
        <div>
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    );

  return (
    <div className={styles.stack}>
      <section>
        <h3>What training does</h3>
        <ul className={styles.list}>
          <li>It fits the learner on all rows before the holdout, with the row's own thresholds, hours and exits.</li>
          <li>
            It looks at the holdout, the last 15 % of the history, once a row. Every look is counted and spends some of its worth: a second
            opinion of the same stretch proves less.
          </li>
          <li>The holdout can only veto. Another model, refitted on all rows, is stored beside it and labelled so.</li>
          <li>Nothing trades: a trained model gives signals after it was published.</li>
        </ul>
      </section>
      {failed?.error && <ErrorState error={failed.error} title="A chosen row could not be read" onRetry={() => void failed.refetch()} />}
      {orders.map(({ pack_id, model_id, rows: chosen }) => (
        <OrderGroup key={`${pack_id} ${model_id}`} modelId={model_id} rows={chosen} />
      ))}
      {tooMany.map((modelId) => (
        <p key={modelId} className={styles.warning} role="alert">
          {modelId}: at most {MOST_TRAINED} rows of a model are trained at once. Take some out of the selection.
        </p>
      ))}
      {alike.map(([a, b]) => (
        <p key={`${a.row_id} ${b.row_id}`} className={styles.warning}>
          Nearly the same: "{nameOfResult(a)}" and "{nameOfResult(b)}" of {a.model_id} win and lose together. Training both adds nothing and
          spends another look at the holdout.
        </p>
      ))}
      {asksReason && (
        <Choice
          label="Why you decide against the gate"
          hint="Rows that are marginal or not significant need a reason. It is recorded with your name; such a model may go to paper, never live."
          value={reason}
          error={reasonObjection}
          onChange={setReason}
        />
      )}
      {(needsResearch || research) && (
        <label className={styles.warning}>
          <input type="checkbox" checked={research} onChange={(event) => setResearch(event.target.checked)} /> Train for research. A row
          that the gate fails is trained for research only: the model is marked UNPROVEN for good and can never go live.
        </label>
      )}
      {train.error && <ErrorState error={train.error} title="Training was not started" />}
      <div className={styles.links}>
        <Button onClick={onClose}>Not now</Button>
        <Button kind="primary" busy={train.isPending} disabled={blocked} onClick={() => void start().catch(() => undefined)}>
          Train {plural(rows.length, "row")}
        </Button>
      </div>
    </div>
  );
}

function OrderGroup({ modelId, rows }: { readonly modelId: string; readonly rows: readonly ResultRow[] }) {
  return (
    <section className={styles.group}>
      <div className={styles.groupHead}>
        <span>{modelId}</span>
        <span className={styles.soft}>
          {plural(rows.length, "row")}, {plural(rows.length, "look")} at the holdout
        </span>
      </div>
      {rows.map((row) => (
        <div key={row.row_id} className={styles.trainRow}>
          <span className={styles.trainName}>{nameOfResult(row)}</span>
          <GateChip status={row.gate.status} reasons={row.gate.reasons} />
        </div>
      ))}
    </section>
  );
}

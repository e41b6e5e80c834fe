import type { ResultRow } from "./result-row.ts";

/** Rows of one model that one run trains, at most. */
export const MOST_TRAINED = 5;

/** One run of training: rows of one model. */
export interface TrainingOrder {
  readonly pack_id: string;
  readonly model_id: string;
  readonly rows: readonly ResultRow[];
}

export interface TrainingOrders {
  /** One a model, in the order of the rows. */
  readonly orders: readonly TrainingOrder[];
  /** A row is marginal or not significant: the API asks who decides against the gate, and why. */
  readonly needsReason: boolean;
  /** A row failed: it is trained for research or not at all. */
  readonly needsResearch: boolean;
  /** Models of which more rows were chosen than one run takes. */
  readonly tooMany: readonly string[];
}

/** What must be asked of the API to train these rows, and what it will want to hear. */
export function trainingOrders(rows: readonly ResultRow[]): TrainingOrders {
  const byModel = new Map<string, ResultRow[]>();
  for (const row of rows) {
    const key = `${row.pack_id} ${row.model_id}`;
    byModel.set(key, [...(byModel.get(key) ?? []), row]);
  }
  const orders = [...byModel.values()].map((own) => ({ pack_id: own[0]!.pack_id, model_id: own[0]!.model_id, rows: own }));
  return {
    orders,
    needsReason: rows.some(({ gate }) => gate.status === "MARGINAL" || gate.status === "MARGINAL_SIG"),
    needsResearch: rows.some(({ gate }) => gate.status === "FAIL"),
    tooMany: orders.filter((order) => order.rows.length > MOST_TRAINED).map(({ model_id }) => model_id),
  };
}

/** The request of one order. A reason that was not given is none, which the gate's own question is about. */
export function trainingBody({ pack_id, model_id, rows }: TrainingOrder, said: { readonly research: boolean; readonly reason: string }) {
  const reason = said.reason.trim();
  return {
    pack_id,
    model_id,
    rows: rows.map(({ row_id }) => row_id),
    research: said.research,
    ...(reason === "" ? {} : { override_reason: reason }),
  };
}

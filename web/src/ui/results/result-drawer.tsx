import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { useAsk } from "../../data/ask.ts";
import { useCart } from "../../data/cart.ts";
import { limitChecks, VERDICTS } from "../../words/gate.ts";
import { PLACE_OF } from "../../words/places.ts";
import { Button, buttonClass } from "../button.tsx";
import { DataMarks } from "../data-mark.tsx";
import { Drawer } from "../dialog.tsx";
import { Figure, Figures } from "../figure.tsx";
import { GateChip, GateReasons, LimitTable } from "../gate-chip.tsx";
import { Identifier } from "../identifier.tsx";
import { PlaceLink } from "../place-link.tsx";
import { cartRowOf, nameOfResult, type ResultRow } from "./result-row.ts";
import styles from "./results.module.css";

export interface ResultDrawerProps {
  /** The row whose details are open. */
  readonly row: ResultRow | undefined;
  readonly onClose: () => void;
}

/** A result in detail, so that the list keeps its place. */
export function ResultDrawer({ row, onClose }: ResultDrawerProps) {
  return (
    <Drawer
      open={row !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={row === undefined ? "Result" : nameOfResult(row)}
      description={row === undefined ? undefined : `${row.model_id} on ${row.symbol}, ${row.risk_profile}`}
    >
      {row !== undefined && <ResultDetails row={row} />}
    </Drawer>
  );
}

function ResultDetails({ row }: { readonly row: ResultRow }) {
  const [cart, choose] = useCart();
  const inCart = cart.some(({ row_id }) => row_id === row.row_id);
  const model = useAsk("GET /models/{model_id}", { params: { model_id: row.model_id }, query: { pack_id: row.pack_id } });
  // A row of another profile than the model's own was held against other limits.
  const limits =
    model.data !== undefined && model.data.config.risk_profile === row.risk_profile ? (model.data.limits as RiskBudget) : undefined;
  const { metrics, significance, gate } = row;
  return (
    <div className={styles.stack}>
      <div className={styles.links}>
        <PlaceLink to={PLACE_OF.result(row.row_id)} className={buttonClass("primary")}>
          Open the report
        </PlaceLink>
        <Button onClick={() => choose(inCart ? cart.filter(({ row_id }) => row_id !== row.row_id) : [...cart, cartRowOf(row)])}>
          {inCart ? "Take out of the selection" : "Choose"}
        </Button>
        <PlaceLink to={PLACE_OF.model(row.pack_id, row.model_id)} className={buttonClass()}>
          Model
        </PlaceLink>
        {row.sweep_id !== null && (
          <PlaceLink to={PLACE_OF.sweep(row.sweep_id)} className={buttonClass()}>
            Sweep
          </PlaceLink>
        )}
      </div>
      <DataMarks stamps={row.stamps} />
      <section>
        <h3>
          <GateChip status={gate.status} reasons={gate.reasons} />
        </h3>
        <p className={styles.soft}>{VERDICTS[gate.status].means}</p>
        <GateReasons reasons={gate.reasons} />
      </section>
      <section>
        <h3>Result, after costs</h3>
        <Figures>
          <Figure of="residual.sharpe" value={metrics.residual.sharpe} why={metrics.undefined_reasons["residual.sharpe"]} />
          <Figure of="sharpe" value={metrics.sharpe} why={metrics.undefined_reasons["sharpe"]} />
          <Figure of="total_return" value={metrics.total_return} />
          <Figure of="max_drawdown_pct" value={metrics.max_drawdown_pct} />
          <Figure of="bets" value={metrics.bets} />
          <Figure of="win_rate" value={metrics.win_rate} />
          <Figure of="profit_factor" value={metrics.profit_factor} />
          <Figure of="exposure" value={metrics.exposure} />
        </Figures>
      </section>
      <section>
        <h3>How far luck explains it</h3>
        <Figures>
          <Figure of="dsr" value={significance.dsr} why={significance.undefined_reasons["dsr"]} />
          <Figure of="reference_sharpe" value={significance.reference_sharpe} />
          <Figure of="luck_sharpe" value={significance.luck_sharpe} />
          <Figure of="trials" value={significance.trials} />
          <Figure of="pbo" value={significance.pbo} why={significance.undefined_reasons["pbo"]} />
          <Figure of="p_oos_loss" value={significance.p_oos_loss} why={significance.undefined_reasons["p_oos_loss"]} />
        </Figures>
      </section>
      {row.plateau !== null && (
        <section>
          <h3>Its neighbors</h3>
          <Figures>
            <Figure of="plateau.neighbours" value={row.plateau.neighbours} />
            <Figure of="plateau.profitable_share" value={row.plateau.profitable_share} />
            <Figure of="plateau.height" value={row.plateau.height} />
          </Figures>
        </section>
      )}
      {limits !== undefined && (
        <section>
          <h3>Every limit of the {row.risk_profile} profile</h3>
          <LimitTable limits={limitChecks(metrics, significance, limits)} />
        </section>
      )}
      <section>
        <h3>Row</h3>
        <Identifier id={row.row_id} />
      </section>
    </div>
  );
}

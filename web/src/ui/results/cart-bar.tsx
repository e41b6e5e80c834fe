import { X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useCart } from "../../data/cart.ts";
import { plural } from "../../words/format.ts";
import { PAGE } from "../../words/places.ts";
import { Button, buttonClass, IconButton } from "../button.tsx";
import { PlaceLink } from "../place-link.tsx";
import styles from "./results.module.css";

const TrainDialog = lazy(() => import("./train-dialog.tsx").then(({ TrainDialog }) => ({ default: TrainDialog })));

/** More curves than this cannot be told apart. */
export const MOST_COMPARED = 5;

/** The rows chosen on any page: they stay until the tab is closed, and may be compared or trained from every one. */
export function CartBar({ comparing = false }: { readonly comparing?: boolean }) {
  const [rows, choose] = useCart();
  const [training, setTraining] = useState(false);
  const [wasAsked, setWasAsked] = useState(false);
  if (rows.length === 0 && !training) return null;
  const compared = rows.slice(0, MOST_COMPARED).map(({ row_id }) => row_id);
  return (
    <section className={styles.cart} aria-label="Selection">
      <span className={styles.cartCount} role="status">
        {plural(rows.length, "row")} chosen
      </span>
      <ul className={styles.cartRows}>
        {rows.map(({ row_id, model_id, variant }) => (
          <li key={row_id} className={styles.cartRow}>
            <span className={styles.cartName} title={`${model_id}: ${variant}`}>
              {model_id}: {variant}
            </span>
            <IconButton
              label={`Take ${variant} out of the selection`}
              icon={X}
              small
              onClick={() => choose(rows.filter((row) => row.row_id !== row_id))}
            />
          </li>
        ))}
      </ul>
      <div className={styles.cartActions}>
        <Button small onClick={() => choose([])}>
          Clear
        </Button>
        {!comparing && rows.length > 1 && (
          <PlaceLink to={PAGE.compare} search={{ rows: compared }} className={buttonClass("plain", true)}>
            Compare{rows.length > MOST_COMPARED ? ` the first ${MOST_COMPARED}` : ""}
          </PlaceLink>
        )}
        <Button
          small
          kind="primary"
          disabled={rows.length === 0}
          onClick={() => {
            setWasAsked(true);
            setTraining(true);
          }}
        >
          Train selected
        </Button>
      </div>
      {wasAsked && (
        <Suspense>
          <TrainDialog open={training} onOpenChange={setTraining} rows={rows} onStarted={() => undefined} />
        </Suspense>
      )}
    </section>
  );
}
